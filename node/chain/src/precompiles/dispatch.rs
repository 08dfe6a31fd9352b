//! From a call's input to the function it names, under the rules that all functions share (`precompiles/precompile.go`).

use super::call::{Call, Failure, Purity, READ};
use super::{arb_sys, arb_wasm, arb_wasm_cache};
use crate::arbos::predeploys::Contract;
use crate::context::Context;
use crate::version::ArbOs;
use alloy_primitives::Bytes;
use revm::context_interface::{ContextTr, JournalTr, LocalContextTr};
use revm::interpreter::{CallInputs, CallScheme, Gas, InstructionResult, InterpreterResult};

/// Runs a call.
///
/// # Errors
/// The name of what this chain does not have.
pub(super) fn run(
    contract: Contract,
    arbos: ArbOs,
    context: &mut Context,
    inputs: &CallInputs,
) -> Result<InterpreterResult, String> {
    let mut gas = Gas::new(inputs.gas_limit);
    if !contract.exists(arbos) {
        let result = match gas.record_regular_cost(contract.reads_before_it_exists() * READ) {
            true => InstructionResult::Stop,
            false => {
                gas.spend_all();
                InstructionResult::PrecompileOOG
            }
        };
        return Ok(InterpreterResult::new(result, Bytes::new(), gas));
    }
    let input = inputs.input.bytes(context);
    let mut call = Call::new(context, arbos, contract.address(), inputs);
    let answer = answer(contract, &mut call, inputs, &input);
    let gas_left = call.gas_left();
    let depth = call.context.journal().depth();
    let (result, output, left) = match answer {
        Ok(output) => (InstructionResult::Return, output, gas_left),
        Err(Failure::Error(data)) => (InstructionResult::Revert, data, gas_left),
        Err(Failure::Plain) => (InstructionResult::Revert, Vec::new(), gas_left),
        Err(Failure::Burnt) => (InstructionResult::Revert, Vec::new(), 0),
        Err(Failure::Refused(reason)) => {
            context.chain.refusal = Some(reason.clone());
            if depth == 1 {
                context.local_mut().set_precompile_error_context(reason);
            }
            (InstructionResult::PrecompileError, Vec::new(), 0)
        }
        Err(Failure::Unsupported(name)) => return Err(name),
    };
    gas.set_remaining(left);
    Ok(InterpreterResult::new(result, output.into(), gas))
}

fn answer(
    contract: Contract,
    call: &mut Call<'_>,
    inputs: &CallInputs,
    input: &[u8],
) -> Result<Vec<u8>, Failure> {
    let Some((selector, arguments)) = input.split_first_chunk::<4>() else {
        return Err(Failure::Burnt);
    };
    let purity = match contract {
        Contract::ARB_SYS => arb_sys::purity(*selector),
        Contract::ARB_WASM => arb_wasm::purity(*selector, call.arbos),
        Contract::ARB_WASM_CACHE => arb_wasm_cache::purity(*selector, call.arbos),
        Contract { name, .. } => return Err(Failure::Unsupported(name.into())),
    };
    // a function that is not there is refused like one that is used wrongly
    let purity = purity.ok_or(Failure::Burnt)?;
    let borrowed = inputs.target_address != call.address;
    let forbidden = (purity >= Purity::View && borrowed)
        || (purity >= Purity::Write && inputs.scheme == CallScheme::StaticCall)
        || (purity < Purity::Payable && !call.value.is_zero());
    if forbidden {
        return Err(Failure::Burnt);
    }
    if purity > Purity::Pure {
        // the version, which every use of ArbOS's state reads first
        call.burn_reads(1)?;
    }
    if purity >= Purity::Write && inputs.is_static {
        // Nitro charges a whole transaction's gas for writing below a static call, which no frame has
        return Err(Failure::Burnt);
    }
    call.burn_words(arguments.len())?;
    let answer = match contract {
        Contract::ARB_SYS => arb_sys::run(call, input),
        Contract::ARB_WASM => arb_wasm::run(call, input),
        _ => arb_wasm_cache::run(call, input),
    };
    match &answer {
        Ok(output) | Err(Failure::Error(output)) => call.burn_words(output.len())?,
        Err(_) => {}
    }
    answer
}

//! From a call's input to the function it names, under the rules that all functions share (`precompiles/precompile.go`).

use super::arb_owner::{self, ArbOwner};
use super::call::{Call, Failure, Purity, READ};
use super::method::Method;
use super::{
    arb_address_table, arb_aggregator, arb_filtered_transactions, arb_function_table, arb_gas_info,
    arb_info, arb_native_token_manager, arb_owner_public, arb_retryable_tx, arb_statistics,
    arb_sys, arb_wasm, arb_wasm_cache, arbos_acts, arbos_test, sets,
};
use crate::arbos::fields::root;
use crate::arbos::layout;
use crate::arbos::predeploys::Contract;
use crate::context::Context;
use crate::version::ArbOs;
use alloy_primitives::Bytes;
use revm::context_interface::{ContextTr, JournalTr, LocalContextTr};
use revm::interpreter::{CallInputs, CallScheme, Gas, InstructionResult, InterpreterResult};

/// Runs a call.
///
/// # Errors
/// The name of what this chain does not have, which the session holds as a type.
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
            if depth == 1 {
                let words = reason.to_string();
                context.local_mut().set_precompile_error_context(words);
            }
            context.chain.refusal = Some(reason);
            (InstructionResult::PrecompileError, Vec::new(), 0)
        }
        Err(Failure::Unsupported(what)) => {
            let words = what.to_string();
            context.chain.unsupported = Some(what);
            return Err(words);
        }
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
    match contract {
        // a chain's settings would have to let these be used, and ours do not
        Contract::ARB_DEBUG => {
            if let Some(hold) = &mut call.context.chain.watched {
                hold.failed = Some("debug precompiles are disabled".to_owned());
            }
            Err(Failure::Burnt)
        }
        Contract::ARB_OWNER => by_owner(contract, call, inputs, input),
        Contract::ARB_FILTERED_TRANSACTIONS => {
            // the version, and whether the caller may filter: the function itself is free
            call.burn_read(*root::VERSION)?;
            let filterers = root::filterers();
            call.burn_read(layout::by_address(&filterers).slot(call.caller.into_word()))?;
            free(contract, call, inputs, input)
        }
        _ => checked(contract, call, inputs, input),
    }
}

/// Lets an owner of the chain, and nobody else, do what costs nothing then; and tells of what was done.
fn by_owner(
    contract: Contract,
    call: &mut Call<'_>,
    inputs: &CallInputs,
    input: &[u8],
) -> Result<Vec<u8>, Failure> {
    let gas = call.gas_left();
    call.burn_read(*root::VERSION)?;
    let caller = call.caller;
    if !sets::is_member(call, &layout::chain_owners(), caller)? {
        return Err(Failure::Burnt);
    }
    call.refund_to(gas);
    let output = free(contract, call, inputs, input)?;
    // What only reads is not told of (`precompiles/wrapper.go`, from ArbOS 11 on).
    if inputs.scheme != CallScheme::StaticCall {
        let method = input.first_chunk().copied().unwrap_or_default().into();
        call.emit(&ArbOwner::OwnerActs {
            method,
            owner: caller,
            data: input.to_vec().into(),
        })
        .unwrap_or_default();
    }
    call.refund_to(gas);
    Ok(output)
}

/// Answers a call without taking gas for it. One that fails reverts, whatever the reason.
fn free(
    contract: Contract,
    call: &mut Call<'_>,
    inputs: &CallInputs,
    input: &[u8],
) -> Result<Vec<u8>, Failure> {
    let gas = call.gas_left();
    let answer = checked(contract, call, inputs, input);
    call.refund_to(gas);
    answer.map_err(|failure| match failure {
        Failure::Burnt => Failure::Plain,
        other => other,
    })
}

/// Answers a call under the rules that all functions share.
fn checked(
    contract: Contract,
    call: &mut Call<'_>,
    inputs: &CallInputs,
    input: &[u8],
) -> Result<Vec<u8>, Failure> {
    let Some((selector, arguments)) = input.split_first_chunk::<4>() else {
        return Err(Failure::Burnt);
    };
    // a function that is not there is refused like one that is used wrongly
    let (purity, run) = function(contract, *selector, call.arbos).ok_or(Failure::Burnt)?;
    let borrowed = inputs.target_address != call.address;
    let forbidden = (purity >= Purity::View && borrowed)
        || (purity >= Purity::Write && inputs.scheme == CallScheme::StaticCall)
        || (purity < Purity::Payable && !call.value.is_zero());
    if forbidden {
        return Err(Failure::Burnt);
    }
    if purity > Purity::Pure {
        // the version, which every use of ArbOS's state reads first
        call.burn_read(*root::VERSION)?;
    }
    if purity >= Purity::Write && inputs.is_static {
        // Nitro charges a whole transaction's gas for writing below a static call, which no frame has
        return Err(Failure::Burnt);
    }
    call.burn_words(arguments.len())?;
    let answer = run(call, input);
    match &answer {
        Ok(output) | Err(Failure::Error(output)) => call.burn_words(output.len())?,
        Err(_) => {}
    }
    answer
}

/// What answers a call of a function.
type Run = fn(&mut Call<'_>, &[u8]) -> Result<Vec<u8>, Failure>;

/// The function of a precompile with a selector, if a chain at this version has it.
fn function(contract: Contract, selector: [u8; 4], arbos: ArbOs) -> Option<(Purity, Run)> {
    let tables: &[&[Method]] = match contract {
        Contract::ARB_WASM => {
            return Some((arb_wasm::purity(selector, arbos)?, arb_wasm::run));
        }
        Contract::ARB_WASM_CACHE => {
            return Some((
                arb_wasm_cache::purity(selector, arbos)?,
                arb_wasm_cache::run,
            ));
        }
        Contract::ARB_OWNER => arb_owner::METHODS,
        Contract { name, .. } => &[match name {
            "ArbSys" => arb_sys::METHODS,
            "ArbInfo" => arb_info::METHODS,
            "ArbAddressTable" => arb_address_table::METHODS,
            "ArbFunctionTable" => arb_function_table::METHODS,
            "ArbosTest" => arbos_test::METHODS,
            "ArbOwnerPublic" => arb_owner_public::METHODS,
            "ArbGasInfo" => arb_gas_info::METHODS,
            "ArbAggregator" => arb_aggregator::METHODS,
            "ArbRetryableTx" => arb_retryable_tx::METHODS,
            "ArbStatistics" => arb_statistics::METHODS,
            "ArbNativeTokenManager" => arb_native_token_manager::METHODS,
            "ArbFilteredTransactionsManager" => arb_filtered_transactions::METHODS,
            "ArbosActs" => arbos_acts::METHODS,
            // ArbBLS, whose functions are gone
            _ => &[],
        }],
    };
    let method = tables
        .iter()
        .find_map(|methods| Method::find(methods, selector, arbos))?;
    Some((method.purity, method.run))
}

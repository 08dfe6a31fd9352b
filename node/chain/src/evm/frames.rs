//! Frames as programs and the trace see them.

use crate::arbos::predeploys::Contract;
use crate::context::{Context, OpenFrame};
use crate::stylus::host::{Scope, SubResult};
use crate::stylus::run::ProgramCall;
use crate::trace::{Begin, End, EndStatus, FrameKind, Halt};
use crate::units::Gas;
use crate::version::Feature;
use crate::wasm::code;
use alloy_primitives::{Address, Bytes, KECCAK256_EMPTY};
use revm::bytecode::Bytecode;
use revm::context::CreateScheme;
use revm::context_interface::JournalTr;
use revm::handler::{EthFrame, FrameResult};
use revm::interpreter::{
    CallInputs, CallScheme, CreateInputs, FrameInput, InstructionResult, InterpreterResult,
};

/// For whom a new frame will act.
pub(super) fn open_frame(input: &FrameInput, context: &Context) -> OpenFrame {
    match input {
        FrameInput::Call(inputs) => OpenFrame {
            acting: inputs.target_address,
            borrowed: matches!(
                inputs.scheme,
                CallScheme::CallCode | CallScheme::DelegateCall
            ),
            touched_before: context.chain.touched.mark(),
        },
        FrameInput::Create(inputs) => OpenFrame {
            acting: created(inputs, context),
            borrowed: false,
            touched_before: context.chain.touched.mark(),
        },
        FrameInput::Empty => OpenFrame::default(),
    }
}

/// Whom a call makes present before anything of it runs.
pub(super) fn touched(input: &FrameInput, context: &Context) -> Option<Address> {
    let FrameInput::Call(inputs) = input else {
        return None;
    };
    let account = inputs.target_address;
    let touches = match inputs.scheme {
        CallScheme::StaticCall => true,
        CallScheme::Call => context
            .journaled_state
            .precompile_addresses()
            .contains(&account),
        CallScheme::CallCode | CallScheme::DelegateCall => false,
    };
    touches.then_some(account)
}

fn created(inputs: &CreateInputs, context: &Context) -> Address {
    let creator = context.journaled_state.state.get(&inputs.caller());
    inputs.created_address(creator.map_or(0, |account| account.info.nonce))
}

/// What a new frame is.
pub(super) fn begin(input: &FrameInput, context: &Context) -> Option<Begin> {
    match input {
        FrameInput::Call(inputs) => Some(Begin {
            kind: match inputs.scheme {
                CallScheme::Call => FrameKind::Call,
                CallScheme::CallCode => FrameKind::CallCode,
                CallScheme::DelegateCall => FrameKind::DelegateCall,
                CallScheme::StaticCall => FrameKind::StaticCall,
            },
            caller: inputs.caller,
            code: inputs.bytecode_address,
            value: inputs.value.get(),
            input: inputs.input.bytes(context),
            gas: inputs.gas_limit,
            program: code::is_program(inputs.known_bytecode.1.original_byte_slice()),
        }),
        FrameInput::Create(inputs) => Some(Begin {
            kind: match inputs.scheme() {
                CreateScheme::Create2 { .. } => FrameKind::Create2,
                _ => FrameKind::Create,
            },
            caller: inputs.caller(),
            code: created(inputs, context),
            value: inputs.value(),
            input: inputs.init_code().clone(),
            gas: inputs.gas_limit(),
            program: false,
        }),
        FrameInput::Empty => None,
    }
}

/// Lets a call of an account that is delegated (EIP-7702) to a precompile of Arbitrum run nothing, as from ArbOS 50, and
/// not the opcode that stands there as code (geth `core/vm/evm.go`).
pub(super) fn skip_delegated_precompile(input: &mut FrameInput, context: &Context) {
    let FrameInput::Call(inputs) = input else {
        return;
    };
    let precompile = delegate(inputs, context).and_then(Contract::at);
    if precompile.is_some()
        && context
            .chain
            .arbos
            .has(Feature::DelegatedPrecompilesRunNothing)
    {
        inputs.known_bytecode = (KECCAK256_EMPTY, Bytecode::default());
    }
}

/// The account that the called one is delegated to.
fn delegate(inputs: &CallInputs, context: &Context) -> Option<Address> {
    let account = context
        .journaled_state
        .state
        .get(&inputs.bytecode_address)?;
    account.info.code.as_ref()?.eip7702_address()
}

/// How a frame ended that is no program, or had none to run.
pub(super) fn end(result: &InterpreterResult) -> End {
    End {
        status: match result.result {
            result if result.is_ok() => EndStatus::Success,
            InstructionResult::Revert => EndStatus::Revert,
            other => EndStatus::Halt(Halt::Evm(other)),
        },
        gas_used: result.gas.limit() - gas_left(result),
        ink_used: None,
        output: result.output.clone(),
    }
}

fn gas_left(result: &InterpreterResult) -> u64 {
    match result.result.is_ok_or_revert() {
        true => result.gas.remaining(),
        false => 0,
    }
}

/// The call of a program that a frame is, if it is one.
pub(super) fn program_call<'f>(frame: &'f EthFrame, context: &Context) -> Option<ProgramCall<'f>> {
    let FrameInput::Call(inputs) = &frame.input else {
        return None;
    };
    let (code_hash, code) = &inputs.known_bytecode;
    let code = code.original_byte_slice();
    code::is_program(code).then(|| ProgramCall {
        code,
        code_hash: *code_hash,
        gas: Gas(inputs.gas_limit),
        scope: Scope {
            depth: frame.depth,
            acting: inputs.target_address,
            caller: inputs.caller,
            value: inputs.value.get(),
            // Calls of the program overwrite the buffer that the input may be in.
            input: inputs.input.bytes(context),
            is_static: inputs.is_static,
            reentrant: context.chain.is_reentrant(inputs.target_address),
            ..Scope::default()
        },
    })
}

/// What a program sees of a sub-frame: its gas unless it halted, data of a call that ended or reverted, data of a
/// creation only if it reverted.
pub(super) fn sub_result(result: &FrameResult) -> SubResult {
    let ended = result.interpreter_result();
    let (ok, shown) = match result {
        FrameResult::Call(_) => (ended.result.is_ok(), ended.result.is_ok_or_revert()),
        // A creator whose nonce is the last there can be creates nothing: revm ends that well, without an address.
        FrameResult::Create(created) => (
            ended.result.is_ok() && created.address.is_some(),
            ended.result == InstructionResult::Revert,
        ),
    };
    SubResult {
        ok,
        gas_left: Gas(gas_left(ended)),
        refund: ended.gas.refunded(),
        output: match shown {
            true => ended.output.clone(),
            false => Bytes::new(),
        },
    }
}

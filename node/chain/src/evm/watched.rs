//! What whoever watches is told of frames and of the steps in them.

use crate::context::Context;
use crate::telling::{Telling, pseudo, reads};
use crate::trace::{End, EndStatus, Halt, ProgramError};
use crate::units::Gas;
use crate::watch::{self, Entered, Failing, Left, Step};
use alloy_primitives::{Address, Bytes, U256};
use revm::bytecode::opcode::{
    BLOCKHASH, CALL, CALLCODE, CREATE, CREATE2, DELEGATECALL, EXP, LOG0, LOG4, NUMBER,
    SELFDESTRUCT, SLOAD, STATICCALL,
};
use revm::context::CreateScheme;
use revm::context_interface::{Cfg, ContextTr, JournalTr};
use revm::handler::{EthFrame, FrameResult};
use revm::interpreter::interpreter::EthInterpreter;
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::interpreter_types::{InputsTr, Jumps, LoopControl, MemoryTr, ReturnData};
use revm::interpreter::{
    CallScheme, FrameInput, GasTable, InstructionResult, InstructionTable, Interpreter,
    InterpreterAction,
};

/// Items of the stack that an opcode takes at most.
const TAKEN: usize = 7;
/// Gas of a creation (geth `params/protocol_params.go`).
const CREATE_GAS: u64 = 32_000;

/// Tells of a frame that begins.
pub(super) fn enter(context: &mut Context, init: &FrameInit) {
    if !context.is_watched() {
        return;
    }
    let entered = match &init.frame_input {
        FrameInput::Call(inputs) => Entered {
            depth: init.depth,
            opcode: match inputs.scheme {
                CallScheme::Call => CALL,
                CallScheme::CallCode => CALLCODE,
                CallScheme::DelegateCall => DELEGATECALL,
                CallScheme::StaticCall => STATICCALL,
            },
            from: match inputs.scheme {
                CallScheme::DelegateCall => inputs.target_address,
                _ => inputs.caller,
            },
            to: inputs.bytecode_address,
            input: inputs.input.bytes(context),
            gas: inputs.gas_limit,
            value: (inputs.scheme != CallScheme::StaticCall).then(|| inputs.value.get()),
        },
        FrameInput::Create(inputs) => {
            let creator = context.journaled_state.state.get(&inputs.caller());
            let nonce = creator.map_or(0, |creator| creator.info.nonce);
            Entered {
                depth: init.depth,
                opcode: match inputs.scheme() {
                    CreateScheme::Create2 { .. } => CREATE2,
                    _ => CREATE,
                },
                from: inputs.caller(),
                to: inputs.created_address(nonce),
                input: inputs.init_code().clone(),
                gas: inputs.gas_limit(),
                value: Some(inputs.value()),
            }
        }
        FrameInput::Empty => return,
    };
    context.tell_enter(&entered);
}

/// Tells of a program that is not entered.
pub(super) fn barred(context: &mut Context, frame: &EthFrame, halt: Halt) {
    if context.has_steps_watched() {
        let refund = pseudo::refund(context);
        let acting = frame.interpreter.input.target_address();
        let words = halted(halt);
        pseudo::failed(context, frame.depth + 1, acting, &[], (&words, refund));
    }
}

/// Why a program halted, in Nitro's words.
fn halted(halt: Halt) -> String {
    match halt {
        Halt::Barred(ProgramError::NotActivated) => "error ProgramNotActivated()".to_owned(),
        Halt::Barred(ProgramError::NeedsUpgrade { version, current }) => {
            format!("error ProgramNeedsUpgrade({version}, {current})")
        }
        Halt::Barred(ProgramError::Expired { age, .. }) => format!("error ProgramExpired({age})"),
        Halt::OutOfStack => "max call depth exceeded".to_owned(),
        _ => "out of gas".to_owned(),
    }
}

/// Notes why a program ended, if a frame was one.
pub(super) fn ended(context: &mut Context, end: Option<&End>) {
    let Some(hold) = &mut context.chain.watched else {
        return;
    };
    let Some(end) = end else { return };
    hold.failed = match &end.status {
        EndStatus::Success => None,
        EndStatus::Revert | EndStatus::Failure(_) => Some(Left::REVERTED.to_owned()),
        EndStatus::Halt(halt) => Some(halted(*halt)),
    };
}

/// Tells of a frame that has ended; with how its code had ended, if it had any.
pub(super) fn leave(
    context: &mut Context,
    depth: usize,
    result: &FrameResult,
    code_ended: Option<InstructionResult>,
) {
    let Some(hold) = &mut context.chain.watched else {
        return;
    };
    let failed = hold.failed.take();
    let ended = result.interpreter_result();
    let has_deployed = code_ended.is_some_and(InstructionResult::is_ok);
    let failure = match result {
        FrameResult::Create(created) if ended.result.is_ok() && created.address.is_none() => {
            Some("nonce uint64 overflow".to_owned())
        }
        FrameResult::Create(_) if has_deployed => watch::creation(ended.result),
        _ if ended.result.is_ok() => None,
        _ => failed.or_else(|| watch::halt(ended.result)),
    };
    let gas = &ended.gas;
    let left = match ended.result.is_ok_or_revert() {
        true => gas.remaining(),
        false => 0,
    };
    context.tell_leave(&Left {
        depth,
        output: ended.output.clone(),
        gas_used: Gas(gas.limit()).saturating_sub(Gas(left)).0,
        failure,
    });
}

type Tables<'t, 'a> = (
    &'t InstructionTable<EthInterpreter, &'a mut Context>,
    &'t GasTable,
);

/// What is known of a step before it runs.
struct Before {
    opcode: u8,
    gas: u64,
    memory: usize,
    items: usize,
    top: Vec<U256>,
    is_cold: bool,
    logs: usize,
    /// What the account has that may be about to destroy itself.
    balance: U256,
}

/// Whether the execution is to go no further.
pub(super) fn has_enough(context: &mut Context) -> bool {
    let watched = &mut context.chain.watched;
    watched.as_mut().is_some_and(|hold| hold.has_enough())
}

/// Runs the EVM's code as it runs otherwise, and tells of each step; to the end, unless who watches has enough.
pub(super) fn run<'a>(
    interpreter: &mut Interpreter<EthInterpreter>,
    (table, gas_table): Tables<'_, 'a>,
    context: &mut &'a mut Context,
    depth: usize,
) -> Option<InterpreterAction> {
    // where there is no code there is no step either
    let tells =
        context.has_steps_watched() && !interpreter.bytecode.original_byte_slice().is_empty();
    loop {
        let before = look(interpreter, context);
        if tells {
            tell(interpreter, context, depth, &before);
        }
        let ran = interpreter.step(table, gas_table, context);
        if let Err(result) = ran {
            let base = base(before.opcode, gas_table[before.opcode as usize].into());
            let failed = watch::failure(&Failing {
                opcode: before.opcode,
                stack: &before.top,
                items: before.items,
                memory: before.memory,
                gas: before.gas,
                base,
                is_cold: before.is_cold,
                max_init_code: context.cfg().max_initcode_size(),
                result,
            });
            if let Some(failed) = failed {
                let words = failed.before.then_some(failed.words.as_str());
                context.tell_stepped(failed.cost, words);
                if let Some(hold) = &mut context.chain.watched {
                    hold.failed = Some(failed.words);
                }
            } else {
                context.tell_stepped(cost(interpreter, &before), None);
            }
            if interpreter.bytecode.action().is_none() {
                interpreter.halt(result);
            }
        } else {
            context.tell_stepped(cost(interpreter, &before), None);
        }
        match before.opcode {
            NUMBER if ran.is_ok() => reads::number(context, depth + 1),
            BLOCKHASH if ran.is_ok() => {
                let asked = before.top.last().copied().unwrap_or_default();
                reads::hash(context, depth + 1, asked);
            }
            _ => {}
        }
        logs(context, before.logs);
        if ran == Err(InstructionResult::SelfDestruct) {
            let heir = before.top.last().copied().unwrap_or_default();
            let heir = Address::from_word(heir.into());
            let acting = interpreter.input.target_address();
            destroyed(context, depth, acting, heir, before.balance);
        }
        if ran.is_err() || interpreter.bytecode.is_end() {
            return Some(interpreter.take_next_action());
        }
        if has_enough(context) {
            return None;
        }
    }
}

fn look(interpreter: &Interpreter<EthInterpreter>, context: &mut Context) -> Before {
    let stack = interpreter.stack.data();
    let opcode = interpreter.bytecode.opcode();
    let called = stack.len().checked_sub(2).and_then(|at| stack.get(at));
    let is_cold = watch::calls(opcode)
        && called.is_some_and(|called| is_cold(context, Address::from_word((*called).into())));
    let balance = match opcode {
        SELFDESTRUCT => {
            let acting = interpreter.input.target_address();
            let (_, accounts) = context.journal_mut().db_and_state_mut();
            accounts
                .get(&acting)
                .map_or(U256::ZERO, |account| account.info.balance)
        }
        _ => U256::ZERO,
    };
    Before {
        opcode,
        gas: interpreter.gas.remaining(),
        memory: interpreter.memory.size(),
        items: stack.len(),
        top: stack[stack.len().saturating_sub(TAKEN)..].to_vec(),
        is_cold,
        logs: context.journal_mut().logs().len(),
        balance,
    }
}

/// Whether an account has not been accessed in this transaction.
fn is_cold(context: &mut Context, account: Address) -> bool {
    let journal = &context.journaled_state;
    let loaded = journal.state.get(&account);
    let is_cold = loaded.is_none_or(|loaded| loaded.is_cold_transaction_id(journal.transaction_id));
    is_cold && journal.warm_addresses.is_cold(&account)
}

/// Tells of a step that is about to run.
fn tell(
    interpreter: &Interpreter<EthInterpreter>,
    context: &mut Context,
    depth: usize,
    before: &Before,
) {
    let around: i64 = context
        .chain
        .watched
        .as_ref()
        .map_or(0, |hold| hold.refunds.iter().sum());
    let refund = around.saturating_add(interpreter.gas.refunded());
    let memory = interpreter.memory.slice_len(0, before.memory);
    context.tell_step(&Step {
        pc: interpreter.bytecode.pc(),
        opcode: before.opcode,
        gas: before.gas,
        depth: depth + 1,
        acting: interpreter.input.target_address(),
        stack: interpreter.stack.data(),
        memory: &memory,
        returned: interpreter.return_data.buffer(),
        refund: refund.max(0).cast_unsigned(),
    });
}

/// What a step cost that ran. What it gave to a creation is not of it, what it gave to a call is, but for the stipend.
fn cost(interpreter: &mut Interpreter<EthInterpreter>, before: &Before) -> u64 {
    let left = match interpreter.bytecode.action() {
        Some(InterpreterAction::NewFrame(FrameInput::Create(inputs))) => interpreter
            .gas
            .remaining()
            .saturating_add(inputs.gas_limit()),
        Some(InterpreterAction::Return(result)) => result.gas.remaining(),
        _ => interpreter.gas.remaining(),
    };
    before.gas.saturating_sub(left)
}

/// Gas that go-ethereum takes for an opcode before it reckons the rest (`core/vm/jump_table.go`).
const fn base(opcode: u8, static_gas: u64) -> u64 {
    match opcode {
        CREATE | CREATE2 => CREATE_GAS,
        SLOAD | EXP | LOG0..=LOG4 => 0,
        _ => static_gas,
    }
}

/// Tells of logs that a step made.
fn logs(context: &mut Context, before: usize) {
    let made = context.journal_mut().logs().get(before..);
    for log in made.unwrap_or_default().to_vec() {
        context.tell_log(&log);
    }
}

/// Tells of an account that destroyed itself, which looks like a call of who inherits.
fn destroyed(context: &mut Context, depth: usize, from: Address, to: Address, value: U256) {
    let depth = depth + 1;
    context.tell_enter(&Entered {
        depth,
        opcode: SELFDESTRUCT,
        from,
        to,
        input: Bytes::new(),
        gas: 0,
        value: Some(value),
    });
    context.tell_leave(&Left {
        depth,
        output: Bytes::new(),
        gas_used: 0,
        failure: None,
    });
}

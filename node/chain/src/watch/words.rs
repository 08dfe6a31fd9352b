//! Why a step or a frame failed, in go-ethereum's words (`core/vm/errors.go`, `core/vm/interpreter.go`).

use super::{Left, ops};
use alloy_primitives::U256;
use revm::bytecode::opcode::{BLOBBASEFEE, CREATE, CREATE2, OpCode};
use revm::interpreter::InstructionResult;

const OUT_OF_GAS: &str = "out of gas";
const TOO_FAR: &str = "gas uint64 overflow";
/// Items that a stack holds at most.
const STACK: usize = 1_024;
/// The largest memory that has a price.
const MAX_MEMORY: u64 = 0x1f_ffff_ffe0;
/// Gas of looking at an account for the first time, beside what each call pays.
const COLD: u64 = 2_500;

/// Why a step failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepFailure {
    /// The words.
    pub(crate) words: String,
    /// Whether it failed before it ran.
    pub(crate) before: bool,
    /// What it would have cost, so far as that was reckoned.
    pub(crate) cost: u64,
}

/// A step that failed: what it had, and how revm ended it.
pub(crate) struct Failing<'a> {
    pub(crate) opcode: u8,
    /// The top of the stack, as much of it as any opcode takes, and how many items there were in all.
    pub(crate) stack: &'a [U256],
    pub(crate) items: usize,
    /// Bytes of memory.
    pub(crate) memory: usize,
    pub(crate) gas: u64,
    /// Gas of the opcode itself.
    pub(crate) base: u64,
    /// Whether it calls an account that had not been accessed.
    pub(crate) is_cold: bool,
    /// Bytes that init code may have.
    pub(crate) max_init_code: usize,
    pub(crate) result: InstructionResult,
}

/// Why a step failed; none if it did not, or ended its frame in order.
pub(crate) fn failure(step: &Failing<'_>) -> Option<StepFailure> {
    let before = |words: String, cost: u64| {
        Some(StepFailure {
            words,
            before: true,
            cost,
        })
    };
    let during = |words: &str, cost: u64| {
        Some(StepFailure {
            words: words.to_owned(),
            before: false,
            cost,
        })
    };
    if step.result.is_ok() {
        return None;
    }
    if step.opcode == BLOBBASEFEE && step.result == InstructionResult::OpcodeNotFound {
        return during("BLOBBASEFEE is not supported on Arbitrum", step.base);
    }
    let known = OpCode::new(step.opcode);
    let is_there = !matches!(
        step.result,
        InstructionResult::OpcodeNotFound
            | InstructionResult::NotActivated
            | InstructionResult::InvalidFEOpcode
    );
    let Some(opcode) = known.filter(|_| is_there) else {
        return during(&format!("invalid opcode: {}", ops::name(step.opcode)), 0);
    };
    let (len, least) = (step.items, usize::from(opcode.inputs()));
    if len < least {
        return before(format!("stack underflow ({len} <=> {least})"), step.base);
    }
    let most = STACK + least - usize::from(opcode.outputs());
    if len > most {
        return before(format!("stack limit reached {len} ({most})"), step.base);
    }
    let Some(left) = step.gas.checked_sub(step.base) else {
        return before(OUT_OF_GAS.to_owned(), step.base);
    };
    let Some(memory) = ops::memory(step.opcode, step.stack)
        .map(|bytes| bytes.div_ceil(32))
        .and_then(|words| words.checked_mul(32))
    else {
        return before(TOO_FAR.to_owned(), step.base);
    };
    if step.is_cold && left < COLD {
        return before(format!("{OUT_OF_GAS}: {OUT_OF_GAS}"), step.base);
    }
    if memory > MAX_MEMORY {
        return before(format!("{OUT_OF_GAS}: {TOO_FAR}"), step.base);
    }
    if matches!(step.opcode, CREATE | CREATE2)
        && let Some(size) = step.stack.len().checked_sub(3).map(|at| step.stack[at])
    {
        let Ok(size) = u64::try_from(size) else {
            return before(format!("{OUT_OF_GAS}: {TOO_FAR}"), step.base);
        };
        if size > step.max_init_code as u64 {
            let words = format!("{OUT_OF_GAS}: max initcode size exceeded: size {size}");
            return before(words, step.base);
        }
    }
    let growth = grown(memory).saturating_sub(grown(step.memory as u64));
    let cost = step.base.saturating_add(growth);
    match step.result {
        InstructionResult::Revert => None,
        InstructionResult::ReentrancySentryOOG => before(
            format!("{OUT_OF_GAS}: not enough gas for reentrancy sentry"),
            step.base,
        ),
        _ if left < growth => before(OUT_OF_GAS.to_owned(), cost),
        InstructionResult::InvalidJump => during("invalid jump destination", cost),
        InstructionResult::OutOfOffset => during("return data out of bounds", cost),
        InstructionResult::StateChangeDuringStaticCall
        | InstructionResult::CallNotAllowedInsideStatic => during("write protection", cost),
        _ => before(OUT_OF_GAS.to_owned(), cost),
    }
}

/// Gas of so many bytes of memory.
const fn grown(bytes: u64) -> u64 {
    let words = bytes.div_ceil(32);
    (3 * words).saturating_add(words.saturating_mul(words) / 512)
}

/// Why a frame failed of which no step says it; none if it did not.
pub(crate) fn halt(result: InstructionResult) -> Option<String> {
    let words = match result {
        result if result.is_ok() => return None,
        InstructionResult::Revert | InstructionResult::CreateInitCodeStartingEF00 => Left::REVERTED,
        InstructionResult::CallTooDeep => "max call depth exceeded",
        InstructionResult::OutOfFunds | InstructionResult::OverflowPayment => {
            "insufficient balance for transfer"
        }
        InstructionResult::CreateCollision => "contract address collision",
        InstructionResult::NonceOverflow => "nonce uint64 overflow",
        InstructionResult::CreateContractSizeLimit => "max code size exceeded",
        InstructionResult::CreateContractStartingWithEF => "invalid code: must not begin with 0xef",
        InstructionResult::StateChangeDuringStaticCall => "write protection",
        _ => OUT_OF_GAS,
    };
    Some(words.to_owned())
}

/// Why a creation failed once its init code had ended well; none if it did not.
pub(crate) fn creation(result: InstructionResult) -> Option<String> {
    match result {
        InstructionResult::OutOfGas => Some("contract creation code storage out of gas".to_owned()),
        other => halt(other),
    }
}

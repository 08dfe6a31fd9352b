//! The end of a program: what the EVM sees of it, and what is left of the gas.

use super::host::Stop;
use super::run::Step;
use crate::trace::{End, EndStatus};
use crate::version::ArbOs;
use alloy_primitives::Bytes;
use revm::interpreter::{Gas, InstructionResult, InterpreterResult};

/// How the WASM of a program ended.
pub(crate) enum Outcome {
    /// The entry point returned, or the program exited, with this status.
    Returned(u32),
    /// Its ink ran out.
    OutOfInk,
    /// Its metered stack ran out.
    OutOfStack,
    /// It trapped, or asked for the impossible.
    Failure(String),
}

impl From<Stop> for Outcome {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Exit(status) => Self::Returned(status),
            Stop::OutOfInk => Self::OutOfInk,
            Stop::Failure(reason) => Self::Failure(reason),
        }
    }
}

/// What an end is reckoned from.
pub(crate) struct Account {
    pub(crate) arbos: ArbOs,
    pub(crate) ink_price: u64,
    /// Gas of the frame, before the program was entered.
    pub(crate) gas: u64,
    /// Ink the program began with.
    pub(crate) ink: u64,
    pub(crate) ink_left: u64,
    /// Change of the refund counter.
    pub(crate) refund: i64,
    pub(crate) output: Bytes,
}

impl Account {
    pub(crate) fn end(self, outcome: Outcome) -> Step {
        let ink_used = self.ink - self.ink_left;
        let (result, output, status) = match outcome {
            Outcome::Returned(0) => (InstructionResult::Return, self.output, EndStatus::Success),
            Outcome::Returned(_) => (InstructionResult::Revert, self.output, EndStatus::Revert),
            Outcome::Failure(reason) => {
                let status = EndStatus::Failure(reason);
                (InstructionResult::Revert, Bytes::new(), status)
            }
            Outcome::OutOfInk => {
                let reason = "out of ink".into();
                return halt(
                    InstructionResult::OutOfGas,
                    self.gas,
                    reason,
                    Some(self.ink),
                );
            }
            Outcome::OutOfStack => {
                let reason = "out of stack".into();
                return halt(
                    InstructionResult::CallTooDeep,
                    self.gas,
                    reason,
                    Some(self.ink),
                );
            }
        };
        let floor = output_floor(&output, self.arbos);
        let Some(most) = self.gas.checked_sub(floor) else {
            let given = self.gas;
            let reason = format!("out of gas: returned data costs {floor}, {given} were given");
            return halt(InstructionResult::OutOfGas, given, reason, Some(ink_used));
        };
        let left = most.min(self.ink_left / self.ink_price);
        let mut gas = Gas::new(self.gas);
        gas.set_remaining(left);
        if result == InstructionResult::Return {
            gas.record_refund(self.refund);
        }
        let end = End {
            status,
            gas_used: self.gas - left,
            ink_used: Some(ink_used),
            output: output.clone(),
        };
        Step::Done(InterpreterResult::new(result, output, gas), end)
    }
}

/// What a call costs at least, from ArbOS 31: as much as memory for the data it returns costs the EVM.
fn output_floor(output: &[u8], arbos: ArbOs) -> u64 {
    let words = (output.len() as u64).div_ceil(32);
    match arbos.number() {
        ..31 => 0,
        _ => 3 * words + words * words / 512,
    }
}

/// An end that leaves nothing of the gas.
pub(crate) fn halt(
    result: InstructionResult,
    gas: u64,
    reason: String,
    ink_used: Option<u64>,
) -> Step {
    let end = End {
        status: EndStatus::Halt(reason),
        gas_used: gas,
        ink_used,
        output: Bytes::new(),
    };
    let mut gas = Gas::new(gas);
    gas.spend_all();
    Step::Done(InterpreterResult::new(result, Bytes::new(), gas), end)
}

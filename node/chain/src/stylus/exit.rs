//! The end of a program: what the EVM sees of it, and what is left of the gas.
//!
//! On the way back from a program each word is one thing. The host gives an *answer* or a reason to *exit*; an instance
//! *pauses* to ask; a run takes a *step*, up to a frame that it waits for or to its *end*, which is what the trace keeps.

use crate::context::Fault;
use crate::trace::{End, EndStatus, Halt};
use crate::units::{Gas, Ink, InkPrice};
use crate::version::{ArbOs, Feature};
use alloy_primitives::Bytes;
use revm::interpreter::{FrameInput, InstructionResult, InterpreterResult};

/// Why a program is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The entry point returned, or the program left early, with this status.
    Returned(u32),
    /// Its ink ran out.
    OutOfInk,
    /// Its metered stack ran out.
    OutOfStack,
    /// It trapped, or asked its host for what is not possible.
    Failure(String),
}

impl Exit {
    pub(crate) fn failure(reason: impl Into<String>) -> Self {
        Self::Failure(reason.into())
    }
}

/// Why a program does not go on.
pub(crate) enum Stopped {
    /// It is over.
    Exit(Exit),
    /// The chain cannot run it any further.
    Fault(Fault),
}

impl From<Exit> for Stopped {
    fn from(exit: Exit) -> Self {
        Self::Exit(exit)
    }
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// How far a program came.
pub(crate) enum Step {
    /// It waits for another frame.
    Sub(FrameInput),
    /// It ended.
    Done(InterpreterResult, End),
}

/// What the end of a program is reckoned from.
pub(crate) struct Figures {
    pub(crate) arbos: ArbOs,
    pub(crate) ink_price: InkPrice,
    /// Gas of the frame, before the program was entered.
    pub(crate) gas: Gas,
    /// Ink the program began with.
    pub(crate) ink: Ink,
    pub(crate) ink_left: Ink,
    /// Change of the refund counter.
    pub(crate) refund: i64,
    pub(crate) output: Bytes,
}

impl Figures {
    pub(crate) fn end(self, exit: Exit) -> Step {
        let ink_used = self.ink.saturating_sub(self.ink_left);
        let (result, output, status) = match exit {
            Exit::Returned(0) => (InstructionResult::Return, self.output, EndStatus::Success),
            Exit::Returned(_) => (InstructionResult::Revert, self.output, EndStatus::Revert),
            Exit::Failure(reason) => {
                let status = EndStatus::Failure(reason);
                (InstructionResult::Revert, Bytes::new(), status)
            }
            Exit::OutOfInk => return halt(Halt::OutOfInk, self.gas, Some(self.ink)),
            Exit::OutOfStack => return halt(Halt::OutOfStack, self.gas, Some(self.ink)),
        };
        let cost = output_floor(&output, self.arbos);
        let Some(most) = self.gas.checked_sub(cost) else {
            let given = self.gas;
            return halt(Halt::UnpaidOutput { cost, given }, given, Some(ink_used));
        };
        let left = most.min(self.ink_left.whole_gas(self.ink_price));
        let mut gas = revm::interpreter::Gas::new(self.gas.0);
        gas.set_remaining(left.0);
        if result == InstructionResult::Return {
            gas.record_refund(self.refund);
        }
        let end = End {
            status,
            gas_used: self.gas.saturating_sub(left).0,
            ink_used: Some(ink_used.0),
            output: output.clone(),
        };
        Step::Done(InterpreterResult::new(result, output, gas), end)
    }
}

/// What a call costs at least: as much as memory for the data it returns costs the EVM.
fn output_floor(output: &[u8], arbos: ArbOs) -> Gas {
    let words = (output.len() as u64).div_ceil(32);
    match arbos.has(Feature::OutputFloor) {
        true => Gas(3 * words + words * words / 512),
        false => Gas::ZERO,
    }
}

/// An end that leaves nothing of the gas.
pub(crate) fn halt(why: Halt, gas: Gas, ink_used: Option<Ink>) -> Step {
    let end = End {
        status: EndStatus::Halt(why),
        gas_used: gas.0,
        ink_used: ink_used.map(|ink| ink.0),
        output: Bytes::new(),
    };
    let mut gas = revm::interpreter::Gas::new(gas.0);
    gas.spend_all();
    let result = InterpreterResult::new(why.result(), Bytes::new(), gas);
    Step::Done(result, end)
}

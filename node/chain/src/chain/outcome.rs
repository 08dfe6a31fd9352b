//! What an execution came to.

use crate::block::{Receipt, Status};
use crate::context::{NotActivated, Session};
use crate::trace::Trace;
use alloy_primitives::{Address, Bytes, Log};
use revm::context::result::{ExecutionResult, HaltReason, Output};
use std::mem;
use std::ops::Deref;

/// What an execution that leaves no trace in the chain came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// Gas of the whole transaction, refunds taken off.
    pub gas_used: u64,
    /// Return or revert data; of a creation, the deployed code.
    pub output: Bytes,
    /// Logs, empty unless it succeeded.
    pub logs: Vec<Log>,
    /// Where it created a contract.
    pub contract_address: Option<Address>,
    /// Why an activation in it was refused: the contract that asked for it, like StylusDeployer, only learns that it was.
    pub refusal: Option<NotActivated>,
    /// What it did on the way, if the chain's settings ask for it.
    pub trace: Trace,
}

/// A transaction that has run: its receipt, and what the chain does not keep of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executed {
    /// What became of it.
    pub receipt: Receipt,
    /// What it did on the way, if the chain's settings ask for it.
    pub trace: Trace,
    /// Why an activation in it was refused: the contract that asked for it, like StylusDeployer, only learns that it was.
    pub refusal: Option<NotActivated>,
}

/// Whoever sends a transaction mostly wants to read its receipt.
impl Deref for Executed {
    type Target = Receipt;

    fn deref(&self) -> &Receipt {
        &self.receipt
    }
}

impl Outcome {
    pub(super) fn new(result: ExecutionResult<HaltReason>, session: &mut Session) -> Self {
        let gas_used = result.tx_gas_used();
        let trace = session.trace.as_mut().map(mem::take).unwrap_or_default();
        let (status, output, logs, contract_address) = match result {
            ExecutionResult::Success { logs, output, .. } => {
                let created = match &output {
                    Output::Create(_, address) => *address,
                    Output::Call(_) => None,
                };
                (Status::Success, output.into_data(), logs, created)
            }
            ExecutionResult::Revert { output, .. } => (Status::Revert, output, Vec::new(), None),
            ExecutionResult::Halt { reason, .. } => {
                (Status::Halt(words(&reason)), Bytes::new(), Vec::new(), None)
            }
        };
        Self {
            status,
            gas_used,
            output,
            logs,
            contract_address,
            refusal: session.refusal.take(),
            trace,
        }
    }
}

/// A reason that carries its own words is given in these.
fn words(reason: &HaltReason) -> String {
    match reason {
        HaltReason::PrecompileErrorWithContext(words) => words.clone(),
        other => format!("{other:?}"),
    }
}

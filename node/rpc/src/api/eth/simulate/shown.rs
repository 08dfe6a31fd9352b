//! What became of the blocks that were tried.

use crate::convert::{BlockJson, LogJson, Named, halted, logs_of, reverted};
use alloy_primitives::{Bytes, U64};
use serde::Serialize;
use serde_json::Value;
use stylus_chain::chain::Block;
use stylus_chain::{Outcome, Status};

/// A block that was tried.
#[derive(Debug, Serialize)]
pub(super) struct BlockShown {
    #[serde(flatten)]
    block: BlockJson,
    calls: Vec<CallShown>,
}

/// A transaction in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CallShown {
    return_data: Bytes,
    logs: Vec<LogJson>,
    gas_used: U64,
    status: U64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

/// Why it failed.
#[derive(Debug, Serialize)]
struct Failure {
    message: String,
    code: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
}

impl CallShown {
    pub(super) fn gas_used(&self) -> u64 {
        self.gas_used.to()
    }
}

impl From<Outcome> for CallShown {
    fn from(outcome: Outcome) -> Self {
        let error = match &outcome.status {
            Status::Success => None,
            Status::Revert => {
                let error = reverted(&outcome.output);
                Some(Failure {
                    message: error.message,
                    code: -32000,
                    data: error.data,
                })
            }
            Status::Halt(reason) => Some(Failure {
                message: halted(reason).to_owned(),
                code: -32015,
                data: None,
            }),
        };
        Self {
            // what a creation returns is the code, as with go-ethereum
            return_data: match outcome.status {
                Status::Success => outcome.output,
                // what a revert says is with the error
                Status::Revert | Status::Halt(_) => Bytes::new(),
            },
            // they have their places once the block has its hash
            logs: Vec::new(),
            gas_used: U64::from(outcome.gas_used),
            status: U64::from(error.is_none()),
            error,
        }
    }
}

impl BlockShown {
    pub(super) fn new(block: &Block, transactions: Vec<Named>, mut calls: Vec<CallShown>) -> Self {
        let mut logs = logs_of(block).map(|(_, json)| json);
        for (call, receipt) in calls.iter_mut().zip(&block.receipts) {
            call.logs = logs.by_ref().take(receipt.logs.len()).collect();
        }
        Self {
            block: BlockJson::with(block, transactions),
            calls,
        }
    }
}

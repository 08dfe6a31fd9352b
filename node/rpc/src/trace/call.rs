//! `callTracer`: the frames of a transaction, one inside the other (go-ethereum `eth/tracers/native/call.go`).

use super::budget::Budget;
use super::opcodes::{CREATE, CREATE2};
use super::options::CallOptions;
use crate::convert::reason;
use alloy_primitives::{Address, B256, Bytes, Log, U64, U256};
use serde::Serialize;
use stylus_chain::watch::{Begun, Entered, Ledger, Left, Transfer, Watcher, opcode_name};

/// Bytes that a frame takes beside its data.
const FRAME: usize = 400;

/// Wei that changed hands outside of frames.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TransferJson {
    purpose: &'static str,
    from: Option<String>,
    to: Option<String>,
    value: U256,
}

impl From<&Transfer> for TransferJson {
    fn from(transfer: &Transfer) -> Self {
        let written = |address: Address| address.to_checksum(None);
        Self {
            purpose: transfer.purpose,
            from: transfer.from.map(written),
            to: transfer.to.map(written),
            value: transfer.value,
        }
    }
}

/// A log, and how many calls its frame had made by then.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LogJson {
    address: Address,
    topics: Vec<B256>,
    data: Bytes,
    position: U64,
}

impl LogJson {
    pub(super) fn new(log: &Log, position: usize) -> Self {
        Self {
            address: log.address,
            topics: log.topics().to_vec(),
            data: log.data.data.clone(),
            position: U64::from(position),
        }
    }
}

/// A frame.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Frame {
    #[serde(rename = "beforeEVMTransfers", skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<Vec<TransferJson>>,
    #[serde(rename = "afterEVMTransfers", skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<Vec<TransferJson>>,
    pub(super) from: Address,
    pub(super) gas: U64,
    pub(super) gas_used: U64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<Address>,
    pub(super) input: Bytes,
    #[serde(skip_serializing_if = "super::is_nothing")]
    pub(super) output: Bytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revert_reason: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) calls: Vec<Self>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) logs: Vec<LogJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<U256>,
    pub(super) r#type: String,
    #[serde(skip)]
    pub(super) opcode: u8,
}

impl Frame {
    fn new(entered: &Entered) -> Self {
        Self {
            before: None,
            after: None,
            from: entered.from,
            gas: U64::from(entered.gas),
            gas_used: U64::ZERO,
            to: Some(entered.to),
            input: entered.input.clone(),
            output: Bytes::new(),
            error: None,
            revert_reason: None,
            calls: Vec::new(),
            logs: Vec::new(),
            value: entered.value,
            r#type: opcode_name(entered.opcode),
            opcode: entered.opcode,
        }
    }

    fn end(&mut self, left: &Left) {
        let ended = Ended::new(self.opcode, left);
        self.output = ended.output;
        self.error = ended.error;
        self.revert_reason = ended.revert_reason;
        if ended.is_nowhere {
            self.to = None;
        }
    }

    /// Takes out the logs of what failed, and of all in it.
    fn forget_failed(&mut self, failed: bool) {
        let failed = failed || self.error.is_some();
        if failed {
            self.logs.clear();
        }
        for call in &mut self.calls {
            call.forget_failed(failed);
        }
    }
}

/// How a frame ended, as traces tell it.
pub(super) struct Ended {
    pub(super) output: Bytes,
    pub(super) error: Option<String>,
    pub(super) revert_reason: Option<String>,
    /// Whether it was to create something that is not there.
    pub(super) is_nowhere: bool,
}

impl Ended {
    pub(super) fn new(opcode: u8, left: &Left) -> Self {
        let shows_output = left.failure.is_none() || left.has_reverted();
        let output = match shows_output {
            true => left.output.clone(),
            false => Bytes::new(),
        };
        Self {
            revert_reason: left.has_reverted().then(|| reason(&output)).flatten(),
            output,
            is_nowhere: left.failure.is_some() && matches!(opcode, CREATE | CREATE2),
            error: left.failure.clone(),
        }
    }
}

/// The frames as they come.
#[derive(Debug)]
pub(super) struct CallTracer {
    options: CallOptions,
    budget: Budget,
    pub(super) before: Vec<TransferJson>,
    pub(super) after: Vec<TransferJson>,
    /// Frames that have not ended, outermost first.
    pub(super) open: Vec<Frame>,
    gas_limit: u64,
    depth: usize,
}

impl CallTracer {
    pub(super) fn new(options: CallOptions, budget: Budget) -> Self {
        Self {
            options,
            budget,
            before: Vec::new(),
            after: Vec::new(),
            open: Vec::new(),
            gas_limit: 0,
            depth: 0,
        }
    }

    /// The outermost frame, with all in it.
    pub(super) fn frame(mut self) -> Result<Frame, &'static str> {
        let frame = self.open.pop().filter(|_| self.open.is_empty());
        let mut frame = frame.ok_or("incorrect number of top-level calls")?;
        frame.before = Some(self.before);
        frame.after = Some(self.after);
        Ok(frame)
    }
}

impl Watcher for CallTracer {
    fn begins(&mut self, _: &mut dyn Ledger, begun: &Begun) {
        self.gas_limit = begun.gas_limit;
    }

    fn ends(&mut self, _: &mut dyn Ledger, gas_used: u64) {
        let Some(frame) = self.open.first_mut() else {
            return;
        };
        frame.gas_used = U64::from(gas_used);
        if self.options.with_log {
            frame.forget_failed(false);
        }
    }

    fn enters(&mut self, entered: &Entered) {
        self.depth = entered.depth;
        if self.options.only_top_call && entered.depth > 0 {
            return;
        }
        // without its data once there is no room: its end must still find it
        let mut frame = Frame::new(entered);
        if !self.budget.take(FRAME + entered.input.len()) {
            frame.input = Bytes::new();
        }
        if entered.depth == 0 {
            frame.gas = U64::from(self.gas_limit);
        }
        self.open.push(frame);
    }

    fn leaves(&mut self, left: &Left) {
        let has_room = self.budget.take(left.output.len());
        if left.depth == 0 {
            if let [frame] = self.open.as_mut_slice() {
                frame.end(left);
            }
            return;
        }
        self.depth = left.depth - 1;
        if self.options.only_top_call || self.open.len() <= 1 {
            return;
        }
        let Some(mut frame) = self.open.pop() else {
            return;
        };
        frame.gas_used = U64::from(left.gas_used);
        frame.end(left);
        if has_room && let Some(around) = self.open.last_mut() {
            around.calls.push(frame);
        }
    }

    fn logs(&mut self, log: &Log) {
        let is_wanted = self.options.with_log && (!self.options.only_top_call || self.depth == 0);
        if !is_wanted || !self.budget.take(FRAME + log.data.data.len()) {
            return;
        }
        if let Some(frame) = self.open.last_mut() {
            frame.logs.push(LogJson::new(log, frame.calls.len()));
        }
    }

    fn transfers(&mut self, transfer: &Transfer) {
        let told = match transfer.before {
            true => &mut self.before,
            false => &mut self.after,
        };
        told.push(transfer.into());
    }
}

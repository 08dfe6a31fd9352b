//! `flatCallTracer`: the frames of a transaction one after the other, as Parity told them (go-ethereum
//! `eth/tracers/native/call_flat.go`).

use super::budget::Budget;
use super::call::{CallTracer, Frame, TransferJson};
use super::four_byte::precompiles;
use super::opcodes::{CALL, CREATE, CREATE2, SELFDESTRUCT, STATICCALL};
use super::options::{CallOptions, FlatOptions};
use alloy_primitives::map::AddressSet;
use alloy_primitives::{Address, B256, Bytes, U64, U256};
use serde::Serialize;
use stylus_chain::watch::{Begun, Entered, Ledger, Left, Transfer, Watcher};

/// Where a traced transaction is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Where {
    /// Hash of its block; none for a call that is in none.
    pub block_hash: Option<B256>,
    /// Number of its block.
    pub block_number: u64,
    /// Its own hash.
    pub hash: Option<B256>,
    /// Its index.
    pub index: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Flat {
    #[serde(rename = "beforeEVMTransfers", skip_serializing_if = "Option::is_none")]
    before: Option<Option<Vec<TransferJson>>>,
    #[serde(rename = "afterEVMTransfers", skip_serializing_if = "Option::is_none")]
    after: Option<Option<Vec<TransferJson>>>,
    action: Action,
    block_hash: Option<B256>,
    block_number: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Outcome>,
    subtraces: usize,
    trace_address: Vec<usize>,
    transaction_hash: Option<B256>,
    transaction_position: u64,
    r#type: &'static str,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<U256>,
    #[serde(skip_serializing_if = "Option::is_none")]
    call_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creation_method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gas: Option<U64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    init: Option<Bytes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<Bytes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<U256>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Bytes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gas_used: Option<U64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Bytes>,
}

/// The frames as they come.
#[derive(Debug)]
pub(super) struct FlatCallTracer {
    options: FlatOptions,
    at: Where,
    frames: CallTracer,
    precompiles: AddressSet,
}

impl FlatCallTracer {
    pub(super) fn new(options: FlatOptions, at: Where, budget: Budget) -> Self {
        Self {
            options,
            at,
            frames: CallTracer::new(CallOptions::default(), budget),
            precompiles: AddressSet::default(),
        }
    }

    /// All frames, each with where in the others it is.
    pub(super) fn flat(self) -> Result<impl Serialize, &'static str> {
        let Self {
            options,
            at,
            mut frames,
            ..
        } = self;
        frames.open.truncate(1);
        let frame = frames.frame().map_err(|_| "invalid number of calls")?;
        Ok(laid(frame, &at, options))
    }
}

/// Lays out a frame and all in it. Not by recursion: frames are as deep as an execution makes them.
fn laid(first: Frame, at: &Where, options: FlatOptions) -> Vec<Flat> {
    let mut flat = Vec::new();
    let mut todo = vec![(first, Vec::new())];
    while let Some((mut frame, trace_address)) = todo.pop() {
        let calls = std::mem::take(&mut frame.calls);
        let count = calls.len();
        for (index, call) in calls.into_iter().enumerate().rev() {
            let mut address = trace_address.clone();
            address.push(index);
            todo.push((call, address));
        }
        flat.push(one(frame, count, trace_address, at, options));
    }
    flat
}

/// A frame by itself, which made so many calls.
fn one(
    mut frame: Frame,
    subtraces: usize,
    trace_address: Vec<usize>,
    at: &Where,
    options: FlatOptions,
) -> Flat {
    let error = frame.error.clone();
    let shows_result = error.as_deref().is_none_or(|why| why == Left::REVERTED);
    // no transfers at all are none, not an empty list
    let told = |transfers: Option<Vec<TransferJson>>| {
        transfers.map(|all| Some(all).filter(|all| !all.is_empty()))
    };
    let (before, after) = (told(frame.before.take()), told(frame.after.take()));
    let (r#type, action, result) = act(frame);
    Flat {
        before,
        after,
        action,
        block_hash: at.block_hash,
        block_number: at.block_number,
        error: error.map(|why| match options.convert_parity_errors {
            true => paritys(why),
            false => why,
        }),
        result: result.filter(|_| shows_result),
        subtraces,
        trace_address,
        transaction_hash: at.hash,
        transaction_position: at.index,
        r#type,
    }
}

fn act(frame: Frame) -> (&'static str, Action, Option<Outcome>) {
    let kind = frame.r#type.to_lowercase();
    match frame.opcode {
        CREATE | CREATE2 => (
            "create",
            Action {
                creation_method: Some(kind),
                from: Some(frame.from),
                gas: Some(frame.gas),
                value: frame.value,
                init: Some(frame.input),
                ..Action::default()
            },
            Some(Outcome {
                gas_used: Some(frame.gas_used),
                address: frame.to,
                code: Some(frame.output),
                output: None,
            }),
        ),
        SELFDESTRUCT => (
            "suicide",
            Action {
                address: Some(frame.from),
                balance: frame.value,
                refund_address: frame.to,
                ..Action::default()
            },
            None,
        ),
        _ => (
            "call",
            Action {
                from: Some(frame.from),
                to: frame.to,
                gas: Some(frame.gas),
                value: frame.value,
                call_type: Some(kind),
                input: Some(frame.input),
                ..Action::default()
            },
            Some(Outcome {
                gas_used: Some(frame.gas_used),
                output: Some(frame.output),
                ..Outcome::default()
            }),
        ),
    }
}

/// An error in Parity's words.
fn paritys(why: String) -> String {
    let words = match why.as_str() {
        "contract creation code storage out of gas"
        | "out of gas"
        | "gas uint64 overflow"
        | "max code size exceeded" => "Out of gas",
        "invalid jump destination" => "Bad jump destination",
        "execution reverted" => "Reverted",
        "return data out of bounds" => "Out of bounds",
        "stack limit reached 1024 (1023)" => "Out of stack",
        "precompiled failed" | "invalid input length" => "Built-in failed",
        other if other.starts_with("out of gas:") => "Out of gas",
        other if other.starts_with("invalid opcode:") => "Bad instruction",
        other if other.starts_with("stack underflow") => "Stack underflow",
        _ => return why,
    };
    words.to_owned()
}

impl Watcher for FlatCallTracer {
    fn begins(&mut self, ledger: &mut dyn Ledger, begun: &Begun) {
        self.frames.begins(ledger, begun);
        self.precompiles = precompiles(begun.arbos);
    }

    fn ends(&mut self, ledger: &mut dyn Ledger, gas_used: u64) {
        self.frames.ends(ledger, gas_used);
    }

    fn enters(&mut self, entered: &Entered) {
        self.frames.enters(entered);
        if entered.depth > 0
            && let Some(frame) = self.frames.open.last_mut()
        {
            frame.value.get_or_insert_default();
        }
    }

    fn leaves(&mut self, left: &Left) {
        self.frames.leaves(left);
        if left.depth == 0 || self.options.include_precompiles {
            return;
        }
        // calls of precompiles are left out
        if let Some(around) = self.frames.open.last_mut() {
            around.calls.pop_if(|call| {
                matches!(call.opcode, CALL | STATICCALL)
                    && call.to.is_some_and(|to| self.precompiles.contains(&to))
            });
        }
    }

    fn transfers(&mut self, transfer: &Transfer) {
        self.frames.transfers(transfer);
    }
}

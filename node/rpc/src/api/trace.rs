//! `trace_`: the frames of transactions one after the other, as Parity told them.

use super::Api;
use super::debug::{trace_block, trace_transaction};
use super::json::Settings;
use crate::convert::BlockNumber;
use crate::error::Error;
use crate::node::Node;
use crate::node::read::number;
use crate::trace::{TraceOptions, Tracers};
use alloy_eips::BlockId;
use alloy_primitives::{Address, B256};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use stylus_chain::store::Store as _;

/// Blocks that may be searched at once.
const MOST_BLOCKS: u64 = 1_000;
/// Frames in an answer.
const MOST_FRAMES: usize = 10_000;

/// Registers them.
pub(super) fn register(api: &mut Api) {
    api.method("trace_transaction", |node, (hash,): (B256,)| {
        let is_there = node
            .chain(|chain| chain.store().transaction(hash))?
            .is_some();
        is_there
            .then(|| trace_transaction(node, hash, TraceOptions::flat()))
            .transpose()
    });
    api.method("trace_block", |node, (block,): (BlockNumber,)| {
        frames(node, block.0.into(), &Tracers::new(TraceOptions::flat())?)
    });
    api.method("trace_filter", |node, (filter,): (Settings<Filter>,)| {
        filtered(node, &filter.0)
    });
}

/// Which frames are looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Filter {
    from_block: Option<Value>,
    to_block: Option<Value>,
    from_address: Vec<Address>,
    to_address: Vec<Address>,
    /// Whether a frame must be between both kinds, or may be of one.
    mode: Mode,
    /// How many are left out before the first.
    after: usize,
    /// How many are wanted at most.
    count: Option<usize>,
}

/// How the two kinds of accounts of a filter go together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Union,
    #[default]
    Intersection,
}

impl Filter {
    /// The number of a block that a filter names.
    fn bound(node: &Node, named: Option<&Value>) -> Result<u64, Error> {
        use super::arguments::Argument;
        let block = match named {
            None => BlockId::latest(),
            Some(named) => {
                let read = BlockNumber::read(named.clone());
                read.map_err(|why| Error::argument(0, why))?.0.into()
            }
        };
        let found = node.chain(|chain| number(chain, block))?;
        found.ok_or_else(|| Error::refused("block not found"))
    }

    /// Whether a frame is between accounts that are looked for: any of each kind that names some.
    fn takes(&self, frame: &Value) -> bool {
        let is_of = |wanted: &[Address], fields: &[&str]| {
            fields.iter().any(|field| {
                let account = frame.pointer(field).and_then(Value::as_str);
                account
                    .and_then(|account| account.parse().ok())
                    .is_some_and(|account| wanted.contains(&account))
            })
        };
        let from = is_of(&self.from_address, &["/action/from", "/action/address"]);
        let to = is_of(
            &self.to_address,
            &["/action/to", "/result/address", "/action/refundAddress"],
        );
        match (self.from_address.is_empty(), self.to_address.is_empty()) {
            (true, true) => true,
            (true, false) => to,
            (false, true) => from,
            (false, false) if self.mode == Mode::Union => from || to,
            (false, false) => from && to,
        }
    }
}

/// All frames of a block but those of ArbOS's own transaction.
fn frames(node: &Node, block: BlockId, tracers: &Tracers) -> Result<Vec<Value>, Error> {
    let traced = trace_block(node, block, tracers)?;
    let mut frames = Vec::new();
    for transaction in traced.iter().skip(1) {
        frames.append(&mut read(&transaction.result)?);
    }
    Ok(frames)
}

fn read(told: &RawValue) -> Result<Vec<Value>, Error> {
    serde_json::from_str(told.get()).map_err(|error| Error::internal(error.to_string()))
}

fn filtered(node: &Node, filter: &Filter) -> Result<Vec<Value>, Error> {
    let from = match &filter.from_block {
        None => 0,
        named => Filter::bound(node, named.as_ref())?,
    };
    let to = Filter::bound(node, filter.to_block.as_ref())?;
    if to.saturating_sub(from) >= MOST_BLOCKS {
        let words = format!("a filter may name up to {MOST_BLOCKS} blocks");
        return Err(Error::refused(words));
    }
    // all blocks take from the same room and time
    let tracers = Tracers::new(TraceOptions::flat())?;
    let wanted = filter.count.unwrap_or(usize::MAX);
    let mut found = Vec::new();
    let mut left_out = 0;
    for number in from.max(1)..=to {
        let block = node.chain(|chain| chain.store().block(number))?;
        if block.is_none_or(|block| block.receipts.is_empty()) {
            continue;
        }
        for frame in frames(node, number.into(), &tracers)? {
            if !filter.takes(&frame) {
                continue;
            }
            if left_out < filter.after {
                left_out += 1;
                continue;
            }
            if found.len() >= wanted {
                return Ok(found);
            }
            if found.len() >= MOST_FRAMES {
                let words =
                    format!("a filter may find up to {MOST_FRAMES} frames: ask for a count");
                return Err(Error::refused(words));
            }
            found.push(frame);
        }
    }
    Ok(found)
}

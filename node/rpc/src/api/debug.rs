//! `debug_`: blocks, receipts and transactions as they are hashed, and what transactions did, step by step.

use super::Api;
use super::arguments::Argument;
use super::eth::{of_block, raw_transaction};
use super::json::Settings;
use crate::convert::{
    BlockNumber, BlockOverrides, BlockRef, CallRequest, StateOverrides, raw_block, raw_header,
    raw_receipts,
};
use crate::error::Error;
use crate::node::Node;
use crate::node::read::number;
use crate::trace::{TraceOptions, Tracers, Where};
use alloy_eips::BlockId;
use alloy_primitives::{B256, U256};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use stylus_chain::chain::{Again, TxError};

/// Registers them.
pub(super) fn register(api: &mut Api) {
    let no_block = || Error::refused("block not found");
    api.method("debug_getRawBlock", move |node, (block,): (BlockRef,)| {
        of_block(node, block.0, |block, _| raw_block(block))?.ok_or_else(no_block)
    });
    api.method("debug_getRawHeader", move |node, (block,): (BlockRef,)| {
        of_block(node, block.0, |block, _| raw_header(block))?.ok_or_else(no_block)
    });
    api.method(
        "debug_getRawReceipts",
        move |node, (block,): (BlockRef,)| {
            of_block(node, block.0, |block, _| raw_receipts(block))?.ok_or_else(no_block)
        },
    );
    api.method("debug_getRawTransaction", |node, (hash,): (B256,)| {
        Ok(raw_transaction(node, hash).unwrap_or_default())
    });
    // a chain of one's own has none
    api.method("debug_getBadBlocks", |_, (): ()| Ok([(); 0]));
    api.method(
        "debug_traceTransaction",
        |node, (hash, options): (B256, Option<Settings<TraceOptions>>)| {
            let options = options.map(|options| options.0);
            trace_transaction(node, hash, options.unwrap_or_default())
        },
    );
    api.method(
        "debug_traceBlockByNumber",
        |node, (block, options): (BlockNumber, Option<Settings<TraceOptions>>)| {
            let options = options.map(|options| options.0);
            trace_block(
                node,
                block.0.into(),
                &Tracers::new(options.unwrap_or_default())?,
            )
        },
    );
    api.method(
        "debug_traceBlockByHash",
        |node, (hash, options): (B256, Option<Settings<TraceOptions>>)| {
            let options = options.map(|options| options.0);
            trace_block(
                node,
                hash.into(),
                &Tracers::new(options.unwrap_or_default())?,
            )
        },
    );
    api.method("debug_traceCall", |node, arguments: CallArguments| {
        trace_call(node, arguments)
    });
}

/// What is asked of the trace of a call, and what is supposed for it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CallOptions {
    #[serde(flatten)]
    trace: TraceOptions,
    state_overrides: Option<Value>,
    block_overrides: Option<Value>,
    /// After which transaction of the block it is to run, which cannot be chosen here.
    tx_index: Option<Value>,
}

type CallArguments = (CallRequest, Option<BlockRef>, Option<Settings<CallOptions>>);

/// What was traced of one transaction of a block.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Traced {
    tx_hash: B256,
    pub(super) result: Box<RawValue>,
}

pub(super) fn trace_transaction(
    node: &Node,
    hash: B256,
    options: TraceOptions,
) -> Result<Box<RawValue>, Error> {
    let (again, index) = node.chain(|chain| {
        let place = chain.store().transaction(hash)?;
        let place = place.ok_or_else(|| Error::refused("transaction not found"))?;
        let again = chain.again(place.block).map_err(failed)?;
        Ok::<_, Error>((again, place.index))
    })?;
    let tracers = Tracers::new(options)?;
    let traced = traced(&again, &tracers, Some(index))?;
    let traced = traced.into_iter().next();
    let traced = traced.ok_or_else(|| Error::internal("a transaction got lost"))?;
    Ok(traced.result)
}

pub(super) fn trace_block(
    node: &Node,
    id: BlockId,
    tracers: &Tracers,
) -> Result<Vec<Traced>, Error> {
    let again = node.chain(|chain| {
        let number = number(chain, id)?.ok_or_else(|| match id {
            BlockId::Hash(hash) => Error::refused(format!("block {} not found", hash.block_hash)),
            BlockId::Number(number) => Error::refused(format!("block {number} not found")),
        })?;
        match number {
            0 => Err(Error::refused("genesis is not traceable")),
            _ => chain.again(number).map_err(failed),
        }
    })?;
    traced(&again, tracers, None)
}

/// Runs a block again and traces one of its transactions, or all.
fn traced(again: &Again, tracers: &Tracers, only: Option<usize>) -> Result<Vec<Traced>, Error> {
    let hashes: Vec<_> = again.hashes().collect();
    let is_wanted = |index: usize| only.is_none_or(|only| only == index);
    let mut refused = None;
    let watched = again.run(only, |index| {
        let at = Where {
            block_hash: Some(again.hash()),
            block_number: again.number(),
            hash: hashes.get(index).copied(),
            index: index as u64,
        };
        let tracer = is_wanted(index).then(|| tracers.tracer(at))?;
        tracer.map_err(|error| refused = Some(error)).ok()
    });
    let watched = watched.map_err(|error| tracers.stopped().unwrap_or_else(|| failed(error)))?;
    if let Some(error) = refused {
        return Err(error);
    }
    let told = watched.into_iter().map(|(index, tracer)| {
        Ok(Traced {
            tx_hash: hashes.get(index).copied().unwrap_or_default(),
            result: tracers.told(tracer)?,
        })
    });
    told.collect()
}

fn trace_call(node: &Node, arguments: CallArguments) -> Result<Box<RawValue>, Error> {
    let (request, block, options) = arguments;
    let CallOptions {
        trace,
        state_overrides,
        block_overrides,
        tx_index,
    } = options.map(|options| options.0).unwrap_or_default();
    if tx_index.is_some() {
        let words = "txIndex is not supported: a call is traced after the whole block";
        return Err(Error::refused(words));
    }
    let block = block.unwrap_or(BlockRef::LATEST).0;
    if block.is_pending() {
        let words = "tracing on top of pending is not supported";
        return Err(Error::refused(words));
    }
    let tracers = Tracers::new(trace)?;
    let moment = node.moment(block)?;
    let read = |error: String| Error::argument(2, error);
    let accounts: Option<StateOverrides> = given(state_overrides).map_err(read)?;
    let place: Option<BlockOverrides> = given(block_overrides).map_err(read)?;
    let moment = accounts.unwrap_or_default().apply(moment)?;
    let moment = place.unwrap_or_default().apply(moment);
    let cap = node.chain(|chain| chain.config().call_gas_cap);
    let transaction = request.transaction(if cap == 0 { u64::MAX } else { cap });
    let (price, base_fee) = (request.price()?, u128::from(moment.base_fee()));
    let from = transaction.from;
    if price > 0 && price < base_fee {
        let words = format!(
            "tracing failed: max fee per gas less than block base fee: address {from}, maxFeePerGas: {price}, baseFee: {base_fee}"
        );
        return Err(Error::refused(words));
    }
    let gas = match cap {
        0 => transaction.gas_limit,
        cap => transaction.gas_limit.min(cap),
    };
    let fee = U256::from(price).saturating_mul(U256::from(gas));
    let want = fee.saturating_add(transaction.value);
    let have = moment.balance(from)?;
    if have < want {
        let words = format!(
            "tracing failed: insufficient funds for gas * price + value: address {from} have {have} want {want}"
        );
        return Err(Error::refused(words));
    }
    let tracer = tracers.tracer(Where::default())?;
    let watched = moment.watched_call(transaction, tracer);
    let (_, tracer) =
        watched.map_err(|error| tracers.stopped().unwrap_or_else(|| failed(error)))?;
    tracers.told(tracer)
}

/// An argument within another; none if it was left out.
fn given<A: Argument>(value: Option<Value>) -> Result<Option<A>, String> {
    match value {
        None => Ok(None),
        Some(value) => <Option<A>>::read(value),
    }
}

/// Why nothing was traced.
fn failed(error: TxError) -> Error {
    match error {
        TxError::Store(failure) => Error::refused(failure.to_string()),
        error => Error::refused(format!("tracing failed: {error}")),
    }
}

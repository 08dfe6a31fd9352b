//! `evm_`: what test suites have asked of development chains since Ganache.

use super::Api;
use super::json::Number;
use crate::error::Error;
use crate::node::{Mining, Node};
use alloy_primitives::U64;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// Registers them.
pub(super) fn register(api: &mut Api) {
    for name in ["evm_snapshot", "anvil_snapshot"] {
        api.method(name, |node, (): ()| Ok(U64::from(node.snapshot())));
    }
    for name in ["evm_revert", "anvil_revert"] {
        api.method(name, |node, (Number(snapshot),)| Ok(node.revert(snapshot)?));
    }
    api.method("evm_mine", |node, (at,): (Option<Value>,)| mine(node, at));
    for name in ["evm_increaseTime", "anvil_increaseTime"] {
        api.method(name, |node, (Number(seconds),)| {
            Ok(shown(node.increase_time(seconds)))
        });
    }
    for name in ["evm_setTime", "anvil_setTime"] {
        api.method(name, |node, (Number(time),)| {
            let ahead = node
                .set_time(time)
                .map_err(|past| Error::refused(past.to_string()))?;
            Ok(shown(ahead))
        });
    }
    for name in ["evm_setNextBlockTimestamp", "anvil_setNextBlockTimestamp"] {
        api.method(name, |node, (Number(time),)| set_next_timestamp(node, time));
    }
    for name in ["evm_setBlockGasLimit", "anvil_setBlockGasLimit"] {
        api.method(name, |node, (Number(gas),)| {
            node.edit(|chain| chain.set_block_gas_limit(gas))?;
            Ok(true)
        });
    }
    api.method("evm_setAutomine", |node, (on,)| set_automine(node, on));
    api.method("evm_setIntervalMining", |node, (Number(milliseconds),)| {
        set_interval(node, Duration::from_millis(milliseconds))
    });
}

/// The clock is ahead by no more than numbers of JSON hold, or behind.
fn shown(ahead: i128) -> i64 {
    i64::try_from(ahead).unwrap_or(i64::MAX)
}

/// Makes a block, at a time that may be said as a number or as Ganache has it.
fn mine(node: &Arc<Node>, at: Option<Value>) -> Result<&'static str, Error> {
    let (mut blocks, mut at) = (1, at);
    if let Some(Value::Object(options)) = &at {
        if let Some(number) = options.get("blocks").and_then(Value::as_u64) {
            blocks = number;
        }
        at = options
            .get("timestamp")
            .cloned()
            .filter(|value| !value.is_null());
    }
    if let Some(value) = at {
        let read = super::arguments::Argument::read(value);
        let Number(time) = read.map_err(|why| Error::argument(0, why))?;
        set_next_timestamp(node, time)?;
    }
    let mined = node.mine(blocks, None);
    mined.map_err(|error| Error::refused(error.to_string()))?;
    Ok("0x0")
}

fn set_next_timestamp(node: &Arc<Node>, time: u64) -> Result<(), Error> {
    let set = node.set_next_timestamp(time);
    set.map_err(|past| Error::refused(past.to_string()))
}

/// Switches between a block for each transaction and none but by hand.
pub(super) fn set_automine(node: &Arc<Node>, on: bool) -> Result<bool, Error> {
    match (on, node.mining()) {
        (true, _) => node.set_mining(Mining::Automatic),
        (false, Mining::Automatic) => node.set_mining(Mining::Manual),
        (false, _) => {}
    }
    Ok(true)
}

/// Makes blocks at intervals; an interval of zero ends it.
pub(super) fn set_interval(node: &Arc<Node>, interval: Duration) -> Result<bool, Error> {
    match (interval.is_zero(), node.mining()) {
        (false, _) => node.set_mining(Mining::Every(interval)),
        (true, Mining::Every(_)) => node.set_mining(Mining::Manual),
        (true, _) => {}
    }
    Ok(true)
}

//! The whole chain as hex, and back; and other blocks in place of the last ones.

use crate::api::Api;
use crate::api::accounts;
use crate::api::arguments::{Argument, kind};
use crate::api::json::Number;
use crate::convert::CallRequest;
use crate::error::Error;
use crate::node::{MOST_BLOCKS, Mining, Node};
use alloy_primitives::{B256, Bytes};
use serde_json::Value;
use std::sync::Arc;

pub(super) fn register(api: &mut Api) {
    // an argument says whether states of earlier blocks are kept, which they never are
    both!(api, "dumpState", |node, (_,): (Option<bool>,)| {
        Ok(Bytes::from(node.dump()?))
    });
    both!(api, "loadState", |node, (state,): (Bytes,)| {
        let loaded = node.load(&state);
        loaded.map_err(|error| Error::arguments(error.to_string()))?;
        Ok(true)
    });
    api.method("anvil_rollback", |node, (depth,): (Option<Number>,)| {
        take_back(node, depth.map_or(1, |Number(depth)| depth))
    });
    api.method(
        "anvil_reorg",
        |node, (Number(depth), sent): (Number, Option<Vec<Placed>>)| {
            reorganise(node, depth, sent.unwrap_or_default())
        },
    );
}

fn take_back(node: &Arc<Node>, depth: u64) -> Result<(), Error> {
    let taken = node.take_back(depth);
    taken.map_err(|error| Error::arguments(error.to_string()))
}

/// A transaction, and in which of the new blocks it is to be, counted from zero.
struct Placed(Sent, u64);

enum Sent {
    Signed(Bytes),
    Asked(Box<CallRequest>),
}

impl Argument for Placed {
    fn read(value: Value) -> Result<Self, String> {
        let wanted = "pair of a transaction and a block";
        let Value::Array(pair) = value else {
            return Err(kind(&value, wanted));
        };
        let [transaction, block]: [Value; 2] =
            pair.try_into().map_err(|_| format!("not a {wanted}"))?;
        let Number(block) = Number::read(block)?;
        let sent = match transaction {
            Value::String(_) => Sent::Signed(Bytes::read(transaction)?),
            other => Sent::Asked(Box::new(CallRequest::read(other)?)),
        };
        Ok(Self(sent, block))
    }
}

/// Takes blocks back and makes as many others, with these transactions and whatever else waits.
fn reorganise(node: &Arc<Node>, depth: u64, mut sent: Vec<Placed>) -> Result<(), Error> {
    if depth > MOST_BLOCKS {
        let words = format!("cannot mine {depth} blocks at once, the most is {MOST_BLOCKS}");
        return Err(Error::refused(words));
    }
    if let Some(Placed(_, block)) = sent.iter().find(|Placed(_, block)| *block >= depth) {
        let words =
            format!("block index {block} is beyond the {depth} blocks of the reorganisation");
        return Err(Error::arguments(words));
    }
    take_back(node, depth)?;
    sent.sort_by_key(|Placed(_, block)| *block);
    let mining = node.mining();
    // what is sent waits for its block
    node.set_mining(Mining::Manual);
    let mut sent = sent.into_iter().peekable();
    let made = (0..depth).try_for_each(|block| {
        while let Some(Placed(one, _)) = sent.next_if(|Placed(_, at)| *at == block) {
            let _: B256 = match one {
                Sent::Signed(raw) => node.submit(&raw)?,
                Sent::Asked(request) => accounts::send(node, *request)?,
            };
        }
        let mined = node.mine(1, None);
        mined.map_err(|error| Error::refused(error.to_string()))
    });
    node.set_mining(mining);
    made
}

//! `txpool_`: what waits for a block.

use super::Api;
use crate::convert;
use crate::node::Waiting;
use alloy_primitives::{Address, U64};
use serde_json::{Map, Value, json};

/// Registers them.
pub(super) fn register(api: &mut Api) {
    api.method("txpool_status", |node, (): ()| {
        let pool = node.pool()?;
        let pending = pool.iter().filter(|(_, can_run)| *can_run).count();
        let [pending, queued] = [pending, pool.len() - pending].map(|count| U64::from(count));
        Ok(json!({"pending": pending, "queued": queued}))
    });
    api.method("txpool_content", |node, (): ()| {
        let chain_id = node.chain(|chain| chain.config().chain_id);
        Ok(sorted(&node.pool()?, |one| convert::waiting(one, chain_id)))
    });
    api.method("txpool_inspect", |node, (): ()| {
        Ok(sorted(&node.pool()?, |waiting| {
            Value::String(convert::in_words(waiting))
        }))
    });
}

/// What can run and what cannot yet, by sender and nonce.
fn sorted(pool: &[(Waiting, bool)], shown: impl Fn(&Waiting) -> Value) -> Value {
    let of = |wanted: bool| {
        let mut senders = Map::new();
        for (waiting, _) in pool.iter().filter(|(_, can_run)| *can_run == wanted) {
            let sender = Address::to_checksum(&waiting.from(), None);
            let of_sender = senders.entry(sender).or_insert_with(|| json!({}));
            of_sender[waiting.nonce().to_string()] = shown(waiting);
        }
        Value::Object(senders)
    };
    json!({"pending": of(true), "queued": of(false)})
}

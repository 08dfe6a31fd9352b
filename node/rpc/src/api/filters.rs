//! Filters: what has happened since one last asked.

use super::Api;
use crate::convert::{self, LogFilter, LogJson};
use crate::error::Error;
use crate::node::{Happened, Node, Watched};
use alloy_primitives::{B128, U128};
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::Arc;
use stylus_chain::store::{Store as _, StoreError};

/// Registers them.
pub(super) fn register(api: &mut Api) {
    api.method("eth_newFilter", |node, (filter,): (LogFilter,)| {
        watch(node, Watched::Logs(Box::new(filter)))
    });
    api.method("eth_newBlockFilter", |node, (): ()| {
        watch(node, Watched::Blocks)
    });
    // who wants the transactions whole says so by an argument, which go-ethereum's filters take and do not heed
    api.method(
        "eth_newPendingTransactionFilter",
        |node, (_,): (Option<bool>,)| watch(node, Watched::Transactions),
    );
    api.method("eth_uninstallFilter", |node, (id,): (String,)| {
        Ok(read(&id).is_some_and(|id| node.unwatch(id)))
    });
    api.method("eth_getFilterChanges", |node, (id,): (String,)| {
        let id = read(&id).ok_or_else(not_found)?;
        let happened = node.happened(id)?;
        Ok(shown(node, happened.ok_or_else(not_found)?)?)
    });
    api.method("eth_getFilterLogs", |node, (id,): (String,)| {
        match read(&id).and_then(|id| node.watched(id)) {
            Some(Watched::Logs(filter)) => node.chain(|chain| filter.logs(chain)),
            _ => Err(not_found()),
        }
    });
}

fn not_found() -> Error {
    Error::refused("filter not found")
}

fn watch(node: &Arc<Node>, watched: Watched) -> Result<B128, Error> {
    let id = convert::random_id();
    if node.watch(id, watched) {
        Ok(id)
    } else {
        Err(Error::refused("too many filters"))
    }
}

/// The name of a filter, which may have lost its leading zeros.
fn read(id: &str) -> Option<B128> {
    let number = U128::from_str_radix(id.strip_prefix("0x")?, 16).ok()?;
    Some(B128::from(number.to_be_bytes()))
}

fn shown(node: &Arc<Node>, happened: Happened) -> Result<Value, StoreError> {
    Ok(match happened {
        Happened::Blocks(hashes) | Happened::Transactions(hashes) => json!(hashes),
        Happened::Logs(filter, gone, blocks) => {
            let new = new_logs(node, &filter, blocks)?;
            json!(gone.into_iter().chain(new).collect::<Vec<_>>())
        }
    })
}

/// The logs in new blocks that a filter wants.
fn new_logs(
    node: &Arc<Node>,
    filter: &LogFilter,
    blocks: Range<u64>,
) -> Result<Vec<LogJson>, StoreError> {
    let mut logs = Vec::new();
    for number in blocks {
        if let Some(block) = node.chain(|chain| chain.store().block(number))? {
            logs.extend(filter.of_block_in_range(&block));
        }
    }
    Ok(logs)
}

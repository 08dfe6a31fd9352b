//! Transactions and receipts.

use super::of_block;
use crate::api::Api;
use crate::api::json::Number;
use crate::convert::{self, BlockNumber, ReceiptJson, TransactionJson};
use crate::error::Error;
use crate::node::{Chain, Node};
use alloy_primitives::{Address, B256, Bytes};
use serde_json::{Value, json};
use std::ops::Range;
use stylus_chain::chain::Block;
use stylus_chain::store::{At, Store as _, StoreError};

pub(super) fn register(api: &mut Api) {
    api.method("eth_getTransactionByHash", |node, (hash,): (B256,)| {
        transaction(node, hash)
    });
    api.method(
        "eth_getTransactionBySenderAndNonce",
        |node, (from, nonce): (Address, Number)| by_sender(node, from, nonce.0),
    );
    api.method("eth_getTransactionReceipt", |node, (hash,): (B256,)| {
        let receipt = |block: &Block, index, _| ReceiptJson::of(block).into_iter().nth(index);
        Ok(of_transaction(node, hash, receipt)?.flatten())
    });
    api.method("eth_getRawTransactionByHash", |node, (hash,): (B256,)| {
        Ok(raw(node, hash)?.unwrap_or_default())
    });
    api.method(
        "eth_getTransactionByBlockNumberAndIndex",
        |node, (number, index): (BlockNumber, u64)| {
            let whole = |block: &Block, id| TransactionJson::new(block, place(index), id);
            Ok(of_block(node, number.0, whole)?.flatten())
        },
    );
    api.method(
        "eth_getTransactionByBlockHashAndIndex",
        |node, (hash, index): (B256, u64)| {
            let whole = |block: &Block, id| TransactionJson::new(block, place(index), id);
            Ok(of_block(node, hash, whole)?.flatten())
        },
    );
    api.method(
        "eth_getRawTransactionByBlockNumberAndIndex",
        |node, (number, index): (BlockNumber, u64)| {
            let raw = |block: &Block, _| block.transactions.get(place(index)).cloned();
            Ok(of_block(node, number.0, raw)?.flatten().unwrap_or_default())
        },
    );
    api.method(
        "eth_getRawTransactionByBlockHashAndIndex",
        |node, (hash, index): (B256, u64)| {
            let raw = |block: &Block, _| block.transactions.get(place(index)).cloned();
            Ok(of_block(node, hash, raw)?.flatten().unwrap_or_default())
        },
    );
}

/// A transaction in a block, or one that waits for its block.
pub(in crate::api) fn transaction(node: &Node, hash: B256) -> Result<Option<Value>, Error> {
    let found = of_transaction(node, hash, TransactionJson::new)?.flatten();
    let found = found.map(|transaction| json!(transaction));
    let chain_id = node.chain(|chain| chain.config().chain_id);
    let waits = || Some(convert::waiting(&node.waiting(hash)?, chain_id));
    Ok(found.or_else(waits))
}

/// Blocks that are looked through before others have their turn.
const AT_ONCE: u64 = 1_000;

/// The transaction that a sender gave this number, in a block or waiting for one. Of several in blocks, which takes a nonce set
/// back by hand, it is the last.
fn by_sender(node: &Node, from: Address, nonce: u64) -> Result<Option<Value>, Error> {
    let mut end = node.chain(|chain| chain.block_number()) + 1;
    while end > 0 {
        let blocks = end.saturating_sub(AT_ONCE)..end;
        end = blocks.start;
        if let Some(found) = node.chain(|chain| sent_in(chain, blocks, from, nonce))? {
            return Ok(Some(json!(found)));
        }
    }
    let mut pool = node.pool()?.into_iter();
    let waits = pool.find(|(one, _)| one.from() == from && one.nonce() == nonce);
    let chain_id = node.chain(|chain| chain.config().chain_id);
    Ok(waits.map(|(waiting, _)| convert::waiting(&waiting, chain_id)))
}

/// The last transaction in these blocks that a sender gave this number.
fn sent_in(
    chain: &Chain,
    blocks: Range<u64>,
    from: Address,
    nonce: u64,
) -> Result<Option<TransactionJson>, StoreError> {
    let chain_id = chain.config().chain_id;
    for number in blocks.rev() {
        let Some(block) = chain.store().block(number)? else {
            continue;
        };
        let sent = block.receipts.iter().filter(|one| one.from == from);
        let mut sent = sent.filter_map(|receipt| {
            TransactionJson::new(&block, place(receipt.transaction_index), chain_id)
        });
        if let Some(found) = sent.find(|transaction| transaction.nonce() == nonce) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The bytes of a transaction in a block.
pub(in crate::api) fn raw(node: &Node, hash: B256) -> Result<Option<Bytes>, Error> {
    let found = of_transaction(node, hash, |block, index, _| {
        block.transactions.get(index).cloned()
    });
    Ok(found?.flatten())
}

/// What a reader makes of the block that holds a transaction, of its index there, and of the chain's id.
pub(in crate::api) fn of_transaction<T>(
    node: &Node,
    hash: B256,
    reader: impl FnOnce(&Block, usize, u64) -> T,
) -> Result<Option<T>, Error> {
    node.chain(|chain| {
        let Some(At { block, index }) = chain.store().transaction(hash)? else {
            return Ok(None);
        };
        let block = chain.store().block(block)?;
        Ok(block.map(|block| reader(&block, index, chain.config().chain_id)))
    })
}

/// A place that no block has if it is more than can be counted here.
fn place(index: u64) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

//! Transactions and receipts.

use super::of_block;
use crate::api::Api;
use crate::api::json::Number;
use crate::convert::{self, BlockNumber, ReceiptJson, TransactionJson};
use crate::node::Node;
use alloy_primitives::{Address, B256, Bytes};
use serde_json::{Value, json};
use stylus_chain::chain::Block;

pub(super) fn register(api: &mut Api) {
    api.method("eth_getTransactionByHash", |node, (hash,): (B256,)| {
        Ok(transaction(node, hash))
    });
    api.method(
        "eth_getTransactionBySenderAndNonce",
        |node, (from, nonce): (Address, Number)| Ok(by_sender(node, from, nonce.0)),
    );
    api.method("eth_getTransactionReceipt", |node, (hash,): (B256,)| {
        let receipt = |block: &Block, index, _| ReceiptJson::of(block).into_iter().nth(index);
        Ok(of_transaction(node, hash, receipt).flatten())
    });
    api.method("eth_getRawTransactionByHash", |node, (hash,): (B256,)| {
        Ok(raw(node, hash).unwrap_or_default())
    });
    api.method(
        "eth_getTransactionByBlockNumberAndIndex",
        |node, (number, index): (BlockNumber, u64)| {
            let whole = |block: &Block, id| TransactionJson::new(block, place(index), id);
            Ok(of_block(node, number.0, whole).flatten())
        },
    );
    api.method(
        "eth_getTransactionByBlockHashAndIndex",
        |node, (hash, index): (B256, u64)| {
            let whole = |block: &Block, id| TransactionJson::new(block, place(index), id);
            Ok(of_block(node, hash, whole).flatten())
        },
    );
    api.method(
        "eth_getRawTransactionByBlockNumberAndIndex",
        |node, (number, index): (BlockNumber, u64)| {
            let raw = |block: &Block, _| block.transactions.get(place(index)).cloned();
            Ok(of_block(node, number.0, raw).flatten().unwrap_or_default())
        },
    );
    api.method(
        "eth_getRawTransactionByBlockHashAndIndex",
        |node, (hash, index): (B256, u64)| {
            let raw = |block: &Block, _| block.transactions.get(place(index)).cloned();
            Ok(of_block(node, hash, raw).flatten().unwrap_or_default())
        },
    );
}

/// A transaction in a block, or one that waits for its block.
pub(in crate::api) fn transaction(node: &Node, hash: B256) -> Option<Value> {
    let found = of_transaction(node, hash, TransactionJson::new).flatten();
    let found = found.map(|transaction| json!(transaction));
    let chain_id = node.chain(|chain| chain.config().chain_id);
    let waits = || Some(convert::waiting(&node.waiting(hash)?, chain_id));
    found.or_else(waits)
}

/// The transaction that a sender gave this number, in a block or waiting for one. Of several in blocks, which takes a nonce set
/// back by hand, it is the last.
fn by_sender(node: &Node, from: Address, nonce: u64) -> Option<Value> {
    let found = node.chain(|chain| {
        let chain_id = chain.config().chain_id;
        let blocks = chain.blocks().iter().rev();
        let places = blocks.flat_map(|block| block.receipts.iter().map(move |one| (block, one)));
        let sent = places.filter(|(_, receipt)| receipt.from == from);
        sent.filter_map(|(block, receipt)| {
            TransactionJson::new(block, place(receipt.transaction_index), chain_id)
        })
        .find(|transaction| transaction.nonce() == nonce)
    });
    let waits = || {
        let mut pool = node.pool().into_iter();
        let (waiting, _) = pool.find(|(one, _)| one.from() == from && one.nonce() == nonce)?;
        let chain_id = node.chain(|chain| chain.config().chain_id);
        Some(convert::waiting(&waiting, chain_id))
    };
    found.map(|transaction| json!(transaction)).or_else(waits)
}

/// The bytes of a transaction in a block.
pub(in crate::api) fn raw(node: &Node, hash: B256) -> Option<Bytes> {
    of_transaction(node, hash, |block, index, _| {
        block.transactions.get(index).cloned()
    })
    .flatten()
}

fn of_transaction<T>(
    node: &Node,
    hash: B256,
    reader: impl FnOnce(&Block, usize, u64) -> T,
) -> Option<T> {
    node.chain(|chain| {
        let (block, index) = chain.transaction(hash)?;
        Some(reader(block, index, chain.config().chain_id))
    })
}

/// A place that no block has if it is more than can be counted here.
fn place(index: u64) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

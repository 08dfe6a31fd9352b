//! Blocks.

use super::of_block;
use crate::api::Api;
use crate::convert::{
    BlockJson, BlockNumber, BlockRef, HeaderJson, LogFilter, ReceiptJson, pending,
};
use alloy_eips::BlockNumberOrTag;
use alloy_primitives::{B256, U64};
use serde_json::Value;

pub(super) fn register(api: &mut Api) {
    api.method(
        "eth_getBlockByNumber",
        |node, (number, whole): (BlockNumber, bool)| {
            let block = of_block(node, number.0, |block, id| BlockJson::new(block, whole, id))?;
            Ok(match number.0 {
                BlockNumberOrTag::Pending => block.map(pending),
                _ => block,
            })
        },
    );
    api.method("eth_getBlockByHash", |node, (hash, whole): (B256, bool)| {
        of_block(node, hash, |block, id| BlockJson::new(block, whole, id))
    });
    api.method(
        "eth_getHeaderByNumber",
        |node, (number,): (BlockNumber,)| {
            of_block(node, number.0, |block, _| HeaderJson::from(block))
        },
    );
    api.method("eth_getHeaderByHash", |node, (hash,): (B256,)| {
        of_block(node, hash, |block, _| HeaderJson::from(block))
    });
    api.method("eth_getBlockReceipts", |node, (block,): (BlockRef,)| {
        of_block(node, block.0, |block, _| ReceiptJson::of(block))
    });
    api.method("eth_getLogs", |node, (filter,): (LogFilter,)| {
        node.chain(|chain| filter.logs(chain))
    });
    counts(api);
}

/// How much of what is in a block.
fn counts(api: &mut Api) {
    api.method(
        "eth_getBlockTransactionCountByNumber",
        |node, (number,): (BlockNumber,)| {
            of_block(node, number.0, |block, _| {
                U64::from(block.transactions.len())
            })
        },
    );
    api.method(
        "eth_getBlockTransactionCountByHash",
        |node, (hash,): (B256,)| {
            of_block(node, hash, |block, _| U64::from(block.transactions.len()))
        },
    );
    // no block of Arbitrum has uncles
    api.method(
        "eth_getUncleCountByBlockNumber",
        |node, (number,): (BlockNumber,)| of_block(node, number.0, |_, _| U64::ZERO),
    );
    api.method("eth_getUncleCountByBlockHash", |node, (hash,): (B256,)| {
        of_block(node, hash, |_, _| U64::ZERO)
    });
    api.method(
        "eth_getUncleByBlockNumberAndIndex",
        |_, (_, _): (BlockNumber, u64)| Ok(Value::Null),
    );
    api.method(
        "eth_getUncleByBlockHashAndIndex",
        |_, (_, _): (B256, u64)| Ok(Value::Null),
    );
}

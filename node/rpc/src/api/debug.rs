//! `debug_`: blocks, receipts and transactions as they are hashed.

use super::Api;
use super::eth::{of_block, raw_transaction};
use crate::convert::{BlockRef, raw_block, raw_header, raw_receipts};
use crate::error::Error;
use alloy_primitives::B256;

/// Registers them.
pub(super) fn register(api: &mut Api) {
    let no_block = || Error::refused("block not found");
    api.method("debug_getRawBlock", move |node, (block,): (BlockRef,)| {
        of_block(node, block.0, |block, _| raw_block(block)).ok_or_else(no_block)
    });
    api.method("debug_getRawHeader", move |node, (block,): (BlockRef,)| {
        of_block(node, block.0, |block, _| raw_header(block)).ok_or_else(no_block)
    });
    api.method(
        "debug_getRawReceipts",
        move |node, (block,): (BlockRef,)| {
            of_block(node, block.0, |block, _| raw_receipts(block)).ok_or_else(no_block)
        },
    );
    api.method("debug_getRawTransaction", |node, (hash,): (B256,)| {
        Ok(raw_transaction(node, hash).unwrap_or_default())
    });
    // a chain of one's own has none
    api.method("debug_getBadBlocks", |_, (): ()| Ok([(); 0]));
}

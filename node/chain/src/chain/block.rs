//! Blocks.

use super::{Config, Receipt, stored};
use alloy_primitives::{B256, Bytes, keccak256};
use alloy_rlp::RlpEncodable;

/// A block of the chain, with what became of the transactions in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its number; genesis is 0.
    pub number: u64,
    /// A hash of its contents and of the block before. It is not that of an Ethereum header.
    pub hash: B256,
    /// The hash of the block before; genesis names the settings of the chain here.
    pub parent_hash: B256,
    /// Its time in seconds since 1970.
    pub timestamp: u64,
    /// The block of the parent chain that contracts see as the block number.
    pub l1_block: u64,
    /// The transactions in it, in order.
    pub receipts: Vec<Receipt>,
}

impl Block {
    /// The block before all.
    pub(super) fn genesis(config: &Config) -> Self {
        let settings = keccak256(stored::config_bytes(config));
        Self::sealed(0, settings, config.timestamp, config.l1_block, Vec::new())
    }

    /// A block with its hash.
    pub(super) fn sealed(
        number: u64,
        parent_hash: B256,
        timestamp: u64,
        l1_block: u64,
        receipts: Vec<Receipt>,
    ) -> Self {
        let receipt_bytes = receipts.iter().map(stored::receipt_bytes).collect();
        let hash = keccak256(alloy_rlp::encode(Hashed {
            parent_hash,
            number,
            timestamp,
            l1_block,
            receipts: receipt_bytes,
        }));
        Self {
            number,
            hash,
            parent_hash,
            timestamp,
            l1_block,
            receipts,
        }
    }

    /// Gas that its transactions paid for.
    #[must_use]
    pub fn gas_used(&self) -> u64 {
        self.receipts.iter().map(|receipt| receipt.gas_used).sum()
    }
}

#[derive(RlpEncodable)]
struct Hashed {
    parent_hash: B256,
    number: u64,
    timestamp: u64,
    l1_block: u64,
    receipts: Vec<Bytes>,
}

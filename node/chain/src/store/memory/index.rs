//! Where blocks and transactions are, by hash.

use crate::block::Block;
use crate::store::At;
use alloy_primitives::B256;
use alloy_primitives::map::B256Map;

/// Where blocks and transactions are, by hash. It follows the blocks as they come, and as they go in the opposite order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    blocks: B256Map<u64>,
    transactions: B256Map<At>,
    /// Earlier transactions with the hash of a later one, in the order in which they were hidden by it. That takes a nonce set
    /// back by hand.
    hidden: Vec<(B256, At)>,
}

impl Index {
    /// Of all blocks, genesis first.
    pub(super) fn of<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Self {
        let mut index = Self::default();
        blocks.into_iter().for_each(|block| index.add(block));
        index
    }

    /// Adds the next block.
    pub(super) fn add(&mut self, block: &Block) {
        self.blocks.insert(block.hash, block.number);
        for (index, hash) in block.hashes().enumerate() {
            let block = block.number;
            if let Some(earlier) = self.transactions.insert(hash, At { block, index }) {
                self.hidden.push((hash, earlier));
            }
        }
    }

    /// Takes out the last block.
    pub(super) fn remove(&mut self, block: &Block) {
        self.blocks.remove(&block.hash);
        let hashes: Vec<_> = block.hashes().collect();
        for hash in hashes.into_iter().rev() {
            match self.hidden.pop_if(|(hidden, _)| *hidden == hash) {
                Some((_, earlier)) => self.transactions.insert(hash, earlier),
                None => self.transactions.remove(&hash),
            };
        }
    }

    /// The number of the block with this hash.
    pub(super) fn block(&self, hash: B256) -> Option<u64> {
        self.blocks.get(&hash).copied()
    }

    /// Where the transaction with this hash is.
    pub(super) fn transaction(&self, hash: B256) -> Option<At> {
        self.transactions.get(&hash).copied()
    }
}

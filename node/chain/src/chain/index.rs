//! Where blocks and transactions are, by hash.

use super::{Block, Chain, Receipt};
use crate::store::Store;
use alloy_primitives::map::B256Map;
use alloy_primitives::{B256, keccak256};

/// Where a transaction is: the number of its block, and its index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    block: u64,
    index: usize,
}

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
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut index = Self::default();
        blocks.iter().for_each(|block| index.add(block));
        index
    }

    /// Adds the next block.
    pub(super) fn add(&mut self, block: &Block) {
        self.blocks.insert(block.hash, block.number);
        for (index, hash) in hashes(block).enumerate() {
            let block = block.number;
            if let Some(earlier) = self.transactions.insert(hash, At { block, index }) {
                self.hidden.push((hash, earlier));
            }
        }
    }

    /// Takes out the last block.
    pub(super) fn remove(&mut self, block: &Block) {
        self.blocks.remove(&block.hash);
        let hashes: Vec<_> = hashes(block).collect();
        for hash in hashes.into_iter().rev() {
            match self.hidden.pop_if(|(hidden, _)| *hidden == hash) {
                Some((_, earlier)) => self.transactions.insert(hash, earlier),
                None => self.transactions.remove(&hash),
            };
        }
    }
}

/// The hashes of a block's transactions, ArbOS's own first.
fn hashes(block: &Block) -> impl Iterator<Item = B256> + '_ {
    let receipts = block.receipts.iter();
    let own = block.transactions.first().map(keccak256);
    own.into_iter()
        .chain(receipts.map(|receipt| receipt.transaction_hash))
}

impl<S: Store> Chain<S> {
    /// The block with this hash.
    #[must_use]
    pub fn block_by_hash(&self, hash: B256) -> Option<&Block> {
        self.block(*self.index.blocks.get(&hash)?)
    }

    /// The block that holds the transaction with this hash, and the transaction's index in it: 0 is ArbOS's own. Of several
    /// with one hash it is the last.
    #[must_use]
    pub fn transaction(&self, hash: B256) -> Option<(&Block, usize)> {
        let At { block, index } = *self.index.transactions.get(&hash)?;
        Some((self.block(block)?, index))
    }

    /// What became of the transaction with this hash; none for ArbOS's own.
    #[must_use]
    pub fn receipt(&self, transaction_hash: B256) -> Option<&Receipt> {
        let (block, index) = self.transaction(transaction_hash)?;
        block.receipts.get(index.checked_sub(1)?)
    }

    /// Drops the blocks from this number on. Returns them, the first one first.
    pub(super) fn drop_blocks(&mut self, from: usize) -> Vec<Block> {
        let dropped = self.blocks.split_off(from);
        for block in dropped.iter().rev() {
            self.index.remove(block);
        }
        dropped
    }
}

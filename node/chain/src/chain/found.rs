//! Finding blocks and transactions.

use super::{Block, Chain, Receipt};
use crate::store::At;
use alloy_primitives::B256;
use std::sync::Arc;

/// Over a store in memory, which cannot fail.
impl Chain {
    /// All blocks, genesis first.
    #[must_use]
    pub fn blocks(&self) -> Vec<Arc<Block>> {
        self.store.blocks()
    }

    /// The block with this number.
    #[must_use]
    pub fn block(&self, number: u64) -> Option<Arc<Block>> {
        self.store.block(number)
    }

    /// The block with this hash.
    #[must_use]
    pub fn block_by_hash(&self, hash: B256) -> Option<Arc<Block>> {
        self.block(self.store.block_number(hash)?)
    }

    /// The block that holds the transaction with this hash, and the transaction's index in it: 0 is ArbOS's own. Of several
    /// with one hash it is the last.
    #[must_use]
    pub fn transaction(&self, hash: B256) -> Option<(Arc<Block>, usize)> {
        let At { block, index } = self.store.transaction(hash)?;
        Some((self.block(block)?, index))
    }

    /// What became of the transaction with this hash; none for ArbOS's own.
    #[must_use]
    pub fn receipt(&self, transaction_hash: B256) -> Option<Receipt> {
        let (block, index) = self.transaction(transaction_hash)?;
        block.receipts.get(index.checked_sub(1)?).cloned()
    }

    /// What became of all transactions, oldest first.
    pub fn receipts(&self) -> impl Iterator<Item = Receipt> {
        let blocks = self.blocks().into_iter();
        blocks.flat_map(|block| block.receipts.clone())
    }
}

//! Proofs of what accounts and slots hold (EIP-1186).

use super::Chain;
use crate::store::{Store, StoreError};
use crate::trie::AccountProof;
use alloy_primitives::{Address, U256};

impl<S: Store> Chain<S> {
    /// An account and some of its slots as a block left them, with the proof against that block's state root. It costs what
    /// the blocks since then have changed.
    ///
    /// # Errors
    /// A [`StoreError`] that names the block if it is not there or what followed it is not kept.
    pub fn proof(
        &self,
        account: Address,
        slots: &[U256],
        block: u64,
    ) -> Result<AccountProof, StoreError> {
        let trie = self.trie_at(block)?;
        Ok(trie.proof(account, slots))
    }
}

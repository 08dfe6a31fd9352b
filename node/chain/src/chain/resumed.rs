//! Going on with what a store holds, and with another chain.

use super::Chain;
use super::roots::Roots;
use super::time::Next;
use crate::store::{Store, StoreError};
use alloy_primitives::B256;

/// Why a chain cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResumeError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store has no block: nothing was ever kept there.
    #[error("there is no chain to go on with")]
    Nothing,
    /// The state is not what the last block left.
    #[error("the state is damaged: its root is {got}, block {block} left one with root {expected}")]
    Damaged {
        /// The number of the last block.
        block: u64,
        /// The root of the state.
        got: B256,
        /// What the block's header says.
        expected: B256,
    },
}

impl<S: Store> Chain<S> {
    /// The chain that a store holds, which goes on where it was. Snapshots are not kept, nor is who was named as the maker of
    /// blocks. It costs what the state holds.
    ///
    /// # Errors
    /// A [`ResumeError`] if the store fails, has no chain, or has a state that its last block did not leave.
    pub fn resume(store: S) -> Result<Self, ResumeError> {
        let config = store.config()?.ok_or(ResumeError::Nothing)?;
        let number = store.last_block()?.ok_or(ResumeError::Nothing)?;
        let last = store.block(number)?.ok_or(ResumeError::Nothing)?;
        let roots = Roots::walked(&store)?;
        let (got, expected) = (roots.sealed_root(), last.header.state_root);
        // of a chain that was brought as bytes, what was set by hand is a part of the last block
        let is_brought = number > 0 && store.at(number - 1).is_err();
        if got != expected && !is_brought {
            let block = number;
            return Err(ResumeError::Damaged {
                block,
                got,
                expected,
            });
        }
        let next = Next::after(&last, &config);
        let mut chain = Self::from_parts(config, store, last, roots);
        chain.next = next;
        Ok(chain)
    }

    /// Goes on with another chain in place of this one, without its snapshots.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then it is as before.
    pub fn replace_with(&mut self, other: Chain) -> Result<(), StoreError> {
        let Chain {
            config,
            store,
            last,
            roots,
            next,
            beneficiary,
            modules,
            ..
        } = other;
        self.store.restart(store, &config)?;
        self.config = config;
        self.last = last;
        self.roots = roots;
        self.next = next;
        self.snapshots.clear();
        self.next_snapshot = 0;
        self.beneficiary = beneficiary;
        self.modules = modules;
        Ok(())
    }
}

impl Chain {
    /// This chain over another store, which holds it in place of what it held. Snapshots are not kept.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn moved_to<S: Store>(self, mut store: S) -> Result<Chain<S>, StoreError> {
        store.restart(self.store, &self.config)?;
        Ok(Chain {
            config: self.config,
            store,
            last: self.last,
            roots: self.roots,
            next: self.next,
            snapshots: Vec::new(),
            next_snapshot: 0,
            beneficiary: self.beneficiary,
            modules: self.modules,
        })
    }
}

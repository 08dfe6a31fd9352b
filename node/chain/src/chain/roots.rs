//! The state as a trie, which follows what is committed to the store.

use super::Chain;
use crate::store::{Changes, Store, StoreError, Writes};
use crate::trie::{StateTrie, TrieChange};
use alloy_primitives::B256;

/// The trie of the state as it is now, and as the last block left it. A copy costs nothing until one of the two goes on.
#[derive(Clone, Debug, Default)]
pub(super) struct Roots {
    now: StateTrie,
    sealed: StateTrie,
}

impl Roots {
    /// What a chain begins with.
    pub(super) fn of(genesis: &Writes) -> Self {
        let mut roots = Self::default();
        roots.apply(genesis);
        roots.seal();
        roots
    }

    /// What a store holds.
    pub(super) fn walked(store: &impl Store) -> Result<Self, StoreError> {
        let mut now = StateTrie::default();
        store.walk(&mut |whole| {
            let change = TrieChange {
                account: Some(whole.account),
                cleared: false,
                storage: whole.slots,
            };
            now.change(whole.address, change);
        })?;
        let sealed = now.clone();
        let mut roots = Self { now, sealed };
        roots.sealed = roots.before([store.pending()?].into_iter());
        Ok(roots)
    }

    /// What a block left, with nothing set by hand since.
    pub(super) fn at(left: StateTrie) -> Self {
        Self {
            now: left.clone(),
            sealed: left,
        }
    }

    /// Follows what is written. No hash is computed before [`root`](Self::root) is asked for.
    pub(super) fn apply(&mut self, writes: &Writes) {
        follow(&mut self.now, writes);
    }

    /// The state root as the last block left it.
    pub(super) fn sealed_root(&self) -> B256 {
        self.sealed.root()
    }

    /// The state root as it is now.
    pub(super) fn root(&self) -> B256 {
        self.now.root()
    }

    /// The root as it is now, to be followed from there.
    pub(super) fn state_root(&self) -> StateRoot {
        StateRoot(self.now.clone())
    }

    /// Remembers the state as it is now as what the last block left.
    pub(super) fn seal(&mut self) {
        self.sealed = self.now.clone();
    }

    /// The trie as a block left it, from what the later blocks changed, the last of them first.
    pub(super) fn before(&self, later: impl Iterator<Item = Changes>) -> StateTrie {
        let mut trie = self.sealed.clone();
        for changes in later {
            for (address, changed) in changes.0 {
                let slots = changed.slots.into_iter();
                let change = TrieChange {
                    account: Some(changed.account.before),
                    cleared: false,
                    storage: slots.map(|(slot, value)| (slot, value.before)).collect(),
                };
                trie.change(address, change);
            }
        }
        trie
    }
}

/// Lets a trie follow what is written.
fn follow(trie: &mut StateTrie, writes: &Writes) {
    for (&address, written) in &writes.accounts {
        let slots = written.slots.iter();
        let change = TrieChange {
            account: written.account,
            cleared: written.wiped,
            storage: slots.map(|(&slot, &value)| (slot, value)).collect(),
        };
        trie.change(address, change);
    }
}

/// The root of a state that is only supposed: it follows what is written over a state of the chain, and the chain does not
/// follow it.
#[derive(Clone, Debug)]
pub struct StateRoot(StateTrie);

impl StateRoot {
    /// Follows what is written.
    pub fn apply(&mut self, writes: &Writes) {
        follow(&mut self.0, writes);
    }

    /// The root as it is now.
    #[must_use]
    pub fn root(&self) -> B256 {
        self.0.root()
    }
}

impl<S: Store> Chain<S> {
    /// The root of the state as it is now, with all that was set by hand, to be followed from there.
    #[must_use]
    pub fn state_root(&self) -> StateRoot {
        self.roots.state_root()
    }

    /// The root of the state that a block left, to be followed from there. It costs what the blocks since then have changed.
    ///
    /// # Errors
    /// A [`StoreError`] that names the block if it is not there or what followed it is not kept.
    pub fn state_root_at(&self, block: u64) -> Result<StateRoot, StoreError> {
        self.trie_at(block).map(StateRoot)
    }

    /// The trie of the state that a block left.
    pub(super) fn trie_at(&self, block: u64) -> Result<StateTrie, StoreError> {
        let last = self.block_number();
        if block > last {
            return Err(StoreError::NoBlock { block, last });
        }
        let later = (block + 1..=last).rev();
        let later = later
            .map(|number| self.store.changes(number))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.roots.before(later.into_iter()))
    }
}

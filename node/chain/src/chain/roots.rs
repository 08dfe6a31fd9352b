//! The state as a trie, which follows what is committed to the store.

use crate::store::{Changes, Writes};
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

    /// Follows what is written. No hash is computed before [`root`](Self::root) is asked for.
    pub(super) fn apply(&mut self, writes: &Writes) {
        for (&address, written) in &writes.accounts {
            let slots = written.slots.iter();
            let change = TrieChange {
                account: written.account,
                cleared: written.wiped,
                storage: slots.map(|(&slot, &value)| (slot, value)).collect(),
            };
            self.now.change(address, change);
        }
    }

    /// The state root as it is now.
    pub(super) fn root(&self) -> B256 {
        self.now.root()
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

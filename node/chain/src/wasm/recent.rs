//! Programs that ran in the block, which from ArbOS 60 count as cached (geth `core/state/statedb_arbitrum.go`).

use alloy_primitives::B256;
use std::collections::VecDeque;

/// Code hashes in the order of their last use, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecentPrograms(VecDeque<B256>);

impl RecentPrograms {
    /// Notes a use, and returns whether the program was there already. Nothing is kept beyond `capacity`.
    pub fn touch(&mut self, code_hash: B256, capacity: usize) -> bool {
        let at = self.0.iter().position(|hash| *hash == code_hash);
        if let Some(at) = at {
            self.0.remove(at);
        }
        self.0.push_front(code_hash);
        self.0.truncate(capacity);
        at.is_some()
    }

    /// Forgets all: a block begins.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

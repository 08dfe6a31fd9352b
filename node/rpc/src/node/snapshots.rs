//! Going back to what was.

use super::clock::Clock;
use super::pool::Pool;
use super::{Inner, Node};
use std::collections::BTreeMap;
use stylus_chain::chain::SnapshotId;

/// What a node remembers beside its chain.
#[derive(Clone, Debug)]
struct Beside {
    pool: Pool,
    clock: Clock,
}

/// What was remembered, by the chain's snapshot.
#[derive(Debug, Default)]
pub(super) struct Snapshots(BTreeMap<SnapshotId, Beside>);

impl Node {
    /// Remembers the chain, what waits for it, and what the clock is ahead. Returns a number for [`revert`](Self::revert), the
    /// first of which is 1.
    #[must_use]
    pub fn snapshot(&self) -> u64 {
        let mut inner = self.lock();
        let id = inner.chain.snapshot();
        let beside = Beside {
            pool: inner.pool.clone(),
            clock: inner.clock,
        };
        inner.snapshots.0.insert(id, beside);
        id.0 + 1
    }

    /// Goes back to a snapshot, which is used up with all that were made after it. Returns whether there is such a one.
    pub fn revert(&self, snapshot: u64) -> bool {
        let mut inner = self.lock();
        let Inner {
            chain,
            snapshots,
            filters,
            ..
        } = &mut *inner;
        let Some(id) = snapshot.checked_sub(1).map(SnapshotId) else {
            return false;
        };
        if !chain.revert_to(id) {
            return false;
        }
        filters.gone_back(chain.block_number());
        let mut dropped = snapshots.0.split_off(&id);
        if let Some(beside) = dropped.remove(&id) {
            inner.pool = beside.pool;
            inner.clock = beside.clock;
        }
        true
    }
}

//! Going back to what was.

use super::clock::Clock;
use super::pool::Pool;
use super::{Event, Inner, Node};
use alloy_primitives::B256;
use std::collections::BTreeMap;
use std::sync::Arc;
use stylus_chain::chain::{Block, SnapshotId};
use stylus_chain::store::StoreError;

/// What a node remembers beside its chain.
#[derive(Clone, Debug)]
struct Beside {
    pool: Pool,
    clock: Clock,
    /// The last block then.
    last: (u64, B256),
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
        let last = inner.chain.last();
        let beside = Beside {
            pool: inner.pool.clone(),
            clock: inner.clock,
            last: (last.number, last.hash),
        };
        inner.snapshots.0.insert(id, beside);
        id.0 + 1
    }

    /// Goes back to a snapshot, which is used up with all that were made after it. Returns whether there is such a one.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then all is as before.
    pub fn revert(&self, snapshot: u64) -> Result<bool, StoreError> {
        let mut inner = self.lock();
        let Some(id) = snapshot.checked_sub(1).map(SnapshotId) else {
            return Ok(false);
        };
        let Some(gone) = inner.chain.roll_back(id)? else {
            return Ok(false);
        };
        let mut dropped = inner.snapshots.0.split_off(&id);
        if let Some(beside) = dropped.remove(&id) {
            inner.pool = beside.pool;
            inner.clock = beside.clock;
        }
        inner.gone_back(gone);
        Ok(true)
    }

    /// Takes the last blocks back, with the snapshots that were made since. What waits goes on waiting if it can still run.
    ///
    /// # Errors
    /// [`TooDeep`] if there are not so many blocks that can be taken back.
    pub fn take_back(&self, blocks: u64) -> Result<(), TooDeep> {
        let mut inner = self.lock();
        let inner = &mut *inner;
        let last = inner.chain.block_number();
        let gone = inner.chain.take_back(blocks);
        let gone = gone.map_err(|_| TooDeep { last, blocks })?;
        let last = last - blocks;
        inner.snapshots.0.retain(|_, beside| beside.last.0 <= last);
        inner.gone_back(gone);
        Ok(())
    }

    /// All snapshots by their numbers, each with the number and the hash of the block that was the last one then.
    #[must_use]
    pub fn snapshots(&self) -> BTreeMap<u64, (u64, B256)> {
        let inner = self.lock();
        let all = inner.snapshots.0.iter();
        all.map(|(id, beside)| (id.0 + 1, beside.last)).collect()
    }
}

/// There are not so many blocks that can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Rollback depth must not exceed current chain height: current height {last}, depth {blocks}"
)]
pub struct TooDeep {
    /// The number of the last block.
    pub last: u64,
    /// How many were to be taken back.
    pub blocks: u64,
}

impl Inner {
    /// Blocks have been taken back.
    fn gone_back(&mut self, gone: Vec<Arc<Block>>) {
        if gone.is_empty() {
            return;
        }
        self.filters.gone_back(self.chain.block_number(), &gone);
        self.tell(|| Event::TakenBack(Arc::new(gone)));
    }
}

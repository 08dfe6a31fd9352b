//! Snapshots of a chain, to go back to.

use super::Chain;
use super::roots::Roots;
use super::time::Next;
use crate::store::{Revision, Store, StoreError};

/// Names a snapshot of one chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(pub u64);

/// What going back needs. Revisions and blocks are only ever added, so their numbers are enough.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    id: SnapshotId,
    revision: Revision,
    blocks: usize,
    roots: Roots,
    next: Next,
}

impl<S: Store> Chain<S> {
    /// Remembers the chain as it is now.
    pub fn snapshot(&mut self) -> SnapshotId {
        let id = SnapshotId(self.next_snapshot);
        self.next_snapshot += 1;
        self.snapshots.push(Snapshot {
            id,
            revision: self.store.revision(),
            blocks: self.blocks.len(),
            roots: self.roots.clone(),
            next: self.next,
        });
        id
    }

    /// Goes back to a snapshot, which is used up with all that were made after it. Returns whether there is such a one.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then the chain and its snapshots are as before.
    pub fn roll_back(&mut self, id: SnapshotId) -> Result<bool, StoreError> {
        let Some(at) = self.snapshot_at(id) else {
            return Ok(false);
        };
        self.store.roll_back(self.snapshots[at].revision)?;
        self.forget_after(at);
        Ok(true)
    }

    fn snapshot_at(&self, id: SnapshotId) -> Option<usize> {
        self.snapshots.iter().position(|snapshot| snapshot.id == id)
    }

    /// Drops the blocks after a snapshot, and it and all that were made after it.
    fn forget_after(&mut self, at: usize) {
        let snapshot = self.snapshots.drain(at..).next();
        if let Some(snapshot) = snapshot {
            self.drop_blocks(snapshot.blocks);
            self.roots = snapshot.roots;
            self.next = snapshot.next;
        }
    }
}

/// Over a store in memory, which cannot fail.
impl Chain {
    /// Goes back to a snapshot, which is used up with all that were made after it. Returns whether there is such a one.
    pub fn revert_to(&mut self, id: SnapshotId) -> bool {
        let Some(at) = self.snapshot_at(id) else {
            return false;
        };
        self.store.roll_back(self.snapshots[at].revision);
        self.forget_after(at);
        true
    }
}

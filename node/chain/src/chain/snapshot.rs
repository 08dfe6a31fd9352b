//! Snapshots of a chain, to go back to.

use super::Block;
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
    fn forget_after(&mut self, at: usize) -> Vec<Block> {
        let snapshot = self.snapshots.drain(at..).next();
        let Some(snapshot) = snapshot else {
            return Vec::new();
        };
        self.roots = snapshot.roots;
        self.next = snapshot.next;
        self.drop_blocks(snapshot.blocks)
    }
}

/// Over a store in memory, which cannot fail.
impl Chain {
    /// Goes back to a snapshot, which is used up with all that were made after it. Returns whether there is such a one.
    pub fn revert_to(&mut self, id: SnapshotId) -> bool {
        self.take_back_to(id).is_some()
    }

    /// As [`revert_to`](Self::revert_to). Returns the blocks that are gone by it, if there is such a snapshot.
    pub fn take_back_to(&mut self, id: SnapshotId) -> Option<Vec<Block>> {
        let at = self.snapshot_at(id)?;
        self.store.roll_back(self.snapshots[at].revision);
        Some(self.forget_after(at))
    }

    /// Takes the last blocks back, and what was set by hand since the block before them: the chain is as that block left it.
    /// Snapshots that were made since are gone. Returns the blocks.
    ///
    /// # Errors
    /// A [`StoreError`] if there are not so many blocks after genesis, or if what they changed is not kept; then the chain is as
    /// before.
    pub fn take_back(&mut self, blocks: u64) -> Result<Vec<Block>, StoreError> {
        let last = self.block_number();
        let Some(to) = last.checked_sub(blocks) else {
            let block = blocks;
            return Err(StoreError::NoBlock { block, last });
        };
        let revision = self.store.revision_after(to)?;
        let trie = self.trie_at(to)?;
        self.store.roll_back(revision);
        self.snapshots
            .retain(|snapshot| snapshot.revision <= revision);
        self.roots = Roots::at(trie);
        // they are counted from genesis, and fit where the blocks are
        let dropped = self.drop_blocks(usize::try_from(to + 1).unwrap_or(usize::MAX));
        let (_, time) = self.parent();
        self.next.timestamp = time.saturating_add(1);
        Ok(dropped)
    }
}

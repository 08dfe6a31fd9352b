//! Snapshots of a chain, to go back to.

use super::roots::Roots;
use super::time::Next;
use super::{Block, Chain};
use crate::store::{Revision, Store, StoreError};
use std::sync::Arc;

/// Names a snapshot of one chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(pub u64);

/// What going back needs. Revisions are only ever added, so their number is enough.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    id: SnapshotId,
    revision: Revision,
    last: Arc<Block>,
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
            last: Arc::clone(&self.last),
            roots: self.roots.clone(),
            next: self.next,
        });
        id
    }

    /// Goes back to a snapshot, which is used up with all that were made after it. Returns the blocks that are gone by it, the
    /// first one first, if there is such a snapshot.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then the chain and its snapshots are as before.
    pub fn roll_back(&mut self, id: SnapshotId) -> Result<Option<Vec<Arc<Block>>>, StoreError> {
        let Some(at) = self.snapshots.iter().position(|snapshot| snapshot.id == id) else {
            return Ok(None);
        };
        let gone = self.store.roll_back(self.snapshots[at].revision)?;
        if let Some(snapshot) = self.snapshots.drain(at..).next() {
            self.last = snapshot.last;
            self.roots = snapshot.roots;
            self.next = snapshot.next;
        }
        Ok(Some(gone))
    }

    /// Takes the last blocks back, and what was set by hand since the block before them: the chain is as that block left it.
    /// Snapshots that were made since are gone. Returns the blocks, the first one first.
    ///
    /// # Errors
    /// A [`StoreError`] if there are not so many blocks after genesis, if what they changed is not kept, or if the store fails;
    /// then the chain is as before.
    pub fn take_back(&mut self, blocks: u64) -> Result<Vec<Arc<Block>>, StoreError> {
        let last = self.block_number();
        let Some(to) = last.checked_sub(blocks) else {
            let block = blocks;
            return Err(StoreError::NoBlock { block, last });
        };
        let revision = self.store.revision_after(to)?;
        let left = self.kept_block(to)?;
        let trie = self.trie_at(to)?;
        let gone = self.store.roll_back(revision)?;
        self.snapshots
            .retain(|snapshot| snapshot.revision <= revision);
        self.next.timestamp = left.timestamp.saturating_add(1);
        self.last = left;
        self.roots = Roots::at(trie);
        Ok(gone)
    }
}

/// Over a store in memory, which cannot fail.
impl Chain {
    /// Goes back to a snapshot, which is used up with all that were made after it. Returns whether there is such a one.
    pub fn revert_to(&mut self, id: SnapshotId) -> bool {
        matches!(self.roll_back(id), Ok(Some(_)))
    }
}

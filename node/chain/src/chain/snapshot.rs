//! Snapshots of a chain, to go back to.

use super::Chain;
use super::time::Next;
use crate::context::State;
use std::sync::Arc;

/// Names a snapshot of one chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(pub u64);

/// What going back needs. Blocks are only ever added, so their number is enough.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    id: SnapshotId,
    state: State,
    blocks: usize,
    next: Next,
}

impl Chain {
    /// Remembers the chain as it is now.
    pub fn snapshot(&mut self) -> SnapshotId {
        let id = SnapshotId(self.next_snapshot);
        self.next_snapshot += 1;
        self.snapshots.push(Snapshot {
            id,
            state: self.state.clone(),
            blocks: self.blocks.len(),
            next: self.next,
        });
        id
    }

    /// Goes back to a snapshot, which is used up with all that were made after it. Answers whether there is such a one.
    pub fn revert_to(&mut self, id: SnapshotId) -> bool {
        let Some(at) = self.snapshots.iter().position(|snapshot| snapshot.id == id) else {
            return false;
        };
        let Some(snapshot) = self.snapshots.drain(at..).next() else {
            return false;
        };
        self.state = snapshot.state;
        self.blocks.truncate(snapshot.blocks);
        Arc::make_mut(&mut self.hashes).truncate(snapshot.blocks);
        self.next = snapshot.next;
        true
    }
}

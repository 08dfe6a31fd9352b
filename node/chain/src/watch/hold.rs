//! A watcher in its place: beside the execution that it is told of.

use super::Watcher;
use alloy_primitives::U256;

/// A watcher, with what it must be told that no single moment knows.
#[derive(Debug)]
pub(crate) struct Hold {
    pub(crate) watcher: Box<dyn Watcher>,
    /// Whether it wants to be told of steps.
    pub(crate) wants_steps: bool,
    /// Refunds of the frames around the one that runs, outermost first.
    pub(crate) refunds: Vec<i64>,
    /// Why the last step of the frame that runs failed, in go-ethereum's words.
    pub(crate) failed: Option<String>,
    /// Whether this transaction asked ArbOS for the number of the parent chain's block, and for which hashes of such blocks:
    /// Nitro asks once.
    pub(crate) knows_number: bool,
    pub(crate) knows_hashes: Vec<U256>,
}

impl Hold {
    pub(crate) fn new(watcher: Box<dyn Watcher>) -> Self {
        Self {
            wants_steps: watcher.wants_steps(),
            watcher,
            refunds: Vec::new(),
            failed: None,
            knows_number: false,
            knows_hashes: Vec::new(),
        }
    }

    /// Whether the execution is to go no further.
    pub(crate) fn has_enough(&mut self) -> bool {
        self.watcher.has_enough()
    }

    pub(crate) fn into_watcher(self) -> Box<dyn Watcher> {
        self.watcher
    }
}

//! How much a trace may hold.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that all traces of one answer may hold, as far as they are counted.
pub const MOST: usize = 128 * 1024 * 1024;

/// What an answer may still hold. A trace that would go beyond it stops growing, and its answer is refused.
#[derive(Clone, Debug)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(bytes)))
    }

    /// Takes so many bytes, if they are left. Once they were not, nothing is.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let left = self.0.load(Ordering::Relaxed).checked_sub(bytes);
        self.0.store(left.unwrap_or(0), Ordering::Relaxed);
        left.is_some_and(|left| left > 0)
    }

    /// Whether a trace had to stop.
    pub(super) fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

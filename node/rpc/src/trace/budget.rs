//! How much a trace may hold, and how long it may take.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Bytes that all traces of one answer may hold, as far as they are counted: data twice, since it is written as hex.
pub const MOST: usize = 128 * 1024 * 1024;

/// How long an answer's traces may take unless more is asked for, and at most.
pub const USUAL_TIME: Duration = Duration::from_secs(5);
/// The longest that may be asked for.
pub const MOST_TIME: Duration = Duration::from_secs(60);

/// Steps from one look at the clock to the next.
const LOOKS: usize = 64;

/// What an answer may still hold, and until when. A trace that would go beyond it is stopped.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    left: Arc<AtomicUsize>,
    until: Instant,
    asked: usize,
    is_late: Arc<AtomicUsize>,
}

impl Budget {
    pub(super) fn new(bytes: usize, time: Duration) -> Self {
        Self {
            left: Arc::new(AtomicUsize::new(bytes)),
            until: Instant::now() + time,
            asked: 0,
            is_late: Arc::default(),
        }
    }

    /// Takes what so many bytes are written with, if that is left. Once it was not, nothing is.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let written = bytes.saturating_mul(2);
        let left = self.left.load(Ordering::Relaxed).checked_sub(written);
        self.left.store(left.unwrap_or(0), Ordering::Relaxed);
        left.is_some_and(|left| left > 0)
    }

    /// Whether there is no room left.
    pub(super) fn is_spent(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }

    /// Whether the time is over.
    pub(super) fn is_late(&self) -> bool {
        self.is_late.load(Ordering::Relaxed) > 0
    }

    /// Whether a trace must stop.
    pub(super) fn must_stop(&mut self) -> bool {
        if self.asked.is_multiple_of(LOOKS) && Instant::now() > self.until {
            self.is_late.store(1, Ordering::Relaxed);
        }
        self.asked = self.asked.wrapping_add(1);
        self.is_spent() || self.is_late()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_that_is_spent_stays_so() {
        let mut budget = Budget::new(20, MOST_TIME);
        assert!(budget.take(9) && !budget.must_stop());
        assert!(!budget.take(2), "two bytes of one that is left");
        assert!(!budget.clone().take(0), "a trace beside it, later");
        assert!(budget.must_stop());
    }

    #[test]
    fn time_ends_a_trace() {
        let mut budget = Budget::new(10, Duration::ZERO);
        std::thread::sleep(Duration::from_millis(1));
        assert!(budget.must_stop() && budget.is_late() && !budget.is_spent());
    }
}

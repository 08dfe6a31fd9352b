//! What time the next block has (docs/decisions/023): the machine's, and what was put on top by hand.

use std::time::{SystemTime, UNIX_EPOCH};

/// A clock that goes on by itself, unless it is off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clock {
    /// Whether it does.
    pub(super) is_on: bool,
    /// Seconds that it is before the machine's.
    ahead: i128,
    /// The time of the next block alone.
    fixed: Option<u64>,
    /// Seconds from each block to the next.
    pub(super) interval: Option<u64>,
}

impl Clock {
    pub(super) fn new(is_on: bool) -> Self {
        Self {
            is_on,
            ..Self::default()
        }
    }

    /// The time of the next block, `now` being the machine's and `last` the last block's; none leaves it to the chain.
    pub(super) fn next(&self, now: u64, last: u64) -> Option<u64> {
        if let Some(fixed) = self.fixed {
            return Some(fixed);
        }
        if let Some(interval) = self.interval {
            return Some(last.saturating_add(interval));
        }
        self.is_on.then(|| self.time(now).max(last))
    }

    /// The machine's time and what it is ahead.
    fn time(&self, now: u64) -> u64 {
        let time = i128::from(now).saturating_add(self.ahead);
        u64::try_from(time.max(0)).unwrap_or(u64::MAX)
    }

    /// Puts it forward. Returns by how much it is ahead then.
    pub(super) fn increase(&mut self, seconds: u64) -> i128 {
        self.ahead = self.ahead.saturating_add(seconds.into());
        self.fixed = self.fixed.map(|fixed| fixed.saturating_add(seconds));
        self.ahead
    }

    /// Sets it to a time, from which it goes on.
    pub(super) fn set(&mut self, now: u64, time: u64) -> i128 {
        self.ahead = i128::from(time) - i128::from(now);
        self.fixed = None;
        self.ahead
    }

    /// Fixes the time of the next block.
    pub(super) fn fix(&mut self, time: u64) {
        self.fixed = Some(time);
    }

    /// A block has been made: from a fixed time it goes on.
    pub(super) fn made(&mut self, now: u64) {
        if let Some(fixed) = self.fixed.take() {
            self.set(now, fixed);
        }
    }
}

/// The machine's time, in seconds since 1970.
pub(super) fn now() -> u64 {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH);
    passed.map_or(0, |passed| passed.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_with_the_machine_and_never_back() {
        let clock = Clock::new(true);
        assert_eq!(clock.next(100, 50), Some(100));
        assert_eq!(clock.next(100, 150), Some(150));
        assert_eq!(Clock::new(false).next(100, 50), None);
    }

    #[test]
    fn what_is_put_on_top_stays() {
        let mut clock = Clock::new(true);
        assert_eq!(clock.increase(30), 30);
        clock.made(100);
        assert_eq!(clock.next(110, 50), Some(140));
    }

    #[test]
    fn fixed_time_holds_for_one_block_and_goes_on_from_there() {
        let mut clock = Clock::new(true);
        clock.fix(1_000);
        assert_eq!(clock.next(100, 50), Some(1_000));
        clock.made(100);
        assert_eq!(clock.next(107, 1_000), Some(1_007));
    }

    #[test]
    fn interval_counts_from_the_last_block() {
        let mut clock = Clock::new(true);
        clock.interval = Some(12);
        assert_eq!(clock.next(100, 50), Some(62));
    }
}

//! The chain's clock. It moves by itself one second a block, and else only when told.

use super::{Chain, Config};

/// Seconds between blocks of the parent chain.
const L1_SECONDS: u64 = 12;

/// The time asked for lies before the last block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the next block cannot have time {got}, the last one has {last}")]
pub struct PastTime {
    /// The time asked for.
    pub got: u64,
    /// The time of the last block.
    pub last: u64,
}

impl Chain {
    /// The time that the next block will have, and that calls see, in seconds since 1970.
    #[must_use]
    pub const fn timestamp(&self) -> u64 {
        self.clock
    }

    /// Lets so many seconds go by before the next block.
    pub const fn increase_time(&mut self, seconds: u64) {
        self.clock = self.clock.saturating_add(seconds);
    }

    /// Sets the time that the next block will have; it may be that of the last block.
    ///
    /// # Errors
    /// [`PastTime`] if the last block is later.
    pub fn set_next_timestamp(&mut self, timestamp: u64) -> Result<(), PastTime> {
        let last = self.blocks.last().map_or(0, |block| block.timestamp);
        if timestamp < last {
            return Err(PastTime {
                got: timestamp,
                last,
            });
        }
        self.clock = timestamp;
        Ok(())
    }
}

/// The block of the parent chain at a time.
pub(super) const fn l1_block(config: &Config, timestamp: u64) -> u64 {
    let passed = timestamp.saturating_sub(config.timestamp) / L1_SECONDS;
    config.l1_block.saturating_add(passed)
}

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

    /// Sets the block of the parent chain that the next block follows, which contracts see as the block number. From there it
    /// grows with time as before.
    ///
    /// # Errors
    /// [`PastL1Block`] if the last block follows a later one, or if there can be none so early at this time.
    pub fn set_next_l1_block(&mut self, l1_block: u64) -> Result<(), PastL1Block> {
        let last = self.blocks.last().map_or(0, |block| block.l1_block);
        let passed = l1_blocks_passed(&self.config, self.clock);
        match l1_block.checked_sub(passed).filter(|_| l1_block >= last) {
            Some(at_genesis) => {
                self.config.l1_block = at_genesis;
                Ok(())
            }
            None => Err(PastL1Block {
                got: l1_block,
                last,
            }),
        }
    }

    /// Sets the wei for one gas in the blocks to come.
    pub const fn set_base_fee(&mut self, base_fee: u64) {
        self.config.base_fee = base_fee;
    }
}

/// The block of the parent chain asked for lies before that of the last block, or before there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the next block cannot follow block {got} of the parent chain, the last one followed {last}"
)]
pub struct PastL1Block {
    /// The block asked for.
    pub got: u64,
    /// What the last block followed.
    pub last: u64,
}

/// The block of the parent chain at a time.
pub(super) const fn l1_block(config: &Config, timestamp: u64) -> u64 {
    config
        .l1_block
        .saturating_add(l1_blocks_passed(config, timestamp))
}

const fn l1_blocks_passed(config: &Config, timestamp: u64) -> u64 {
    timestamp.saturating_sub(config.timestamp) / L1_SECONDS
}

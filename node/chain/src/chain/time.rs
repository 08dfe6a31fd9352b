//! What the next block will have: its time, which moves by itself one second a block and else only when told, the block of the
//! parent chain, and the price of gas.

use super::{Block, Chain, Config};
use crate::arbos::fields::{Field, l2, root};
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::store::{Store, StoreError};
use alloy_primitives::{Address, U256};

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

/// The block of the parent chain asked for lies before the last block's.
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

/// What the next block will have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Next {
    /// Seconds since 1970.
    pub(super) timestamp: u64,
    /// A block of the parent chain, and a time at which it was the last one.
    pub(super) l1_block: u64,
    pub(super) l1_timestamp: u64,
}

impl Next {
    /// What follows genesis.
    pub(super) const fn first(config: &Config) -> Self {
        Self {
            timestamp: config.timestamp.saturating_add(1),
            l1_block: config.l1_block,
            l1_timestamp: config.timestamp,
        }
    }

    /// What follows a block. Where nothing was set by hand, the parent chain goes on as it has since genesis.
    pub(super) fn after(block: &Block, config: &Config) -> Self {
        let since_genesis = Self {
            timestamp: block.timestamp,
            ..Self::first(config)
        };
        let since_block = Self {
            timestamp: block.timestamp,
            l1_block: block.l1_block,
            l1_timestamp: block.timestamp,
        };
        let base = match since_genesis.followed() == block.l1_block {
            true => since_genesis,
            false => since_block,
        };
        Self {
            timestamp: block.timestamp.saturating_add(1),
            ..base
        }
    }

    /// The block of the parent chain at that time.
    const fn followed(&self) -> u64 {
        let passed = self.timestamp.saturating_sub(self.l1_timestamp) / L1_SECONDS;
        self.l1_block.saturating_add(passed)
    }
}

impl<S: Store> Chain<S> {
    /// The time that the next block will have, and that calls see, in seconds since 1970.
    #[must_use]
    pub const fn timestamp(&self) -> u64 {
        self.next.timestamp
    }

    /// Lets so many seconds go by before the next block.
    pub const fn increase_time(&mut self, seconds: u64) {
        self.next.timestamp = self.next.timestamp.saturating_add(seconds);
    }

    /// Sets the time that the next block will have; it may be that of the last block.
    ///
    /// # Errors
    /// [`PastTime`] if the last block is later.
    pub fn set_next_timestamp(&mut self, timestamp: u64) -> Result<(), PastTime> {
        let last = self.last.timestamp;
        if timestamp < last {
            return Err(PastTime {
                got: timestamp,
                last,
            });
        }
        self.next.timestamp = timestamp;
        Ok(())
    }

    /// The block of the parent chain that the next block will follow, which contracts see as the block number. It grows by one
    /// every twelve seconds, and never goes back.
    #[must_use]
    pub fn l1_block(&self) -> u64 {
        self.next.followed().max(self.last.l1_block)
    }

    /// Sets the block of the parent chain that the next block will follow; from there it grows with time.
    ///
    /// # Errors
    /// [`PastL1Block`] if the last block follows a later one.
    pub fn set_next_l1_block(&mut self, l1_block: u64) -> Result<(), PastL1Block> {
        let last = self.last.l1_block;
        if l1_block < last {
            return Err(PastL1Block {
                got: l1_block,
                last,
            });
        }
        self.next.l1_block = l1_block;
        self.next.l1_timestamp = self.next.timestamp;
        Ok(())
    }
}

impl<S: Store> Chain<S> {
    /// Takes back, by hand, the upgrade of ArbOS that the owner scheduled. No chain here upgrades, and once the upgrade is due it
    /// makes no block either, not even one in which the owner would think better of it.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then it is as before.
    pub fn cancel_upgrade(&mut self) -> Result<(), StoreError> {
        self.edit(|state| {
            for field in [&root::UPGRADE_VERSION, &root::UPGRADE_TIME] {
                state.set_slot(ARBOS_ACCOUNT, **field, U256::ZERO);
            }
        })
    }
}

/// Over a store in memory, which cannot fail.
impl Chain {
    /// Wei for one gas in the next block; the most that 64 bits can say if it is more, and then nothing runs.
    #[must_use]
    pub fn base_fee(&self) -> u64 {
        self.figure(&l2::BASE_FEE).saturating_to()
    }
}

impl<S: Store> Chain<S> {
    /// Sets the wei for one gas in the next block; after it ArbOS goes on as it does.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then it is as before.
    pub fn set_next_base_fee(&mut self, base_fee: u64) -> Result<(), StoreError> {
        self.set_figures(&[&l2::BASE_FEE], base_fee)
    }

    /// Sets the wei for one gas in the next block, which is the least in all blocks to come.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then it is as before.
    pub fn set_base_fee(&mut self, base_fee: u64) -> Result<(), StoreError> {
        self.set_figures(&[&l2::MIN_BASE_FEE, &l2::BASE_FEE], base_fee)
    }

    /// Sets the gas that the transactions of a block may use from the next one on. Headers go on saying more, as Nitro's do.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then it is as before.
    pub fn set_block_gas_limit(&mut self, gas: u64) -> Result<(), StoreError> {
        self.set_figures(&[&l2::BLOCK_GAS_LIMIT], gas)
    }

    fn set_figures(&mut self, fields: &[&Field], figure: u64) -> Result<(), StoreError> {
        self.edit(|state| {
            for field in fields {
                state.set_slot(ARBOS_ACCOUNT, ***field, U256::from(figure));
            }
        })
    }

    /// Sets who is named as the maker of blocks from the next one on, instead of Arbitrum's sequencer. It gets nothing by it.
    /// Encoded chains do not keep it.
    pub const fn set_beneficiary(&mut self, beneficiary: Address) {
        self.beneficiary = beneficiary;
    }
}

//! Finding logs.

use super::{Block, Chain};
use crate::store::{Store, StoreError};
use alloy_primitives::{Address, B256, Bloom, BloomInput, Log};
use std::ops::RangeInclusive;

/// Which logs are wanted; the default is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// First block.
    pub from_block: Option<u64>,
    /// Last block.
    pub to_block: Option<u64>,
    /// Accounts that emitted them; none means any.
    pub addresses: Vec<Address>,
    /// What the topics must be, from the first on; nothing means any, and further topics are not looked at.
    pub topics: Vec<Option<B256>>,
}

/// A log with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainLog {
    /// The log itself.
    pub log: Log,
    /// Its block.
    pub block_number: u64,
    /// Its transaction.
    pub transaction_hash: B256,
    /// Its transaction's place in the block.
    pub transaction_index: u64,
    /// Its own place in the block.
    pub log_index: u64,
}

impl Filter {
    /// All logs of an account.
    #[must_use]
    pub fn of(address: Address) -> Self {
        Self::default().address(address)
    }

    /// Wants logs of this account too.
    #[must_use]
    pub fn address(mut self, address: Address) -> Self {
        self.addresses.push(address);
        self
    }

    /// Wants this as the next topic.
    #[must_use]
    pub fn topic(mut self, topic: B256) -> Self {
        self.topics.push(Some(topic));
        self
    }

    /// Wants logs of this block and later ones.
    #[must_use]
    pub const fn from_block(mut self, number: u64) -> Self {
        self.from_block = Some(number);
        self
    }

    /// Wants logs of this block and earlier ones.
    #[must_use]
    pub const fn to_block(mut self, number: u64) -> Self {
        self.to_block = Some(number);
        self
    }

    /// The blocks to look at, by number, up to this one.
    fn range(&self, last: u64) -> RangeInclusive<u64> {
        let end = self.to_block.map_or(last, |to| to.min(last));
        self.from_block.unwrap_or_default()..=end
    }

    /// What a block's bloom filter has if a log may be in it: one of these, if there are any, and all topics.
    fn blooms(&self) -> (Vec<Bloom>, Bloom) {
        let addresses = self
            .addresses
            .iter()
            .map(|address| bloom(address.as_slice()));
        let topics = self.topics.iter().flatten();
        let topics = topics.fold(Bloom::ZERO, |all, topic| all | bloom(topic.as_slice()));
        (addresses.collect(), topics)
    }

    fn holds(&self, log: &Log) -> bool {
        let topics = log.topics();
        let wanted = |(at, topic): (usize, &Option<B256>)| {
            topic.is_none_or(|topic| topics.get(at) == Some(&topic))
        };
        (self.addresses.is_empty() || self.addresses.contains(&log.address))
            && self.topics.len() <= topics.len()
            && self.topics.iter().enumerate().all(wanted)
    }
}

impl<S: Store> Chain<S> {
    /// The logs that a filter lets through, in the order in which they were emitted. Of the blocks in its range, only those are
    /// looked into whose bloom filter has what is wanted.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn find_logs(&self, filter: &Filter) -> Result<Vec<ChainLog>, StoreError> {
        let (addresses, topics) = filter.blooms();
        let may_hold = |bloom: Bloom| {
            let is_any = |address: &Bloom| bloom.contains(address);
            bloom.contains(&topics) && (addresses.is_empty() || addresses.iter().any(is_any))
        };
        let mut found = Vec::new();
        for number in filter.range(self.block_number()) {
            if self.store.bloom(number)?.is_some_and(may_hold)
                && let Some(block) = self.store.block(number)?
            {
                found.extend(of_block(&block).filter(|entry| filter.holds(&entry.log)));
            }
        }
        Ok(found)
    }
}

/// Over a store in memory, which cannot fail.
impl Chain {
    /// As [`find_logs`](Self::find_logs).
    #[must_use]
    pub fn logs(&self, filter: &Filter) -> Vec<ChainLog> {
        let found = self.find_logs(filter);
        found.unwrap_or_else(|failure| unreachable!("a store in memory: {failure}"))
    }
}

fn bloom(input: &[u8]) -> Bloom {
    BloomInput::Raw(input).into()
}

fn of_block(block: &Block) -> impl Iterator<Item = ChainLog> + '_ {
    block
        .receipts
        .iter()
        .flat_map(|receipt| receipt.logs.iter().map(move |log| (receipt, log)))
        .zip(0..)
        .map(|((receipt, log), log_index)| ChainLog {
            log: log.clone(),
            block_number: block.number,
            transaction_hash: receipt.transaction_hash,
            transaction_index: receipt.transaction_index,
            log_index,
        })
}

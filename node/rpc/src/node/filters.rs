//! What was asked to be watched, and what has happened since it was last looked at.

use super::Chain;
use crate::convert::{LogFilter, LogJson};
use alloy_primitives::{B128, B256};
use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stylus_chain::chain::Block;
use stylus_chain::store::{Store as _, StoreError};

/// Filters that there may be at a time.
const MOST: usize = 10_000;

/// Hashes of transactions that a filter keeps until it is asked, of more, the first are dropped; and logs that were taken back.
const MOST_KEPT: usize = 100_000;

/// What is watched.
#[derive(Clone, Debug, PartialEq)]
pub enum Watched {
    /// New blocks.
    Blocks,
    /// Transactions that are taken.
    Transactions,
    /// Logs.
    Logs(Box<LogFilter>),
}

/// What has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// Blocks were made.
    Blocks(Vec<B256>),
    /// Transactions were taken.
    Transactions(Vec<B256>),
    /// These logs were taken back, and then blocks with these numbers were made, of which logs are wanted.
    Logs(Box<LogFilter>, Vec<LogJson>, Range<u64>),
}

#[derive(Debug)]
struct Watch {
    watched: Watched,
    /// The number of the first block that was not told of.
    next: u64,
    taken: Vec<B256>,
    /// Logs that were told of and are no longer there.
    gone: Vec<LogJson>,
    asked: Instant,
}

/// All that is watched.
#[derive(Debug)]
pub(super) struct Filters {
    by_id: BTreeMap<B128, Watch>,
    /// A filter that nobody asks for so long is dropped.
    expiry: Duration,
}

impl Filters {
    /// None yet; one that nobody asks for so long is dropped.
    pub(super) fn new(expiry: Duration) -> Self {
        Self {
            by_id: BTreeMap::new(),
            expiry,
        }
    }

    /// Adds one. Returns whether there was room.
    pub(super) fn add(&mut self, id: B128, watched: Watched, chain: &Chain) -> bool {
        self.expire();
        if self.by_id.len() >= MOST {
            return false;
        }
        let watch = Watch {
            watched,
            next: chain.block_number() + 1,
            taken: Vec::new(),
            gone: Vec::new(),
            asked: Instant::now(),
        };
        self.by_id.insert(id, watch);
        true
    }

    /// Takes one out. Returns whether it was there.
    pub(super) fn remove(&mut self, id: B128) -> bool {
        self.expire();
        self.by_id.remove(&id).is_some()
    }

    /// What is watched by one.
    pub(super) fn watched(&mut self, id: B128) -> Option<Watched> {
        Some(self.ask(id)?.watched.clone())
    }

    /// What has happened since it was last asked.
    pub(super) fn happened(
        &mut self,
        id: B128,
        chain: &Chain,
    ) -> Result<Option<Happened>, StoreError> {
        let Some(watch) = self.ask(id) else {
            return Ok(None);
        };
        let end = chain.block_number() + 1;
        let new = watch.next..end;
        let happened = match &watch.watched {
            Watched::Transactions => Happened::Transactions(mem::take(&mut watch.taken)),
            Watched::Logs(filter) => {
                Happened::Logs(filter.clone(), mem::take(&mut watch.gone), new)
            }
            Watched::Blocks => {
                let view = chain.store().head()?;
                let hashes = new.filter_map(|number| view.block_hash(number).transpose());
                Happened::Blocks(hashes.collect::<Result<_, _>>()?)
            }
        };
        watch.next = end;
        Ok(Some(happened))
    }

    /// A transaction was taken.
    pub(super) fn taken(&mut self, hash: B256) {
        for watch in self.by_id.values_mut() {
            if watch.watched == Watched::Transactions {
                if watch.taken.len() == MOST_KEPT {
                    watch.taken.remove(0);
                }
                watch.taken.push(hash);
            }
        }
    }

    /// Blocks are gone: those that come in their place are new, and their logs are taken back where they were told of.
    pub(super) fn gone_back(&mut self, last: u64, gone: &[Arc<Block>]) {
        for watch in self.by_id.values_mut() {
            if let Watched::Logs(filter) = &watch.watched {
                let told = gone.iter().filter(|block| block.number < watch.next);
                let logs = told.rev().flat_map(|block| filter.of_block_in_range(block));
                let room = MOST_KEPT.saturating_sub(watch.gone.len());
                watch.gone.extend(logs.take(room).map(LogJson::taken_back));
            }
            watch.next = watch.next.min(last + 1);
        }
    }

    /// Another chain is there, whose blocks are nothing new.
    pub(super) fn begin_after(&mut self, last: u64) {
        for watch in self.by_id.values_mut() {
            watch.next = last + 1;
        }
    }

    fn ask(&mut self, id: B128) -> Option<&mut Watch> {
        self.expire();
        let watch = self.by_id.get_mut(&id)?;
        watch.asked = Instant::now();
        Some(watch)
    }

    fn expire(&mut self) {
        self.by_id
            .retain(|_, watch| watch.asked.elapsed() < self.expiry);
    }
}

impl super::Node {
    /// Watches from now on, under a name. Returns whether there was room for it.
    pub fn watch(&self, id: B128, watched: Watched) -> bool {
        let mut inner = self.lock();
        let inner = &mut *inner;
        inner.filters.add(id, watched, &inner.chain)
    }

    /// No longer watches. Returns whether it did.
    pub fn unwatch(&self, id: B128) -> bool {
        self.lock().filters.remove(id)
    }

    /// What is watched under a name.
    pub fn watched(&self, id: B128) -> Option<Watched> {
        self.lock().filters.watched(id)
    }

    /// What has happened since this was last asked.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn happened(&self, id: B128) -> Result<Option<Happened>, StoreError> {
        let mut inner = self.lock();
        let inner = &mut *inner;
        inner.filters.happened(id, &inner.chain)
    }
}

//! Transactions that wait for a block: by sender and nonce, first come first served, as Arbitrum's sequencer has it.

mod waiting;

pub use waiting::{Unsigned, Waiting};

use alloy_primitives::map::B256Map;
use alloy_primitives::{Address, B256};
use std::collections::BTreeMap;

/// Transactions that may wait of one sender.
pub(super) const MOST_OF_ONE: usize = 1_024;

/// Transactions that may wait in all.
pub(super) const MOST: usize = 16_384;

/// Why a transaction may not wait. The words are those of go-ethereum's pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PoolError {
    /// It waits already.
    #[error("already known")]
    Known,
    /// Another one with its nonce waits, and pays too much to give way.
    #[error("replacement transaction underpriced")]
    Underpriced,
    /// Too many of its sender wait.
    #[error("account limit exceeded: {MOST_OF_ONE} transactions wait")]
    AccountFull,
    /// Too many wait.
    #[error("txpool is full")]
    Full,
}

/// Transactions that wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    senders: BTreeMap<Address, BTreeMap<u64, (u64, Waiting)>>,
    places: B256Map<(Address, u64)>,
    /// How many have come so far.
    came: u64,
}

impl Pool {
    /// Adds one. Returns what gave way to it.
    pub(super) fn add(&mut self, waiting: Waiting) -> Result<Option<Waiting>, PoolError> {
        let (hash, from, nonce) = (waiting.hash(), waiting.from(), waiting.nonce());
        if self.places.contains_key(&hash) {
            return Err(PoolError::Known);
        }
        let of_sender = self.senders.get(&from);
        let before = of_sender.and_then(|waiting| waiting.get(&nonce));
        match before {
            Some((_, before)) if !waiting.outbids(before) => return Err(PoolError::Underpriced),
            Some(_) => {}
            None if of_sender.is_some_and(|waiting| waiting.len() >= MOST_OF_ONE) => {
                return Err(PoolError::AccountFull);
            }
            None if self.places.len() >= MOST => return Err(PoolError::Full),
            None => {}
        }
        self.came += 1;
        let of_sender = self.senders.entry(from).or_default();
        let before = of_sender.insert(nonce, (self.came, waiting));
        if let Some((_, before)) = &before {
            self.places.remove(&before.hash());
        }
        self.places.insert(hash, (from, nonce));
        Ok(before.map(|(_, before)| before))
    }

    /// The one with this hash.
    pub(super) fn get(&self, hash: B256) -> Option<&Waiting> {
        let (from, nonce) = self.places.get(&hash)?;
        let (_, waiting) = self.senders.get(from)?.get(nonce)?;
        Some(waiting)
    }

    /// Takes out the one with this hash.
    pub(super) fn remove(&mut self, hash: B256) -> Option<Waiting> {
        let (from, nonce) = self.places.remove(&hash)?;
        let of_sender = self.senders.get_mut(&from)?;
        let (_, waiting) = of_sender.remove(&nonce)?;
        if of_sender.is_empty() {
            self.senders.remove(&from);
        }
        Some(waiting)
    }

    /// Takes out all, or all of a sender.
    pub(super) fn clear(&mut self, from: Option<Address>) {
        let gone: Vec<_> = self
            .places
            .iter()
            .filter(|(_, (sender, _))| from.is_none_or(|from| from == *sender))
            .map(|(hash, _)| *hash)
            .collect();
        for hash in gone {
            self.remove(hash);
        }
    }

    /// Takes out what can never run, `next` being the nonce that an account is at.
    pub(super) fn forget_past<E>(
        &mut self,
        next: impl Fn(Address) -> Result<u64, E>,
    ) -> Result<(), E> {
        let mut past = Vec::new();
        for (from, of_sender) in &self.senders {
            let next = next(*from)?;
            past.extend(of_sender.range(..next).map(|(_, (_, one))| one.hash()));
        }
        for hash in past {
            self.remove(hash);
        }
        Ok(())
    }

    /// The nonce that an account comes to once what can run has, being at `next`.
    pub(super) fn nonce_after(&self, from: Address, next: u64) -> u64 {
        let of_sender = self.senders.get(&from);
        let run = of_sender.into_iter().flat_map(|of| of.range(next..));
        run.zip(next..)
            .take_while(|((nonce, _), expected)| *nonce == expected)
            .fold(next, |_, (_, expected)| expected.saturating_add(1))
    }

    /// What can run now, in the order in which it came, though never before one of the same sender with an earlier nonce.
    pub(super) fn ready<E>(
        &self,
        next: impl Fn(Address) -> Result<u64, E>,
    ) -> Result<Vec<&Waiting>, E> {
        let mut ready = Vec::new();
        for (from, of_sender) in &self.senders {
            let next = next(*from)?;
            let mut latest = 0;
            for ((nonce, (came, waiting)), expected) in of_sender.range(next..).zip(next..) {
                if *nonce != expected {
                    break;
                }
                latest = latest.max(*came);
                ready.push((latest, expected, waiting));
            }
        }
        ready.sort_by_key(|(came, nonce, _)| (*came, *nonce));
        Ok(ready.into_iter().map(|(_, _, waiting)| waiting).collect())
    }

    /// All, by sender and nonce.
    pub(super) fn all(&self) -> impl Iterator<Item = &Waiting> {
        let all = self.senders.values().flat_map(BTreeMap::values);
        all.map(|(_, waiting)| waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stylus_chain::Transaction;

    fn waiting(sender: u64, nonce: u64) -> Waiting {
        let from = Address::left_padding_from(&sender.to_be_bytes());
        let transaction = Transaction::new(from).nonce(nonce).max_fee(1);
        let hash = transaction.hash(1).expect("all is said");
        Waiting::Unsigned(Unsigned {
            transaction,
            nonce,
            max_fee: 1,
            hash,
        })
    }

    #[test]
    fn no_more_than_so_many_wait_in_all() {
        let mut pool = Pool::default();
        for place in 0..MOST as u64 {
            let added = pool.add(waiting(place % 100, place / 100));
            assert_eq!(added.map(|before| before.is_none()), Ok(true));
        }
        let one_more = waiting(100, 0);
        assert_eq!(pool.add(one_more.clone()).map(drop), Err(PoolError::Full));
        pool.remove(waiting(0, 0).hash()).expect("it waits");
        assert_eq!(pool.add(one_more).map(drop), Ok(()));
    }
}

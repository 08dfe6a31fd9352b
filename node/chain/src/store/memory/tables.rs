//! The tables of a store in memory.

use super::cuts::{Cuts, Place};
use super::kept::{Kept, Key};
use crate::store::{Account, AccountChange, Changes, StoreError, Writes};
use alloy_primitives::map::hash_map::Entry;
use alloy_primitives::map::{AddressMap, B256Map};
use alloy_primitives::{Address, B256, U256};
use revm::bytecode::Bytecode;
use std::collections::BTreeMap;

/// A block with the revision that sealed it.
#[derive(Clone, Copy, Debug)]
struct Sealed {
    revision: u64,
    hash: B256,
}

/// All accounts, codes and blocks, with the keys that each revision wrote so that it can be told and undone.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    accounts: AddressMap<Kept>,
    codes: B256Map<Bytecode>,
    written: Vec<Key>,
    /// Where in `written` each revision begins; the first revision is 1.
    begins: Vec<usize>,
    blocks: Vec<Sealed>,
    /// The first block whose state is kept.
    first_kept: u64,
    cuts: Cuts,
}

impl Tables {
    /// Tables that begin with a state and the hashes of the blocks that led to it.
    pub(super) fn restored(writes: Writes, hashes: &[B256]) -> Self {
        let mut tables = Self::default();
        let Some((last, earlier)) = hashes.split_last() else {
            tables.commit(writes, None);
            return tables;
        };
        let sealed = |hash: &B256| Sealed {
            revision: 0,
            hash: *hash,
        };
        tables.blocks = earlier.iter().map(sealed).collect();
        tables.first_kept = earlier.len() as u64;
        tables.commit(writes, Some(*last));
        tables
    }

    pub(super) fn revision(&self) -> u64 {
        self.begins.len() as u64
    }

    pub(super) fn now(&self) -> Place {
        self.cuts.place(self.revision())
    }

    /// The place that a block left.
    pub(super) fn after(&self, block: u64) -> Result<Place, StoreError> {
        self.sealed(block)
            .map(|sealed| self.cuts.place(sealed.revision))
    }

    /// The place that a block began at.
    pub(super) fn before(&self, block: u64) -> Result<Place, StoreError> {
        let sealed = self.sealed(block)?;
        let first = self.first_kept;
        if block <= first {
            return Err(StoreError::NotKept { block, first });
        }
        Ok(self.cuts.place(sealed.revision.saturating_sub(1)))
    }

    fn sealed(&self, block: u64) -> Result<Sealed, StoreError> {
        let known = usize::try_from(block).ok();
        let Some(sealed) = known.and_then(|at| self.blocks.get(at)) else {
            let last = (self.blocks.len() as u64).saturating_sub(1);
            return Err(StoreError::NoBlock { block, last });
        };
        let first = self.first_kept;
        if block < first {
            return Err(StoreError::NotKept { block, first });
        }
        Ok(*sealed)
    }

    /// The revision to read at.
    fn revision_of(&self, place: Place) -> Result<u64, StoreError> {
        let there = self.cuts.spare(place);
        there
            .then_some(place.revision)
            .ok_or(StoreError::RolledBack)
    }

    pub(super) fn account(&self, place: Place, address: Address) -> Result<Account, StoreError> {
        let revision = self.revision_of(place)?;
        let kept = self.accounts.get(&address);
        Ok(kept.map_or_else(Account::default, |kept| kept.account.at(revision)))
    }

    pub(super) fn slot(
        &self,
        place: Place,
        address: Address,
        slot: U256,
    ) -> Result<U256, StoreError> {
        let revision = self.revision_of(place)?;
        let kept = self.accounts.get(&address);
        let slot = kept.and_then(|kept| kept.slots.get(&slot));
        Ok(slot.map_or(U256::ZERO, |slot| slot.at(revision)))
    }

    pub(super) fn code(&self, hash: B256) -> Option<Bytecode> {
        self.codes.get(&hash).cloned()
    }

    /// Names the last block by another hash.
    #[cfg(feature = "replay")]
    pub(super) fn rename_last(&mut self, hash: B256) {
        if let Some(last) = self.blocks.last_mut() {
            last.hash = hash;
        }
    }

    pub(super) fn block_hash(&self, place: Place, number: u64) -> Result<Option<B256>, StoreError> {
        let revision = self.revision_of(place)?;
        let sealed = usize::try_from(number)
            .ok()
            .and_then(|at| self.blocks.get(at));
        let past = sealed.filter(|sealed| sealed.revision <= revision);
        Ok(past.map(|sealed| sealed.hash))
    }

    /// All accounts that there are or were.
    pub(super) fn accounts(&self) -> &AddressMap<Kept> {
        &self.accounts
    }

    pub(super) fn commit(&mut self, writes: Writes, block: Option<B256>) {
        self.begins.push(self.written.len());
        let revision = self.revision();
        for (hash, code) in writes.codes {
            self.codes.entry(hash).or_insert(code);
        }
        for (address, writes) in writes.accounts {
            let kept = match self.accounts.entry(address) {
                Entry::Occupied(kept) => kept.into_mut(),
                Entry::Vacant(_) if writes.leave_nothing() => continue,
                Entry::Vacant(vacant) => vacant.insert(Kept::default()),
            };
            kept.write(revision, address, writes, &mut self.written);
        }
        if let Some(hash) = block {
            self.blocks.push(Sealed { revision, hash });
        }
    }

    pub(super) fn roll_back(&mut self, to: u64) {
        let Some(&end) = usize::try_from(to).ok().and_then(|at| self.begins.get(at)) else {
            return;
        };
        for revision in (to + 1..=self.revision()).rev() {
            let begin = self.begins.pop().unwrap_or(end);
            for key in self.written.split_off(begin) {
                self.undo(revision, key);
            }
        }
        while self.blocks.pop_if(|sealed| sealed.revision > to).is_some() {}
        self.cuts.add(to);
    }

    fn undo(&mut self, revision: u64, key: Key) {
        if let Entry::Occupied(mut kept) = self.accounts.entry(key.address()) {
            kept.get_mut().undo(revision, key);
            if kept.get().is_nothing() {
                kept.remove();
            }
        }
    }

    pub(super) fn changes(&self, block: u64) -> Result<Changes, StoreError> {
        let after = self.sealed(block)?.revision;
        let before = match block.checked_sub(1) {
            None => 0,
            Some(parent) => self.sealed(parent)?.revision,
        };
        let begin = |revision: u64| {
            let at = usize::try_from(revision).ok();
            let begin = at.and_then(|at| self.begins.get(at)).copied();
            begin.unwrap_or(self.written.len())
        };
        let mut changes = BTreeMap::new();
        for key in &self.written[begin(before)..begin(after)] {
            let address = key.address();
            let Some(kept) = self.accounts.get(&address) else {
                continue;
            };
            let entry = changes.entry(address).or_insert_with(|| AccountChange {
                account: kept.account.change(before, after),
                slots: BTreeMap::new(),
            });
            if let Key::Slot(_, slot) = key
                && let Some(history) = kept.slots.get(slot)
            {
                entry.slots.insert(*slot, history.change(before, after));
            }
        }
        // what a revision wrote, a later one of the same block may have taken back
        changes.retain(|_, change| {
            change.slots.retain(|_, slot| !slot.is_none());
            !change.account.is_none() || !change.slots.is_empty()
        });
        Ok(Changes(changes))
    }
}

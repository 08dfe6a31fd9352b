//! The tables of a store in memory.

use super::cuts::{Cuts, Place};
use super::index::Index;
use super::kept::{Kept, Key};
use crate::block::Block;
use crate::store::{Account, AccountChange, At, Changes, StoreError, Whole, Writes};
use alloy_primitives::map::hash_map::Entry;
use alloy_primitives::map::{AddressMap, B256Map};
use alloy_primitives::{Address, B256, U256};
use revm::bytecode::Bytecode;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A block with the revision that sealed it.
#[derive(Clone, Debug)]
struct Sealed {
    revision: u64,
    block: Arc<Block>,
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
    index: Index,
    /// The first block whose state is kept.
    first_kept: u64,
    cuts: Cuts,
}

impl Tables {
    /// Tables that begin with a state and the blocks that led to it.
    pub(super) fn restored(writes: Writes, mut blocks: Vec<Arc<Block>>) -> Self {
        let mut tables = Self::default();
        let last = blocks.pop();
        tables.first_kept = blocks.len() as u64;
        tables.index = Index::of(blocks.iter().map(|block| &**block));
        let sealed = |block| Sealed { revision: 0, block };
        tables.blocks = blocks.into_iter().map(sealed).collect();
        tables.commit(writes, last);
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

    fn sealed(&self, block: u64) -> Result<&Sealed, StoreError> {
        let known = usize::try_from(block).ok();
        let Some(sealed) = known.and_then(|at| self.blocks.get(at)) else {
            let last = (self.blocks.len() as u64).saturating_sub(1);
            return Err(StoreError::NoBlock { block, last });
        };
        let first = self.first_kept;
        if block < first {
            return Err(StoreError::NotKept { block, first });
        }
        Ok(sealed)
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
            self.index.remove(&last.block);
            Arc::make_mut(&mut last.block).hash = hash;
            self.index.add(&last.block);
        }
    }

    pub(super) fn block_hash(&self, place: Place, number: u64) -> Result<Option<B256>, StoreError> {
        let revision = self.revision_of(place)?;
        let sealed = usize::try_from(number)
            .ok()
            .and_then(|at| self.blocks.get(at));
        let past = sealed.filter(|sealed| sealed.revision <= revision);
        Ok(past.map(|sealed| sealed.block.hash))
    }

    /// All blocks, genesis first.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Arc<Block>> {
        self.blocks.iter().map(|sealed| &sealed.block)
    }

    pub(super) fn last_block(&self) -> Option<u64> {
        (self.blocks.len() as u64).checked_sub(1)
    }

    pub(super) fn block(&self, number: u64) -> Option<&Arc<Block>> {
        let sealed = self.blocks.get(usize::try_from(number).ok()?)?;
        Some(&sealed.block)
    }

    pub(super) fn block_number(&self, hash: B256) -> Option<u64> {
        self.index.block(hash)
    }

    pub(super) fn transaction(&self, hash: B256) -> Option<At> {
        self.index.transaction(hash)
    }

    /// The first block whose state is kept.
    pub(super) fn first_kept(&self) -> u64 {
        self.first_kept
    }

    /// What a revision wrote, with the block that it sealed; none if there was no such revision.
    pub(super) fn commit_of(&self, revision: u64) -> Option<(Writes, Option<Arc<Block>>)> {
        let at = usize::try_from(revision.checked_sub(1)?).ok()?;
        let begin = *self.begins.get(at)?;
        let end = self.begins.get(at + 1).copied();
        let mut writes = Writes::default();
        for key in &self.written[begin..end.unwrap_or(self.written.len())] {
            let Some(kept) = self.accounts.get(&key.address()) else {
                continue;
            };
            match *key {
                Key::Account(address) => {
                    let account = kept.account.at(revision);
                    writes.set_account(address, account);
                    if let Some(code) = self.code(account.code_hash) {
                        writes.codes.insert(account.code_hash, code);
                    }
                }
                Key::Slot(address, slot) => {
                    let history = kept.slots.get(&slot);
                    let value = history.map_or(U256::ZERO, |history| history.at(revision));
                    writes.set_slot(address, slot, value);
                }
            }
        }
        let at = self
            .blocks
            .partition_point(|sealed| sealed.revision < revision);
        let sealed = self.blocks.get(at);
        let sealed = sealed.filter(|sealed| sealed.revision == revision);
        Some((writes, sealed.map(|sealed| Arc::clone(&sealed.block))))
    }

    /// Shows all that there is, account by account.
    pub(super) fn walk(&self, show: &mut dyn FnMut(Whole)) {
        for (&address, kept) in &self.accounts {
            let slots = kept.slots.iter();
            let slots = slots.map(|(&slot, history)| (slot, history.now()));
            show(Whole {
                address,
                account: kept.account.now(),
                slots: slots.filter(|(_, value)| !value.is_zero()).collect(),
            });
        }
    }

    /// All accounts that there are or were.
    pub(super) fn accounts(&self) -> &AddressMap<Kept> {
        &self.accounts
    }

    pub(super) fn commit(&mut self, writes: Writes, block: Option<Arc<Block>>) {
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
        if let Some(block) = block {
            self.index.add(&block);
            self.blocks.push(Sealed { revision, block });
        }
    }

    /// Returns the blocks that are gone, the first one first.
    pub(super) fn roll_back(&mut self, to: u64) -> Vec<Arc<Block>> {
        let Some(&end) = usize::try_from(to).ok().and_then(|at| self.begins.get(at)) else {
            return Vec::new();
        };
        for revision in (to + 1..=self.revision()).rev() {
            let begin = self.begins.pop().unwrap_or(end);
            for key in self.written.split_off(begin) {
                self.undo(revision, key);
            }
        }
        self.cuts.add(to);
        let kept = self.blocks.partition_point(|sealed| sealed.revision <= to);
        let gone = self.blocks.split_off(kept);
        for sealed in gone.iter().rev() {
            self.index.remove(&sealed.block);
        }
        gone.into_iter().map(|sealed| sealed.block).collect()
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
        Ok(self.changed(before, after))
    }

    /// What was set by hand since the last block.
    pub(super) fn pending(&self) -> Changes {
        let sealed = self.blocks.last().map_or(0, |sealed| sealed.revision);
        self.changed(sealed, self.revision())
    }

    /// What became of one revision by a later one.
    fn changed(&self, before: u64, after: u64) -> Changes {
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
        Changes(changes)
    }
}

//! Writing the database: all within one transaction, which is there whole or not at all.

use crate::error::{damaged, failed};
use crate::keys::{self, AccountAt, AccountBytes, Key, Slot, SlotAt, Written};
use crate::read::Blocks as _;
use crate::tables::{
    ACCOUNTS, ACCOUNTS_AT, BLOCKS, CODES, CONFIG, FIRST_KEPT, HASHES, NUMBERS, REVISION, SETTINGS,
    SLOTS, SLOTS_AT, TRANSACTIONS, WRITTEN,
};
use crate::{keys::account_bytes, read};
use alloy_primitives::{Address, U256};
use redb::{ReadableTable, Table, WriteTransaction};
use std::sync::Arc;
use stylus_chain::Config;
use stylus_chain::block::Block;
use stylus_chain::store::{AccountWrites, At, StoreError, Writes};

/// The tables while they are written.
pub(crate) struct Writing<'a> {
    accounts: Table<'a, &'static [u8; 20], &'static AccountBytes>,
    slots: Table<'a, &'static Slot, &'static [u8; 32]>,
    accounts_at: Table<'a, &'static AccountAt, &'static AccountBytes>,
    slots_at: Table<'a, &'static SlotAt, &'static [u8; 32]>,
    codes: Table<'a, &'static [u8; 32], &'static [u8]>,
    written: Table<'a, u64, &'static [u8]>,
    blocks: Table<'a, u64, (u64, &'static [u8])>,
    hashes: Table<'a, &'static [u8; 32], u64>,
    transactions: Table<'a, &'static [u8; 32], &'static [u8]>,
    numbers: Table<'a, &'static str, u64>,
    settings: Table<'a, &'static str, &'static [u8]>,
}

impl<'a> Writing<'a> {
    /// All tables, which are made where there are none.
    pub(crate) fn new(transaction: &'a WriteTransaction) -> Result<Self, StoreError> {
        Ok(Self {
            accounts: transaction.open_table(ACCOUNTS).map_err(failed)?,
            slots: transaction.open_table(SLOTS).map_err(failed)?,
            accounts_at: transaction.open_table(ACCOUNTS_AT).map_err(failed)?,
            slots_at: transaction.open_table(SLOTS_AT).map_err(failed)?,
            codes: transaction.open_table(CODES).map_err(failed)?,
            written: transaction.open_table(WRITTEN).map_err(failed)?,
            blocks: transaction.open_table(BLOCKS).map_err(failed)?,
            hashes: transaction.open_table(HASHES).map_err(failed)?,
            transactions: transaction.open_table(TRANSACTIONS).map_err(failed)?,
            numbers: transaction.open_table(NUMBERS).map_err(failed)?,
            settings: transaction.open_table(SETTINGS).map_err(failed)?,
        })
    }

    /// Sets a number that is kept by name.
    pub(crate) fn number(&mut self, name: &str, number: u64) -> Result<(), StoreError> {
        self.numbers.insert(name, number).map_err(failed)?;
        Ok(())
    }

    /// Writes a revision, and seals a block if there is one.
    pub(crate) fn commit(
        &mut self,
        revision: u64,
        writes: Writes,
        block: Option<&Block>,
    ) -> Result<(), StoreError> {
        for (hash, code) in &writes.codes {
            if self.codes.get(&hash.0).map_err(failed)?.is_none() {
                let code = code.original_bytes();
                self.codes.insert(&hash.0, &code[..]).map_err(failed)?;
            }
        }
        let mut written = Written::default();
        let mut accounts: Vec<_> = writes.accounts.into_iter().collect();
        // neighbours in the order of the tables share their pages
        accounts.sort_unstable_by_key(|(address, _)| *address);
        for (address, writes) in accounts {
            self.write(revision, address, writes, &mut written)?;
        }
        if !written.0.is_empty() {
            let list = &written.0[..];
            self.written.insert(revision, list).map_err(failed)?;
        }
        if let Some(block) = block {
            self.seal(revision, block)?;
        }
        self.number(REVISION, revision)
    }

    fn write(
        &mut self,
        revision: u64,
        address: Address,
        mut writes: AccountWrites,
        written: &mut Written,
    ) -> Result<(), StoreError> {
        if let Some(account) = writes.account {
            let before = self.accounts.get(&address.0.0).map_err(failed)?;
            let before = before.map(|before| keys::account(before.value()));
            if before.unwrap_or_default() != account {
                let bytes = account_bytes(account);
                if account.is_empty() {
                    self.accounts.remove(&address.0.0).map_err(failed)?;
                } else {
                    let inserted = self.accounts.insert(&address.0.0, &bytes);
                    inserted.map_err(failed)?;
                }
                let key = keys::account_at(address, revision);
                self.accounts_at.insert(&key, &bytes).map_err(failed)?;
                written.push(Key::Account(address));
            }
        }
        if writes.wiped {
            for slot in self.slots_of(address)? {
                writes.slots.entry(slot).or_default();
            }
        }
        for (slot, value) in writes.slots {
            let slot = keys::slot(address, slot);
            let before = self.slots.get(&slot).map_err(failed)?;
            let before = before.map(|before| U256::from_be_bytes(*before.value()));
            if before.unwrap_or_default() != value {
                let bytes = value.to_be_bytes::<32>();
                if value.is_zero() {
                    self.slots.remove(&slot).map_err(failed)?;
                } else {
                    self.slots.insert(&slot, &bytes).map_err(failed)?;
                }
                let key = keys::slot_at(&slot, revision);
                self.slots_at.insert(&key, &bytes).map_err(failed)?;
                written.push(Key::Slot(slot));
            }
        }
        Ok(())
    }

    /// The slots of an account that are not zero.
    fn slots_of(&self, address: Address) -> Result<Vec<U256>, StoreError> {
        let first = keys::slot(address, U256::ZERO);
        let last = keys::slot(address, U256::MAX);
        let range = self.slots.range::<&Slot>(&first..=&last).map_err(failed)?;
        let slots = range.map(|entry| {
            let (key, _) = entry.map_err(failed)?;
            Ok(keys::of_slot(key.value()).1)
        });
        slots.collect()
    }

    /// Keeps a block that a revision sealed.
    pub(crate) fn seal(&mut self, revision: u64, block: &Block) -> Result<(), StoreError> {
        let record = block.record();
        let kept = self.blocks.insert(block.number, (revision, &record[..]));
        kept.map_err(failed)?;
        let hash = &block.hash.0;
        self.hashes.insert(hash, block.number).map_err(failed)?;
        for (index, hash) in block.hashes().enumerate() {
            let block = block.number;
            let mut places = self.places(&hash.0)?;
            places.extend(keys::place(At { block, index }));
            let kept = self.transactions.insert(&hash.0, &places[..]);
            kept.map_err(failed)?;
        }
        Ok(())
    }

    /// Where a transaction is, each time that it came.
    fn places(&self, hash: &[u8; 32]) -> Result<Vec<u8>, StoreError> {
        let places = self.transactions.get(hash).map_err(failed)?;
        Ok(places.map_or_else(Vec::new, |places| places.value().to_vec()))
    }

    /// Takes revisions back from the last one on, down to one that stays. Returns the blocks that are gone, the first one first.
    pub(crate) fn roll_back(&mut self, from: u64, to: u64) -> Result<Vec<Arc<Block>>, StoreError> {
        let mut gone = Vec::new();
        while let Some(number) = self.blocks.last_number()? {
            let sealed = self.blocks.of(number, |revision, _| Ok(revision))?;
            if sealed.is_none_or(|revision| revision <= to) {
                break;
            }
            let block = self.blocks.block(number)?;
            let block = block.ok_or_else(|| damaged("a block is not there"))?;
            self.unseal(&block)?;
            gone.push(block);
        }
        gone.reverse();
        for revision in (to + 1..=from).rev() {
            let list = self.written.remove(revision).map_err(failed)?;
            let list = list.map(|list| list.value().to_vec());
            for key in Written::keys(&list.unwrap_or_default())? {
                self.undo(revision, key)?;
            }
        }
        self.number(REVISION, to)?;
        Ok(gone)
    }

    fn unseal(&mut self, block: &Block) -> Result<(), StoreError> {
        self.blocks.remove(block.number).map_err(failed)?;
        self.hashes.remove(&block.hash.0).map_err(failed)?;
        for hash in block.hashes() {
            let mut places = self.places(&hash.0)?;
            places.truncate(places.len().saturating_sub(16));
            if places.is_empty() {
                self.transactions.remove(&hash.0).map_err(failed)?;
            } else {
                let kept = self.transactions.insert(&hash.0, &places[..]);
                kept.map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Takes back what a revision wrote to a key.
    fn undo(&mut self, revision: u64, key: Key) -> Result<(), StoreError> {
        match key {
            Key::Account(address) => {
                let at = keys::account_at(address, revision);
                self.accounts_at.remove(&at).map_err(failed)?;
                let account = read::account_at(&self.accounts_at, address, revision)?;
                if account.is_empty() {
                    self.accounts.remove(&address.0.0).map_err(failed)?;
                } else {
                    let bytes = account_bytes(account);
                    let kept = self.accounts.insert(&address.0.0, &bytes);
                    kept.map_err(failed)?;
                }
            }
            Key::Slot(slot) => {
                let at = keys::slot_at(&slot, revision);
                self.slots_at.remove(&at).map_err(failed)?;
                let value = read::slot_at(&self.slots_at, &slot, revision)?;
                if value.is_zero() {
                    self.slots.remove(&slot).map_err(failed)?;
                } else {
                    let bytes = value.to_be_bytes::<32>();
                    self.slots.insert(&slot, &bytes).map_err(failed)?;
                }
            }
        }
        Ok(())
    }

    /// Says whose state this is, and from which block on it is kept.
    pub(crate) fn begin(&mut self, config: &Config, first_kept: u64) -> Result<(), StoreError> {
        let record = config.record();
        let kept = self.settings.insert(CONFIG, &record[..]);
        kept.map_err(failed)?;
        self.number(FIRST_KEPT, first_kept)?;
        self.number(REVISION, 0)
    }
}

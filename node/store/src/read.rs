//! Reading the database, the same within a transaction that writes and within one that only reads.

use crate::error::{damaged, failed};
use crate::keys::{self, AccountAt, AccountBytes, Key, Slot, SlotAt, Written};
use alloy_primitives::{Address, B256, Bloom, U256};
use redb::ReadableTable;
use std::collections::BTreeMap;
use std::sync::Arc;
use stylus_chain::block::Block;
use stylus_chain::store::{Account, AccountChange, Change, Changes, Revision, StoreError};

/// A table of blocks.
pub(crate) trait Blocks: ReadableTable<u64, (u64, &'static [u8])> {
    /// What a reader makes of a block's revision and record.
    fn of<T>(
        &self,
        number: u64,
        reader: impl FnOnce(u64, &[u8]) -> Result<T, alloy_rlp::Error>,
    ) -> Result<Option<T>, StoreError> {
        let Some(kept) = self.get(number).map_err(failed)? else {
            return Ok(None);
        };
        let (revision, record) = kept.value();
        let read = reader(revision, record);
        read.map(Some)
            .map_err(|error| damaged(format!("block {number}: {error}")))
    }

    fn block(&self, number: u64) -> Result<Option<Arc<Block>>, StoreError> {
        self.of(number, |_, record| {
            Block::of_record(record, number).map(Arc::new)
        })
    }

    fn bloom(&self, number: u64) -> Result<Option<Bloom>, StoreError> {
        self.of(number, |_, record| Block::bloom_of_record(record))
    }

    fn last_number(&self) -> Result<Option<u64>, StoreError> {
        let last = self.last().map_err(failed)?;
        Ok(last.map(|(number, _)| number.value()))
    }

    /// The revision that sealed a block whose state is kept.
    fn sealed(&self, block: u64, first: u64) -> Result<Revision, StoreError> {
        let Some(revision) = self.of(block, |revision, _| Ok(revision))? else {
            let last = self.last_number()?.unwrap_or_default();
            return Err(StoreError::NoBlock { block, last });
        };
        if block < first {
            return Err(StoreError::NotKept { block, first });
        }
        Ok(Revision(revision))
    }
}

impl<T: ReadableTable<u64, (u64, &'static [u8])>> Blocks for T {}

/// What an account was at a revision.
pub(crate) fn account_at(
    table: &impl ReadableTable<&'static AccountAt, &'static AccountBytes>,
    address: Address,
    revision: u64,
) -> Result<Account, StoreError> {
    let first = keys::account_at(address, 0);
    let last = keys::account_at(address, revision);
    let mut range = table.range::<&AccountAt>(&first..=&last).map_err(failed)?;
    let latest = range.next_back().transpose().map_err(failed)?;
    let account = latest.map(|(_, account)| keys::account(account.value()));
    Ok(account.unwrap_or_default())
}

/// What a slot was at a revision.
pub(crate) fn slot_at(
    table: &impl ReadableTable<&'static SlotAt, &'static [u8; 32]>,
    slot: &Slot,
    revision: u64,
) -> Result<U256, StoreError> {
    let first = keys::slot_at(slot, 0);
    let last = keys::slot_at(slot, revision);
    let mut range = table.range::<&SlotAt>(&first..=&last).map_err(failed)?;
    let latest = range.next_back().transpose().map_err(failed)?;
    let value = latest.map(|(_, value)| U256::from_be_bytes(*value.value()));
    Ok(value.unwrap_or_default())
}

/// What became of one revision by a later one.
pub(crate) fn changes(
    written: &impl ReadableTable<u64, &'static [u8]>,
    accounts: &impl ReadableTable<&'static AccountAt, &'static AccountBytes>,
    slots: &impl ReadableTable<&'static SlotAt, &'static [u8; 32]>,
    (before, after): (Revision, Revision),
) -> Result<Changes, StoreError> {
    let (before, after) = (before.0, after.0);
    let mut changes = BTreeMap::new();
    for entry in written.range(before + 1..=after).map_err(failed)? {
        let (_, list) = entry.map_err(failed)?;
        for key in Written::keys(list.value())? {
            let (address, slot) = match key {
                Key::Account(address) => (address, None),
                Key::Slot(slot) => (keys::of_slot(&slot).0, Some(slot)),
            };
            let entry = match changes.entry(address) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(AccountChange {
                    account: Change {
                        before: account_at(accounts, address, before)?,
                        after: account_at(accounts, address, after)?,
                    },
                    slots: BTreeMap::new(),
                }),
            };
            if let Some(slot) = slot {
                let change = Change {
                    before: slot_at(slots, &slot, before)?,
                    after: slot_at(slots, &slot, after)?,
                };
                entry.slots.insert(keys::of_slot(&slot).1, change);
            }
        }
    }
    // what a revision wrote, a later one of the same block may have taken back
    changes.retain(|_, change| {
        change.slots.retain(|_, slot| !slot.is_none());
        !change.account.is_none() || !change.slots.is_empty()
    });
    Ok(Changes(changes))
}

/// The code with a hash.
pub(crate) fn code(
    table: &impl ReadableTable<&'static [u8; 32], &'static [u8]>,
    hash: B256,
) -> Result<Vec<u8>, StoreError> {
    let code = table.get(&hash.0).map_err(failed)?;
    let code = code.ok_or(StoreError::NoCode { hash })?;
    Ok(code.value().to_vec())
}

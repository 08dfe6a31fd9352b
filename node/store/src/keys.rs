//! What stands in the database: numbers big-endian, so that the order of the bytes is theirs.

use crate::error::damaged;
use alloy_primitives::{Address, B256, U256};
use stylus_chain::store::{Account, At, StoreError};

/// A slot of an account.
pub(crate) type Slot = [u8; 52];
/// An account at a revision.
pub(crate) type AccountAt = [u8; 28];
/// A slot of an account at a revision.
pub(crate) type SlotAt = [u8; 60];
/// An account: nonce, balance, hash of its code.
pub(crate) type AccountBytes = [u8; 72];

/// Joins bytes that make up the length.
fn joined<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let mut whole = [0; N];
    let mut rest = whole.as_mut_slice();
    for part in parts {
        let (here, after) = rest.split_at_mut(part.len());
        here.copy_from_slice(part);
        rest = after;
    }
    whole
}

pub(crate) fn slot(address: Address, slot: U256) -> Slot {
    joined(&[address.as_slice(), &slot.to_be_bytes::<32>()])
}

pub(crate) fn account_at(address: Address, revision: u64) -> AccountAt {
    joined(&[address.as_slice(), &revision.to_be_bytes()])
}

pub(crate) fn slot_at(of: &Slot, revision: u64) -> SlotAt {
    joined(&[of, &revision.to_be_bytes()])
}

pub(crate) fn account_bytes(account: Account) -> AccountBytes {
    joined(&[
        &account.nonce.to_be_bytes(),
        &account.balance.to_be_bytes::<32>(),
        account.code_hash.as_slice(),
    ])
}

pub(crate) fn account(bytes: &AccountBytes) -> Account {
    let (nonce, rest) = bytes.split_at(8);
    let (balance, code_hash) = rest.split_at(32);
    Account {
        nonce: nonce
            .iter()
            .fold(0, |all, byte| all << 8 | u64::from(*byte)),
        balance: U256::from_be_slice(balance),
        code_hash: B256::from_slice(code_hash),
    }
}

/// The account and the slot that a key names.
pub(crate) fn of_slot(key: &Slot) -> (Address, U256) {
    let (address, slot) = key.split_at(20);
    (Address::from_slice(address), U256::from_be_slice(slot))
}

/// What a revision wrote to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Account(Address),
    Slot(Slot),
}

/// Which of the two follows.
const ACCOUNT: u8 = 0;
const SLOT: u8 = 1;

/// All that a revision wrote to, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Written(pub(crate) Vec<u8>);

impl Written {
    pub(crate) fn push(&mut self, key: Key) {
        match key {
            Key::Account(address) => {
                self.0.push(ACCOUNT);
                self.0.extend(address);
            }
            Key::Slot(slot) => {
                self.0.push(SLOT);
                self.0.extend(slot);
            }
        }
    }

    /// The keys that these bytes hold.
    pub(crate) fn keys(mut bytes: &[u8]) -> Result<Vec<Key>, StoreError> {
        let mut keys = Vec::new();
        let breaks_off = || damaged("a list of what was written breaks off");
        while let Some((kind, rest)) = bytes.split_first() {
            let (key, rest) = match *kind {
                ACCOUNT => {
                    let (address, rest) = rest.split_first_chunk().ok_or_else(breaks_off)?;
                    (Key::Account(Address::new(*address)), rest)
                }
                SLOT => {
                    let (slot, rest) = rest.split_first_chunk().ok_or_else(breaks_off)?;
                    (Key::Slot(*slot), rest)
                }
                _ => return Err(damaged("a list of what was written is none")),
            };
            keys.push(key);
            bytes = rest;
        }
        Ok(keys)
    }
}

/// Where a transaction is, sixteen bytes each time that it came.
pub(crate) fn place(at: At) -> [u8; 16] {
    joined(&[&at.block.to_be_bytes(), &(at.index as u64).to_be_bytes()])
}

/// The last of some places.
pub(crate) fn last_place(places: &[u8]) -> Result<Option<At>, StoreError> {
    let Some(last) = places.last_chunk::<16>() else {
        return Ok(None);
    };
    let (block, index) = last.split_at(8);
    let number = |bytes: &[u8]| {
        let bytes = bytes.try_into().map_err(damaged)?;
        Ok::<_, StoreError>(u64::from_be_bytes(bytes))
    };
    Ok(Some(At {
        block: number(block)?,
        index: usize::try_from(number(index)?).map_err(damaged)?,
    }))
}

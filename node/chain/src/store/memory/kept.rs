//! An account with its slots through time, and the keys by which what was written is found again.

use super::history::History;
use crate::store::{Account, AccountWrites, Change};
use alloy_primitives::map::U256Map;
use alloy_primitives::map::hash_map::Entry;
use alloy_primitives::{Address, U256};

/// What a revision wrote to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Account(Address),
    Slot(Address, U256),
}

impl Key {
    /// The account that it is about.
    pub(super) const fn address(&self) -> Address {
        match self {
            Self::Account(address) | Self::Slot(address, _) => *address,
        }
    }
}

/// An account and its slots through time.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) account: History<Account>,
    pub(super) slots: U256Map<History<U256>>,
}

impl Kept {
    /// Writes at a revision, and notes the keys of what thereby became something else.
    pub(super) fn write(
        &mut self,
        revision: u64,
        address: Address,
        mut writes: AccountWrites,
        written: &mut Vec<Key>,
    ) {
        if let Some(account) = writes.account
            && self.account.set(revision, account)
        {
            written.push(Key::Account(address));
        }
        if writes.wiped {
            for slot in self.slots.keys() {
                writes.slots.entry(*slot).or_default();
            }
        }
        for (slot, value) in writes.slots {
            let history = match self.slots.entry(slot) {
                Entry::Occupied(history) => history.into_mut(),
                Entry::Vacant(_) if value.is_zero() => continue,
                Entry::Vacant(vacant) => vacant.insert(History::default()),
            };
            if history.set(revision, value) {
                written.push(Key::Slot(address, slot));
            }
        }
    }

    /// Takes back what a revision wrote to a key.
    pub(super) fn undo(&mut self, revision: u64, key: Key) {
        match key {
            Key::Account(_) => self.account.undo(revision),
            Key::Slot(_, slot) => {
                if let Entry::Occupied(mut history) = self.slots.entry(slot) {
                    history.get_mut().undo(revision);
                    if history.get().is_nothing() {
                        history.remove();
                    }
                }
            }
        }
    }

    /// Whether there never was such an account, nor a slot of it.
    pub(super) fn is_nothing(&self) -> bool {
        self.account.is_nothing() && self.slots.is_empty()
    }
}

impl AccountWrites {
    /// Whether an account that is not there stays so.
    pub(super) fn leave_nothing(&self) -> bool {
        self.account.is_none_or(|account| account.is_empty())
            && self.slots.values().all(U256::is_zero)
    }
}

impl<T: Copy + Default + PartialEq> History<T> {
    /// What it was at one revision and at a later one.
    pub(super) fn change(&self, before: u64, after: u64) -> Change<T> {
        Change {
            before: self.at(before),
            after: self.at(after),
        }
    }
}

//! The storage of ArbOS: spaces within one account, read and written through the journal, so that what a reverted
//! frame wrote is undone with the rest.

use crate::store::State;
use alloy_primitives::{Address, B256, Bytes, U256, address, keccak256};
use revm::context::JournalTr;
use revm::context_interface::journaled_state::account::JournaledAccountTr;
use revm::database_interface::Database;

/// The account whose storage is ArbOS's state (`arbos/storage/storage.go`).
pub const ARBOS_ACCOUNT: Address = address!("a4b05fffffffffffffffffffffffffffffffffff");

/// The journal of a transaction on this chain.
pub type Journal = revm::context::Journal<State>;

/// A space of the storage: a key of its own, below which slots are hashed by pages of 256 so that neighbours stay
/// neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space(Vec<u8>);

impl Space {
    /// The outermost space.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The space with this name inside.
    #[must_use]
    pub fn inside(&self, name: u8) -> Self {
        self.named(&[name])
    }

    /// The space with a name of any length inside.
    #[must_use]
    pub(crate) fn named(&self, name: &[u8]) -> Self {
        Self(keccak256([self.0.as_slice(), name].concat()).to_vec())
    }

    /// Where in the account a key of this space lies.
    #[must_use]
    pub fn slot(&self, key: B256) -> U256 {
        let (page, offset) = key.as_slice().split_at(31);
        let mut slot = keccak256([self.0.as_slice(), page].concat());
        slot[31] = offset[0];
        slot.into()
    }

    /// Where in the account the key with this number lies.
    #[must_use]
    pub fn slot_at(&self, key: u64) -> U256 {
        self.slot(U256::from(key).into())
    }
}

/// What a slot of the ArbOS account holds.
pub fn read(journal: &mut Journal, slot: U256) -> U256 {
    read_of(journal, ARBOS_ACCOUNT, slot)
}

/// Sets a slot of the ArbOS account.
pub fn write(journal: &mut Journal, slot: U256, value: U256) {
    write_of(journal, ARBOS_ACCOUNT, slot, value);
}

/// What a slot of an account holds, read by ArbOS itself.
pub(crate) fn read_of(journal: &mut Journal, account: Address, slot: U256) -> U256 {
    without_access(journal, account, |journal| {
        let Ok(value) = journal.sload(account, slot);
        value.data
    })
}

/// Sets a slot of an account, by ArbOS itself.
pub(crate) fn write_of(journal: &mut Journal, account: Address, slot: U256, value: U256) {
    without_access(journal, account, |journal| {
        let Ok(_) = journal.sstore(account, slot, value);
        journal.touch_account(account);
    });
}

/// The wei an account has, read by ArbOS itself.
pub(crate) fn balance(journal: &mut Journal, account: Address) -> U256 {
    without_access(journal, account, |journal| {
        let Ok(loaded) = journal.load_account(account);
        loaded.info.balance
    })
}

/// Gives an account wei that come out of nothing. It has no more than can be counted, which only balances set by hand come to.
pub(crate) fn mint(journal: &mut Journal, account: Address, wei: U256) {
    without_access(journal, account, |journal| {
        let Ok(mut account) = journal.load_account_mut(account);
        if !account.incr_balance(wei) {
            account.set_balance(U256::MAX);
        }
    });
}

/// Takes wei from an account that go nowhere. Returns whether it had them.
pub(crate) fn burn(journal: &mut Journal, account: Address, wei: U256) -> bool {
    without_access(journal, account, |journal| {
        let Ok(mut account) = journal.load_account_mut(account);
        account.decr_balance(wei)
    })
}

/// An account's code and its hash as `EXTCODEHASH` has it, found without counting as an access of the transaction.
pub(crate) fn code(journal: &mut Journal, account: Address) -> (Bytes, B256) {
    let (database, state) = journal.db_and_state_mut();
    let info = match state.get(&account) {
        Some(loaded) => Some(loaded.info.clone()),
        None => {
            let Ok(stored) = database.basic(account);
            stored
        }
    };
    let Some(info) = info.filter(|info| !info.is_empty()) else {
        return (Bytes::new(), B256::ZERO);
    };
    let code = info.code.unwrap_or_else(|| {
        let Ok(code) = database.code_by_hash(info.code_hash);
        code
    });
    (code.original_bytes(), info.code_hash)
}

/// Does something with an account, which is as cold afterwards as it was: what ArbOS does by itself is no access of the
/// transaction (EIP-2929).
pub(crate) fn without_access<T>(
    journal: &mut Journal,
    account: Address,
    act: impl FnOnce(&mut Journal) -> T,
) -> T {
    let Ok(loaded) = journal.load_account(account);
    let cold = loaded.is_cold;
    let result = act(journal);
    if cold && let Some(loaded) = journal.evm_state_mut().get_mut(&account) {
        loaded.mark_cold();
    }
    result
}

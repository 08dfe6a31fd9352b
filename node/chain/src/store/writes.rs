//! What was written and is not committed yet.

use super::Account;
use alloy_primitives::map::{AddressMap, B256Map, U256Map};
use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256};
use revm::bytecode::Bytecode;

/// What is to be written over a state.
#[derive(Clone, Debug, Default)]
pub struct Writes {
    /// The accounts that were written to; what was written may be what was there.
    pub accounts: AddressMap<AccountWrites>,
    /// Codes that may be new, by hash.
    pub codes: B256Map<Bytecode>,
}

/// What is to be written over one account.
#[derive(Clone, Debug, Default)]
pub struct AccountWrites {
    /// What it has now, if that was written; the empty account takes it away.
    pub account: Option<Account>,
    /// Whether all its slots become zero before `slots` are written: it was created or destroyed.
    pub wiped: bool,
    /// Slots with what they hold now.
    pub slots: U256Map<U256>,
}

impl AccountWrites {
    /// What a slot holds, if that follows from what was written.
    #[must_use]
    pub fn slot(&self, slot: U256) -> Option<U256> {
        let written = self.slots.get(&slot).copied();
        written.or_else(|| self.wiped.then_some(U256::ZERO))
    }

    /// Takes away all that the account had.
    pub(super) fn wipe(&mut self) {
        self.wiped = true;
        self.slots.clear();
    }
}

impl Writes {
    /// What an account has, if it was written.
    #[must_use]
    pub fn account(&self, address: Address) -> Option<Account> {
        self.accounts.get(&address)?.account
    }

    /// What a slot holds, if that follows from what was written.
    #[must_use]
    pub fn slot(&self, address: Address, slot: U256) -> Option<U256> {
        self.accounts.get(&address)?.slot(slot)
    }

    /// A code, if it was written.
    #[must_use]
    pub fn code(&self, hash: B256) -> Option<&Bytecode> {
        self.codes.get(&hash)
    }

    /// Sets what an account has; its storage stays.
    pub fn set_account(&mut self, address: Address, account: Account) {
        self.accounts.entry(address).or_default().account = Some(account);
    }

    /// Sets what an account has with this code, of any form, whatever code hash it names; its storage stays.
    pub fn set_account_with_code(&mut self, address: Address, account: Account, code: Bytes) {
        let code_hash = self.add_code(code);
        self.set_account(
            address,
            Account {
                code_hash,
                ..account
            },
        );
    }

    /// Sets what a slot of an account holds.
    pub fn set_slot(&mut self, address: Address, slot: U256, value: U256) {
        let account = self.accounts.entry(address).or_default();
        account.slots.insert(slot, value);
    }

    /// Adds a code for accounts to name. Returns its hash.
    pub(super) fn add_code(&mut self, code: Bytes) -> B256 {
        if code.is_empty() {
            return KECCAK256_EMPTY;
        }
        let code = bytecode(code);
        let hash = code.hash_slow();
        self.codes.insert(hash, code);
        hash
    }
}

/// Code as the EVM takes it. What begins as a delegation (EIP-7702) but is none is kept as it is.
#[must_use]
pub fn bytecode(code: Bytes) -> Bytecode {
    Bytecode::new_raw_checked(code.clone()).unwrap_or_else(|_| Bytecode::new_legacy(code))
}

//! Reading and setting accounts outside of transactions.

use super::Chain;
use crate::context::State;
use crate::dev_accounts::DEV_ACCOUNTS;
use alloy_primitives::{Address, B256, Bytes, U256};
use revm::bytecode::Bytecode;
use revm::database::DbAccount;
use revm::state::AccountInfo;
use std::collections::BTreeMap;

impl Chain {
    /// The ten funded development accounts.
    #[must_use]
    pub const fn accounts(&self) -> &[Address] {
        &DEV_ACCOUNTS
    }

    /// Every account that there is or was.
    pub fn addresses(&self) -> impl Iterator<Item = Address> {
        self.state.cache.accounts.keys().copied()
    }

    /// The wei an account has.
    #[must_use]
    pub fn balance(&self, account: Address) -> U256 {
        self.info(account).map_or(U256::ZERO, |info| info.balance)
    }

    /// Transactions an account has sent, or contracts it has created.
    #[must_use]
    pub fn nonce(&self, account: Address) -> u64 {
        self.info(account).map_or(0, |info| info.nonce)
    }

    /// The code of an account; empty where there is none.
    #[must_use]
    pub fn code(&self, account: Address) -> Bytes {
        self.info(account)
            .and_then(|info| self.state.cache.contracts.get(&info.code_hash))
            .map_or_else(Bytes::new, Bytecode::original_bytes)
    }

    /// The hash of an account's code, as `EXTCODEHASH` has it: zero for an account that does not exist.
    #[must_use]
    pub fn code_hash(&self, account: Address) -> B256 {
        self.info(account)
            .filter(|info| !info.is_empty())
            .map_or(B256::ZERO, |info| info.code_hash)
    }

    /// What a slot of an account holds.
    #[must_use]
    pub fn storage(&self, account: Address, slot: U256) -> U256 {
        self.stored(account)
            .and_then(|stored| stored.storage.get(&slot).copied())
            .unwrap_or_default()
    }

    /// All slots of an account that are not zero.
    #[must_use]
    pub fn storage_dump(&self, account: Address) -> BTreeMap<U256, U256> {
        self.stored(account).map(nonzero_slots).unwrap_or_default()
    }

    /// Sets the wei an account has.
    pub fn set_balance(&mut self, account: Address, balance: U256) {
        self.set_info(account, |info| info.balance = balance);
    }

    /// Sets the number of an account's next transaction.
    pub fn set_nonce(&mut self, account: Address, nonce: u64) {
        self.set_info(account, |info| info.nonce = nonce);
    }

    /// Sets the code of an account, of any form; its storage stays.
    pub fn set_code(&mut self, account: Address, code: impl Into<Bytes>) {
        let code = bytecode(code.into());
        self.set_info(account, |info| {
            info.code_hash = code.hash_slow();
            info.code = Some(code);
        });
    }

    /// Sets what a slot of an account holds.
    pub fn set_storage(&mut self, account: Address, slot: U256, value: U256) {
        let Ok(()) = self.state.insert_account_storage(account, slot, value);
    }

    fn stored(&self, account: Address) -> Option<&DbAccount> {
        self.state.cache.accounts.get(&account)
    }

    fn info(&self, account: Address) -> Option<&AccountInfo> {
        self.stored(account).map(|stored| &stored.info)
    }

    fn set_info(&mut self, account: Address, set: impl FnOnce(&mut AccountInfo)) {
        edit(&mut self.state, account, set);
    }
}

/// Code as the EVM takes it. What begins as a delegation (EIP-7702) but is none is kept as it is.
pub(super) fn bytecode(code: Bytes) -> Bytecode {
    Bytecode::new_raw_checked(code.clone()).unwrap_or_else(|_| Bytecode::new_legacy(code))
}

/// Changes what the state says of an account, its storage aside.
pub(super) fn edit(state: &mut State, account: Address, set: impl FnOnce(&mut AccountInfo)) {
    let Ok(entry) = state.load_account(account);
    let mut info = entry.info.clone();
    set(&mut info);
    state.insert_account_info(account, info);
}

/// The slots of an account that are not zero; a slot that was only read may be kept as zero.
pub(super) fn nonzero_slots(account: &DbAccount) -> BTreeMap<U256, U256> {
    account
        .storage
        .iter()
        .filter(|(_, value)| !value.is_zero())
        .map(|(slot, value)| (*slot, *value))
        .collect()
}

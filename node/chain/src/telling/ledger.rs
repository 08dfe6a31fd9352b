//! Looking at the state in the middle of a transaction.

use crate::context::Context;
use crate::store::Account;
use crate::watch::Ledger;
use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256};
use revm::context_interface::{ContextTr, JournalTr};

/// The state under a transaction.
pub(super) struct Looking<'a> {
    pub(super) context: &'a mut Context,
    /// Whether what destroyed itself is gone by now.
    pub(super) is_over: bool,
}

impl Looking<'_> {
    fn account(&mut self, address: Address) -> Account {
        let (state, loaded) = self.context.journal_mut().db_and_state_mut();
        match loaded.get(&address) {
            Some(gone) if self.is_over && gone.is_selfdestructed() => Account::default(),
            Some(account) => Account::from(&account.info),
            None => state.account(address),
        }
    }
}

impl Ledger for Looking<'_> {
    fn balance(&mut self, account: Address) -> U256 {
        self.account(account).balance
    }

    fn nonce(&mut self, account: Address) -> u64 {
        self.account(account).nonce
    }

    fn code(&mut self, account: Address) -> Bytes {
        let hash = self.account(account).code_hash;
        if hash == KECCAK256_EMPTY {
            return Bytes::new();
        }
        let (state, loaded) = self.context.journal_mut().db_and_state_mut();
        let known = loaded
            .get(&account)
            .and_then(|account| account.info.code.clone());
        known.unwrap_or_else(|| state.code(hash)).original_bytes()
    }

    fn code_hash(&mut self, account: Address) -> B256 {
        self.account(account).code_hash
    }

    fn slot(&mut self, account: Address, slot: U256) -> U256 {
        let (state, loaded) = self.context.journal_mut().db_and_state_mut();
        let Some(known) = loaded.get(&account) else {
            return state.slot(account, slot);
        };
        if self.is_over && known.is_selfdestructed() {
            return U256::ZERO;
        }
        match known.storage.get(&slot) {
            Some(value) => value.present_value,
            None if known.is_created() => U256::ZERO,
            None => state.slot(account, slot),
        }
    }
}

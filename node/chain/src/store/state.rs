//! The state that transactions run on.

use super::{Account, Memory, StoreError, View, Writes};
use alloy_primitives::map::AddressMap;
use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256, keccak256};
use core::convert::Infallible;
use revm::bytecode::Bytecode;
use revm::database_interface::{Database, DatabaseCommit};
use revm::state::{Account as Loaded, AccountInfo};
use std::sync::Arc;

/// A [`View`] with what was written since, which is only kept if someone commits it.
///
/// A store may fail in the middle of a transaction, at a place that has no way to say so. Therefore the failure is kept here:
/// from then on nothing is asked and all is empty, the run is stopped where its frames turn, and whoever began it asks
/// [`failure`](Self::failure) first and throws the run away. A zero that stands for a failure so never leaves the run.
#[derive(Clone, Debug)]
pub struct State {
    view: Arc<dyn View>,
    writes: Writes,
    failure: Option<StoreError>,
}

impl State {
    /// What a view shows, with nothing written.
    #[must_use]
    pub fn new(view: Arc<dyn View>) -> Self {
        Self {
            view,
            writes: Writes::default(),
            failure: None,
        }
    }

    /// Why what was read or written is not to be used, if the store failed.
    #[must_use]
    pub const fn failure(&self) -> Option<&StoreError> {
        self.failure.as_ref()
    }

    /// What was written so far.
    #[must_use]
    pub const fn writes(&self) -> &Writes {
        &self.writes
    }

    /// All that was written, to be committed.
    ///
    /// # Errors
    /// The [`failure`](Self::failure), if there was one.
    pub fn into_writes(self) -> Result<Writes, StoreError> {
        self.failure.map_or(Ok(self.writes), Err)
    }

    /// What an account has.
    pub fn account(&mut self, address: Address) -> Account {
        match self.writes.account(address) {
            Some(account) => account,
            None => self.read(|view| view.account(address)),
        }
    }

    /// What a slot of an account holds.
    pub fn slot(&mut self, address: Address, slot: U256) -> U256 {
        match self.writes.slot(address, slot) {
            Some(value) => value,
            None => self.read(|view| view.slot(address, slot)),
        }
    }

    /// The code with this hash.
    pub fn code(&mut self, hash: B256) -> Bytecode {
        if hash == KECCAK256_EMPTY || hash.is_zero() {
            return Bytecode::default();
        }
        match self.writes.code(hash) {
            Some(code) => code.clone(),
            None => self.read(|view| view.code(hash)),
        }
    }

    /// The hash of a block of this chain, not of the parent's that contracts see by `BLOCKHASH`.
    pub fn chain_block_hash(&mut self, number: u64) -> Option<B256> {
        self.read(|view| view.block_hash(number))
    }

    /// Changes what an account has; its storage stays.
    pub fn edit(&mut self, address: Address, edit: impl FnOnce(&mut Account)) {
        let mut account = self.account(address);
        edit(&mut account);
        self.writes.set_account(address, account);
    }

    /// Sets the code of an account, of any form; its storage stays.
    pub fn set_code(&mut self, address: Address, code: Bytes) {
        let code_hash = self.writes.add_code(code);
        self.edit(address, |account| account.code_hash = code_hash);
    }

    /// Sets what a slot of an account holds.
    pub fn set_slot(&mut self, address: Address, slot: U256, value: U256) {
        self.writes.set_slot(address, slot, value);
    }

    /// Sets an account as revm has it, with its code; its storage stays.
    pub fn insert_account_info(&mut self, address: Address, info: AccountInfo) {
        self.writes.set_account(address, Account::from(&info));
        if let Some(code) = info.code.filter(|code| !code.is_empty()) {
            self.writes.codes.insert(info.code_hash, code);
        }
    }

    /// Reads, unless the store has failed before.
    fn read<T: Default>(&mut self, read: impl FnOnce(&dyn View) -> Result<T, StoreError>) -> T {
        if self.failure.is_some() {
            return T::default();
        }
        read(&*self.view).unwrap_or_else(|failure| {
            self.failure = Some(failure);
            T::default()
        })
    }
}

/// Over a store with nothing in it.
impl Default for State {
    fn default() -> Self {
        Self::new(Memory::default().head())
    }
}

impl Database for State {
    /// Failures are kept by the state itself.
    type Error = Infallible;

    fn basic(&mut self, address: Address) -> Result<Option<AccountInfo>, Infallible> {
        let account = self.account(address);
        let Account {
            balance,
            nonce,
            code_hash,
        } = account;
        let info = AccountInfo {
            balance,
            nonce,
            code_hash,
            // loaded when it is needed, which mostly it is not
            code: (code_hash == KECCAK256_EMPTY).then(Bytecode::default),
            ..AccountInfo::default()
        };
        Ok((!account.is_empty()).then_some(info))
    }

    fn code_by_hash(&mut self, hash: B256) -> Result<Bytecode, Infallible> {
        Ok(self.code(hash))
    }

    fn storage(&mut self, address: Address, slot: U256) -> Result<U256, Infallible> {
        Ok(self.slot(address, slot))
    }

    /// Nobody asks for it: `BLOCKHASH` is about blocks of the parent chain, whose hashes ArbOS keeps.
    fn block_hash(&mut self, number: u64) -> Result<B256, Infallible> {
        Ok(keccak256(number.to_string()))
    }
}

impl DatabaseCommit for State {
    fn commit(&mut self, accounts: AddressMap<Loaded>) {
        let touched = accounts
            .into_iter()
            .filter(|(_, account)| account.is_touched());
        for (address, loaded) in touched {
            let written = self.writes.accounts.entry(address).or_default();
            let account = Account::from(&loaded.info);
            // what a transaction touches and leaves with nothing goes, and its storage with it (EIP-161)
            if loaded.is_selfdestructed() || account.is_empty() {
                written.wipe();
                written.account = Some(Account::default());
                continue;
            }
            written.account = Some(account);
            if loaded.is_created() {
                written.wipe();
            }
            for (slot, value) in loaded.storage {
                if value.is_changed() {
                    written.slots.insert(slot, value.present_value());
                }
            }
            if let Some(code) = loaded.info.code.filter(|code| !code.is_empty()) {
                self.writes
                    .codes
                    .entry(loaded.info.code_hash)
                    .or_insert(code);
            }
        }
    }
}

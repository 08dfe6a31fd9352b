//! Reading and setting accounts outside of transactions.

use super::Chain;
use crate::dev_accounts::DEV_ACCOUNTS;
use crate::store::{Account, State, Store, StoreError, Writes};
use alloy_primitives::{Address, B256, Bytes, U256};
use std::collections::BTreeMap;

impl<S: Store> Chain<S> {
    /// The ten funded development accounts.
    #[must_use]
    pub const fn accounts(&self) -> &[Address] {
        &DEV_ACCOUNTS
    }

    /// Sets accounts by hand, all at once or not at all.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then nothing is set.
    pub fn edit<T>(&mut self, edit: impl FnOnce(&mut State) -> T) -> Result<T, StoreError> {
        let mut state = State::new(self.store.head()?);
        let result = edit(&mut state);
        let writes = state.into_writes()?;
        let mut roots = self.roots.clone();
        roots.apply(&writes);
        self.store.commit(writes, None)?;
        self.roots = roots;
        Ok(result)
    }
}

/// Over a store in memory, which cannot fail.
impl Chain {
    /// Every account that there is or was, in order.
    pub fn addresses(&self) -> impl Iterator<Item = Address> {
        self.store.addresses().into_iter()
    }

    /// The wei an account has.
    #[must_use]
    pub fn balance(&self, account: Address) -> U256 {
        self.store.account(account).balance
    }

    /// Transactions an account has sent, or contracts it has created.
    #[must_use]
    pub fn nonce(&self, account: Address) -> u64 {
        self.store.account(account).nonce
    }

    /// The code of an account; empty where there is none.
    #[must_use]
    pub fn code(&self, account: Address) -> Bytes {
        self.store.code_of(account).original_bytes()
    }

    /// The hash of an account's code, as `EXTCODEHASH` has it: zero for an account that does not exist.
    #[must_use]
    pub fn code_hash(&self, account: Address) -> B256 {
        self.store.account(account).existing_code_hash()
    }

    /// What a slot of an account holds.
    #[must_use]
    pub fn storage(&self, account: Address, slot: U256) -> U256 {
        self.store.slot(account, slot)
    }

    /// All slots of an account that are not zero.
    #[must_use]
    pub fn storage_dump(&self, account: Address) -> BTreeMap<U256, U256> {
        self.store.slots(account)
    }

    /// Sets the wei an account has.
    pub fn set_balance(&mut self, account: Address, balance: U256) {
        let before = self.store.account(account);
        self.set_account(account, Account { balance, ..before });
    }

    /// Sets the number of an account's next transaction.
    pub fn set_nonce(&mut self, account: Address, nonce: u64) {
        let before = self.store.account(account);
        self.set_account(account, Account { nonce, ..before });
    }

    /// Sets the code of an account, of any form; its storage stays.
    pub fn set_code(&mut self, account: Address, code: impl Into<Bytes>) {
        let before = self.store.account(account);
        self.write(|writes| writes.set_account_with_code(account, before, code.into()));
    }

    /// Sets what a slot of an account holds. The account need not be there: as long as the slot is not zero, the state has an
    /// account with nothing but storage, until a transaction touches it and leaves it so (EIP-161).
    pub fn set_storage(&mut self, account: Address, slot: U256, value: U256) {
        self.write(|writes| writes.set_slot(account, slot, value));
    }

    fn set_account(&mut self, address: Address, account: Account) {
        self.write(|writes| writes.set_account(address, account));
    }

    fn write(&mut self, write: impl FnOnce(&mut Writes)) {
        let mut writes = Writes::default();
        write(&mut writes);
        self.roots.apply(&writes);
        self.store.commit(writes, None);
    }
}

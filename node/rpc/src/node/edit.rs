//! Setting by hand what a transaction would not.

use super::read::nonce;
use super::{Chain, Node, clock};
use alloy_primitives::{Address, Bytes, U256};
use stylus_chain::chain::PastTime;
use stylus_chain::store::{Account, State, StoreError};

impl Node {
    /// Changes the chain by hand.
    pub fn edit<T>(&self, edit: impl FnOnce(&mut Chain) -> T) -> T {
        edit(&mut self.lock().chain)
    }

    /// Changes the state by hand, all at once or not at all.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails, as for all that is set here; then nothing is set.
    pub fn set<T>(&self, set: impl FnOnce(&mut State) -> T) -> Result<T, StoreError> {
        self.edit(|chain| chain.edit(set))
    }

    /// Changes what an account has.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then nothing is set.
    pub fn set_account(
        &self,
        account: Address,
        set: impl FnOnce(&mut Account),
    ) -> Result<(), StoreError> {
        self.set(|state| state.edit(account, set))
    }

    /// Sets the number of an account's next transaction; what waits with an earlier one is dropped.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn set_nonce(&self, account: Address, next: u64) -> Result<(), StoreError> {
        let mut inner = self.lock();
        let inner = &mut *inner;
        let set = |state: &mut State| state.edit(account, |it| it.nonce = next);
        inner.chain.edit(set)?;
        let chain = &inner.chain;
        inner.pool.forget_past(|account| nonce(chain, account))
    }

    /// Sets the code of an account.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then nothing is set.
    pub fn set_code(&self, account: Address, code: Bytes) -> Result<(), StoreError> {
        self.set(|state| state.set_code(account, code))
    }

    /// Sets what a slot of an account holds.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then nothing is set.
    pub fn set_storage(&self, account: Address, slot: U256, value: U256) -> Result<(), StoreError> {
        self.set(|state| state.set_slot(account, slot, value))
    }

    /// Lets so many seconds go by. Returns by how many the clock is ahead of the machine's then.
    pub fn increase_time(&self, seconds: u64) -> i128 {
        let mut inner = self.lock();
        inner.chain.increase_time(seconds);
        inner.clock.increase(seconds)
    }

    /// Sets the time, which goes on from there. Returns by how many seconds the clock is ahead of the machine's then.
    ///
    /// # Errors
    /// [`PastTime`] if the last block is later.
    pub fn set_time(&self, time: u64) -> Result<i128, PastTime> {
        let mut inner = self.lock();
        inner.chain.set_next_timestamp(time)?;
        Ok(inner.clock.set(clock::now(), time))
    }

    /// Sets the time of the next block, from which it goes on.
    ///
    /// # Errors
    /// [`PastTime`] if the last block is later.
    pub fn set_next_timestamp(&self, time: u64) -> Result<(), PastTime> {
        let mut inner = self.lock();
        inner.chain.set_next_timestamp(time)?;
        inner.clock.fix(time);
        Ok(())
    }

    /// Sets the seconds from each block to the next; none lets the clock decide. Returns what it was.
    pub fn set_block_interval(&self, seconds: Option<u64>) -> Option<u64> {
        let mut inner = self.lock();
        std::mem::replace(&mut inner.clock.interval, seconds)
    }
}

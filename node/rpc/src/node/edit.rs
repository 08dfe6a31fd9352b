//! Setting by hand what a transaction would not.

use super::{Node, clock};
use alloy_primitives::{Address, Bytes, U256};
use stylus_chain::Chain;
use stylus_chain::chain::PastTime;

impl Node {
    /// Changes the chain by hand.
    pub fn edit<T>(&self, edit: impl FnOnce(&mut Chain) -> T) -> T {
        edit(&mut self.lock().chain)
    }

    /// Sets the wei an account has.
    pub fn set_balance(&self, account: Address, balance: U256) {
        self.edit(|chain| chain.set_balance(account, balance));
    }

    /// Gives an account wei on top of what it has.
    pub fn add_balance(&self, account: Address, more: U256) {
        self.edit(|chain| {
            let balance = chain.balance(account).saturating_add(more);
            chain.set_balance(account, balance);
        });
    }

    /// Sets the number of an account's next transaction; what waits with an earlier one is dropped.
    pub fn set_nonce(&self, account: Address, nonce: u64) {
        let mut inner = self.lock();
        let inner = &mut *inner;
        inner.chain.set_nonce(account, nonce);
        inner.pool.forget_past(|account| inner.chain.nonce(account));
    }

    /// Sets the code of an account.
    pub fn set_code(&self, account: Address, code: Bytes) {
        self.edit(|chain| chain.set_code(account, code));
    }

    /// Sets what a slot of an account holds.
    pub fn set_storage(&self, account: Address, slot: U256, value: U256) {
        self.edit(|chain| chain.set_storage(account, slot, value));
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

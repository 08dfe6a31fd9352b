//! Where the state of a chain is kept: the one seam between what runs transactions and what remembers their effects.
//!
//! A [`Store`] remembers, a [`View`] reads it as it was at one moment, and a [`State`] is what a transaction runs on: a view
//! with what was written on top. Nothing is copied to read, to call, to estimate or to take a snapshot.

mod boxed;
mod changes;
mod error;
mod memory;
mod overlay;
mod state;
mod writes;

pub use changes::{AccountChange, Change, Changes};
pub use error::StoreError;
pub use memory::Memory;
pub(crate) use overlay::Overlay;
pub use state::State;
pub use writes::bytecode;
pub use writes::{AccountWrites, Writes};

use crate::block::Block;
use crate::config::Config;
use alloy_primitives::{Address, B256, Bloom, KECCAK256_EMPTY, U256};
use revm::bytecode::Bytecode;
use revm::state::AccountInfo;
use std::fmt::Debug;
use std::sync::Arc;

/// An account without its storage. One with nothing in it is the same as none (EIP-161).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its wei.
    pub balance: U256,
    /// Transactions it has sent, or contracts it has created.
    pub nonce: u64,
    /// keccak of its code.
    pub code_hash: B256,
}

impl Account {
    /// Whether there is nothing in it, which is to say no such account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The hash of its code as `EXTCODEHASH` has it: zero if there is no such account.
    #[must_use]
    pub fn existing_code_hash(&self) -> B256 {
        if self.is_empty() {
            B256::ZERO
        } else {
            self.code_hash
        }
    }
}

impl Default for Account {
    fn default() -> Self {
        Self {
            balance: U256::ZERO,
            nonce: 0,
            code_hash: KECCAK256_EMPTY,
        }
    }
}

impl From<&AccountInfo> for Account {
    fn from(info: &AccountInfo) -> Self {
        Self {
            balance: info.balance,
            nonce: info.nonce,
            code_hash: if info.code_hash.is_zero() {
                KECCAK256_EMPTY
            } else {
                info.code_hash
            },
        }
    }
}

/// Names a moment in the life of a store: it grows by one with every commit. 0 is the store with nothing in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);

/// The state at one moment. It stays the same whatever the store does meanwhile, and may be read on another thread.
pub trait View: Debug + Send + Sync {
    /// What an account has; the empty account where there is none.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn account(&self, address: Address) -> Result<Account, StoreError>;

    /// What a slot of an account holds; zero where nothing was ever written.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn slot(&self, address: Address, slot: U256) -> Result<U256, StoreError>;

    /// The code with this hash, which some account has or had.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell, or has no such code.
    fn code(&self, hash: B256) -> Result<Bytecode, StoreError>;

    /// The hash of a block of this chain; none if the chain had not come to it.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn block_hash(&self, number: u64) -> Result<Option<B256>, StoreError>;
}

/// Where a transaction is: the number of its block, and its index there, of which 0 is ArbOS's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The number of its block.
    pub block: u64,
    /// Its index there.
    pub index: usize,
}

/// An account with its slots that are not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Whose it is.
    pub address: Address,
    /// What it has.
    pub account: Account,
    /// Its slots.
    pub slots: Vec<(U256, U256)>,
}

/// Keeps a chain: its blocks, the state as it is, as each block left it, and what each block changed.
///
/// An account that is nothing may have storage if that was set by hand, as anvil and hardhat have it. The first transaction
/// that touches it and leaves it with nothing takes the storage away (EIP-161).
///
/// What is committed belongs to the block that is sealed next, also what was set by hand and not by a transaction. So the
/// changes of all blocks, one after the other, are the whole state.
pub trait Store: Debug + Send {
    /// The state as it is now.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    fn head(&self) -> Result<Arc<dyn View>, StoreError>;

    /// The state that a block left.
    ///
    /// # Errors
    /// A [`StoreError`] that names the block if it is not there or its state is not kept.
    fn at(&self, block: u64) -> Result<Arc<dyn View>, StoreError>;

    /// The state that a block began with: as the block before left it, with what was set by hand since.
    ///
    /// # Errors
    /// A [`StoreError`] that names the block if it is not there or that state is not kept.
    fn before(&self, block: u64) -> Result<Arc<dyn View>, StoreError>;

    /// The moment that [`head`](Self::head) shows, to go back to.
    fn revision(&self) -> Revision;

    /// The moment that sealed a block, to go back to.
    ///
    /// # Errors
    /// A [`StoreError`] that names the block if it is not there or its state is not kept.
    fn revision_after(&self, block: u64) -> Result<Revision, StoreError>;

    /// Remembers what was written, all or nothing. With a block it seals that; the first is genesis, number 0.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then it is as before.
    fn commit(&mut self, writes: Writes, block: Option<Arc<Block>>) -> Result<(), StoreError>;

    /// Forgets all that was committed after a moment, at a cost of what that was. A moment that is not past changes nothing.
    /// Returns the blocks that are gone, the first one first.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then it is as before.
    fn roll_back(&mut self, to: Revision) -> Result<Vec<Arc<Block>>, StoreError>;

    /// What a block changed: its transactions, and what was set by hand since the block before.
    ///
    /// # Errors
    /// A [`StoreError`] that names the block if it is not there or its changes are not kept.
    fn changes(&self, block: u64) -> Result<Changes, StoreError>;

    /// What was set by hand since the last block.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn pending(&self) -> Result<Changes, StoreError>;

    /// Shows the whole state as it is now, account by account, in no order.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn walk(&self, show: &mut dyn FnMut(Whole)) -> Result<(), StoreError>;

    /// Holds from now on what a store in memory does, in place of all that it held, for a chain with these settings.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails; then it is as before.
    fn restart(&mut self, from: Memory, config: &Config) -> Result<(), StoreError>;

    /// The settings that it was last given to keep, if it keeps any.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn config(&self) -> Result<Option<Config>, StoreError> {
        Ok(None)
    }

    /// The number of the last block; none if nothing was ever sealed.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn last_block(&self) -> Result<Option<u64>, StoreError>;

    /// The block with this number, if there is one.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn block(&self, number: u64) -> Result<Option<Arc<Block>>, StoreError>;

    /// The number of the block with this hash, if there is one.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn block_number(&self, hash: B256) -> Result<Option<u64>, StoreError>;

    /// Where the transaction with this hash is, if there is one. Of several it is the last: with a nonce that was set back by
    /// hand, a transaction comes again.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn transaction(&self, hash: B256) -> Result<Option<At>, StoreError>;

    /// The bloom filter of a block's logs, which may be told for less than the block.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    fn bloom(&self, number: u64) -> Result<Option<Bloom>, StoreError> {
        let block = self.block(number)?;
        Ok(block.map(|block| block.header.logs_bloom))
    }
}

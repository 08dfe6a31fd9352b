//! A store in memory: each account and each slot with its history, and for each revision the keys it wrote.

mod cuts;
mod history;
mod index;
mod kept;
mod tables;

use super::{Account, At, Changes, Revision, Store, StoreError, View, Whole, Writes};
use crate::block::Block;
use crate::config::Config;
use alloy_primitives::{Address, B256, U256};
use cuts::Place;
use revm::bytecode::Bytecode;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tables::Tables;

/// A store in memory, which never fails: its own methods say so.
///
/// Views share its tables, which only grow while nobody goes back, so a view costs nothing and is never copied. Memory grows
/// by what each block changed.
#[derive(Default)]
pub struct Memory(Arc<RwLock<Tables>>);

impl Memory {
    /// A store that begins with a state, and with the blocks that led to it, genesis first. Only the last of them has its state
    /// kept.
    #[must_use]
    pub fn restored(writes: Writes, blocks: Vec<Arc<Block>>) -> Self {
        Self(Arc::new(RwLock::new(Tables::restored(writes, blocks))))
    }

    /// The state as it is now.
    #[must_use]
    pub fn head(&self) -> Arc<dyn View> {
        let place = self.tables().now();
        self.view(place)
    }

    /// Remembers what was written, and seals a block if there is one.
    pub fn commit(&mut self, writes: Writes, block: Option<Arc<Block>>) {
        self.tables_mut().commit(writes, block);
    }

    /// Forgets all that was committed after a moment. Returns the blocks that are gone, the first one first.
    pub fn roll_back(&mut self, to: Revision) -> Vec<Arc<Block>> {
        self.tables_mut().roll_back(to.0)
    }

    /// All blocks, genesis first.
    #[must_use]
    pub fn blocks(&self) -> Vec<Arc<Block>> {
        self.tables().blocks().cloned().collect()
    }

    /// The first block whose state is kept.
    #[must_use]
    pub fn first_kept(&self) -> u64 {
        self.tables().first_kept()
    }

    /// All that was committed, as it is kept, oldest first: what was written, with the block that it sealed.
    pub fn commits(&self) -> impl Iterator<Item = (Writes, Option<Arc<Block>>)> + '_ {
        (1..).map_while(|revision| self.tables().commit_of(revision))
    }

    /// The block with this number.
    #[must_use]
    pub fn block(&self, number: u64) -> Option<Arc<Block>> {
        self.tables().block(number).cloned()
    }

    /// The number of the block with this hash.
    #[must_use]
    pub fn block_number(&self, hash: B256) -> Option<u64> {
        self.tables().block_number(hash)
    }

    /// Where the transaction with this hash is.
    #[must_use]
    pub fn transaction(&self, hash: B256) -> Option<At> {
        self.tables().transaction(hash)
    }

    /// Names the last block by another hash.
    #[cfg(feature = "replay")]
    pub(crate) fn rename_last(&mut self, hash: B256) {
        self.tables_mut().rename_last(hash);
    }

    /// What an account has now.
    #[must_use]
    pub fn account(&self, address: Address) -> Account {
        let tables = self.tables();
        let kept = tables.accounts().get(&address);
        kept.map_or_else(Account::default, |kept| kept.account.now())
    }

    /// What a slot of an account holds now.
    #[must_use]
    pub fn slot(&self, address: Address, slot: U256) -> U256 {
        let tables = self.tables();
        let kept = tables.accounts().get(&address);
        let slot = kept.and_then(|kept| kept.slots.get(&slot));
        slot.map_or(U256::ZERO, |slot| slot.now())
    }

    /// The code of an account now.
    #[must_use]
    pub fn code_of(&self, address: Address) -> Bytecode {
        let hash = self.account(address).code_hash;
        self.tables().code(hash).unwrap_or_default()
    }

    /// Every account that there is or was, in order.
    #[must_use]
    pub fn addresses(&self) -> Vec<Address> {
        let mut addresses: Vec<_> = self.tables().accounts().keys().copied().collect();
        addresses.sort_unstable();
        addresses
    }

    /// All slots of an account that are not zero now.
    #[must_use]
    pub fn slots(&self, address: Address) -> BTreeMap<U256, U256> {
        let tables = self.tables();
        let kept = tables.accounts().get(&address);
        let slots = kept.into_iter().flat_map(|kept| &kept.slots);
        slots
            .map(|(slot, value)| (*slot, value.now()))
            .filter(|(_, value)| !value.is_zero())
            .collect()
    }

    fn view(&self, place: Place) -> Arc<dyn View> {
        Arc::new(Shown {
            tables: Arc::clone(&self.0),
            place,
        })
    }

    fn tables(&self) -> RwLockReadGuard<'_, Tables> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn tables_mut(&self) -> RwLockWriteGuard<'_, Tables> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A copy of all tables, with a life of its own from here on.
impl Clone for Memory {
    fn clone(&self) -> Self {
        Self(Arc::new(RwLock::new(self.tables().clone())))
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let accounts = self.tables().accounts().len();
        f.debug_struct("Memory")
            .field("accounts", &accounts)
            .finish_non_exhaustive()
    }
}

impl Store for Memory {
    fn head(&self) -> Result<Arc<dyn View>, StoreError> {
        Ok(Self::head(self))
    }

    fn at(&self, block: u64) -> Result<Arc<dyn View>, StoreError> {
        let place = self.tables().after(block)?;
        Ok(self.view(place))
    }

    fn before(&self, block: u64) -> Result<Arc<dyn View>, StoreError> {
        let place = self.tables().before(block)?;
        Ok(self.view(place))
    }

    fn revision(&self) -> Revision {
        Revision(self.tables().revision())
    }

    fn revision_after(&self, block: u64) -> Result<Revision, StoreError> {
        let place = self.tables().after(block)?;
        Ok(Revision(place.revision))
    }

    fn commit(&mut self, writes: Writes, block: Option<Arc<Block>>) -> Result<(), StoreError> {
        Self::commit(self, writes, block);
        Ok(())
    }

    fn roll_back(&mut self, to: Revision) -> Result<Vec<Arc<Block>>, StoreError> {
        Ok(Self::roll_back(self, to))
    }

    fn changes(&self, block: u64) -> Result<Changes, StoreError> {
        self.tables().changes(block)
    }

    fn pending(&self) -> Result<Changes, StoreError> {
        Ok(self.tables().pending())
    }

    fn walk(&self, show: &mut dyn FnMut(Whole)) -> Result<(), StoreError> {
        self.tables().walk(show);
        Ok(())
    }

    fn restart(&mut self, from: Memory, _: &Config) -> Result<(), StoreError> {
        *self = from;
        Ok(())
    }

    fn last_block(&self) -> Result<Option<u64>, StoreError> {
        Ok(self.tables().last_block())
    }

    fn block(&self, number: u64) -> Result<Option<Arc<Block>>, StoreError> {
        Ok(Self::block(self, number))
    }

    fn block_number(&self, hash: B256) -> Result<Option<u64>, StoreError> {
        Ok(Self::block_number(self, hash))
    }

    fn transaction(&self, hash: B256) -> Result<Option<At>, StoreError> {
        Ok(Self::transaction(self, hash))
    }
}

/// The tables as they were at one place.
struct Shown {
    tables: Arc<RwLock<Tables>>,
    place: Place,
}

impl Shown {
    fn tables(&self) -> RwLockReadGuard<'_, Tables> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shown").field(&self.place).finish()
    }
}

impl View for Shown {
    fn account(&self, address: Address) -> Result<Account, StoreError> {
        self.tables().account(self.place, address)
    }

    fn slot(&self, address: Address, slot: U256) -> Result<U256, StoreError> {
        self.tables().slot(self.place, address, slot)
    }

    fn code(&self, hash: B256) -> Result<Bytecode, StoreError> {
        let code = self.tables().code(hash);
        code.ok_or(StoreError::NoCode { hash })
    }

    fn block_hash(&self, number: u64) -> Result<Option<B256>, StoreError> {
        self.tables().block_hash(self.place, number)
    }
}

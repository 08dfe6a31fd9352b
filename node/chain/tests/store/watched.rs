//! A store that notes what is read of it, and fails when it is told to.

use alloy_primitives::{Address, B256, U256};
use revm::bytecode::Bytecode;
use std::io;
use std::sync::{Arc, Mutex};
use stylus_chain::block::Block;
use stylus_chain::store::{
    Account, At, Changes, Memory, Revision, Store, StoreError, View, Whole, Writes,
};
use stylus_chain::{Chain, Config};

/// Something that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Read {
    Account(Address),
    Slot(Address, U256),
    Code(B256),
    BlockHash(u64),
}

/// What was read, in order, and after how much more the store fails; what is written counts as well.
#[derive(Debug, Default)]
struct Notes {
    reads: Vec<Read>,
    left: Option<usize>,
}

impl Notes {
    fn count(&mut self) -> Result<(), StoreError> {
        match &mut self.left {
            Some(0) => Err(failure()),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// A store in memory that is watched.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    memory: Memory,
    notes: Arc<Mutex<Notes>>,
}

/// What a watched store has to say, while a chain has the store itself.
#[derive(Debug)]
pub(crate) struct Watcher(Arc<Mutex<Notes>>);

/// A chain over a store that is watched.
pub(crate) fn watched() -> (Chain<Watched>, Watcher) {
    let store = Watched::default();
    let watcher = Watcher(Arc::clone(&store.notes));
    let chain = Chain::over(Default::default(), store).expect("the store has not failed yet");
    (chain, watcher)
}

impl Watcher {
    /// What something reads.
    pub(crate) fn reads_of<T>(&self, act: impl FnOnce() -> T) -> Vec<Read> {
        self.0.lock().expect("no panic").reads.clear();
        act();
        self.0.lock().expect("no panic").reads.clone()
    }

    /// Lets so many more reads and writes go well, or all.
    pub(crate) fn fail_after(&self, left: Option<usize>) {
        self.0.lock().expect("no panic").left = left;
    }
}

/// How the store fails.
pub(crate) fn failure() -> StoreError {
    StoreError::failed(io::Error::other("the disk is gone"))
}

impl Watched {
    fn watch(&self, view: Arc<dyn View>) -> Arc<dyn View> {
        Arc::new(WatchedView {
            view,
            notes: Arc::clone(&self.notes),
        })
    }
}

impl Store for Watched {
    fn head(&self) -> Result<Arc<dyn View>, StoreError> {
        Ok(self.watch(self.memory.head()))
    }

    fn at(&self, block: u64) -> Result<Arc<dyn View>, StoreError> {
        Ok(self.watch(self.memory.at(block)?))
    }

    fn before(&self, block: u64) -> Result<Arc<dyn View>, StoreError> {
        Ok(self.watch(self.memory.before(block)?))
    }

    fn revision(&self) -> Revision {
        self.memory.revision()
    }

    fn commit(&mut self, writes: Writes, block: Option<Arc<Block>>) -> Result<(), StoreError> {
        self.notes.lock().expect("no panic").count()?;
        self.memory.commit(writes, block);
        Ok(())
    }

    fn roll_back(&mut self, to: Revision) -> Result<Vec<Arc<Block>>, StoreError> {
        self.notes.lock().expect("no panic").count()?;
        Ok(self.memory.roll_back(to))
    }

    fn revision_after(&self, block: u64) -> Result<Revision, StoreError> {
        self.memory.revision_after(block)
    }

    fn changes(&self, block: u64) -> Result<Changes, StoreError> {
        self.memory.changes(block)
    }

    fn pending(&self) -> Result<Changes, StoreError> {
        self.memory.pending()
    }

    fn walk(&self, show: &mut dyn FnMut(Whole)) -> Result<(), StoreError> {
        self.memory.walk(show)
    }

    fn restart(&mut self, from: Memory, config: &Config) -> Result<(), StoreError> {
        self.notes.lock().expect("no panic").count()?;
        self.memory.restart(from, config)
    }

    fn last_block(&self) -> Result<Option<u64>, StoreError> {
        self.memory.last_block()
    }

    fn block(&self, number: u64) -> Result<Option<Arc<Block>>, StoreError> {
        Ok(self.memory.block(number))
    }

    fn block_number(&self, hash: B256) -> Result<Option<u64>, StoreError> {
        Ok(self.memory.block_number(hash))
    }

    fn transaction(&self, hash: B256) -> Result<Option<At>, StoreError> {
        Ok(self.memory.transaction(hash))
    }
}

#[derive(Debug)]
struct WatchedView {
    view: Arc<dyn View>,
    notes: Arc<Mutex<Notes>>,
}

impl WatchedView {
    fn note(&self, read: Read) -> Result<(), StoreError> {
        let mut notes = self.notes.lock().expect("no panic");
        notes.count()?;
        notes.reads.push(read);
        Ok(())
    }
}

impl View for WatchedView {
    fn account(&self, address: Address) -> Result<Account, StoreError> {
        self.note(Read::Account(address))?;
        self.view.account(address)
    }

    fn slot(&self, address: Address, slot: U256) -> Result<U256, StoreError> {
        self.note(Read::Slot(address, slot))?;
        self.view.slot(address, slot)
    }

    fn code(&self, hash: B256) -> Result<Bytecode, StoreError> {
        self.note(Read::Code(hash))?;
        self.view.code(hash)
    }

    fn block_hash(&self, number: u64) -> Result<Option<B256>, StoreError> {
        self.note(Read::BlockHash(number))?;
        self.view.block_hash(number)
    }
}

//! A store whose kind shows only when it runs.

use super::{At, Changes, Memory, Revision, Store, StoreError, View, Whole, Writes};
use crate::block::Block;
use crate::config::Config;
use alloy_primitives::{B256, Bloom};
use std::sync::Arc;

impl Store for Box<dyn Store> {
    fn head(&self) -> Result<Arc<dyn View>, StoreError> {
        (**self).head()
    }

    fn at(&self, block: u64) -> Result<Arc<dyn View>, StoreError> {
        (**self).at(block)
    }

    fn before(&self, block: u64) -> Result<Arc<dyn View>, StoreError> {
        (**self).before(block)
    }

    fn revision(&self) -> Revision {
        (**self).revision()
    }

    fn revision_after(&self, block: u64) -> Result<Revision, StoreError> {
        (**self).revision_after(block)
    }

    fn commit(&mut self, writes: Writes, block: Option<Arc<Block>>) -> Result<(), StoreError> {
        (**self).commit(writes, block)
    }

    fn roll_back(&mut self, to: Revision) -> Result<Vec<Arc<Block>>, StoreError> {
        (**self).roll_back(to)
    }

    fn changes(&self, block: u64) -> Result<Changes, StoreError> {
        (**self).changes(block)
    }

    fn pending(&self) -> Result<Changes, StoreError> {
        (**self).pending()
    }

    fn walk(&self, show: &mut dyn FnMut(Whole)) -> Result<(), StoreError> {
        (**self).walk(show)
    }

    fn restart(&mut self, from: Memory, config: &Config) -> Result<(), StoreError> {
        (**self).restart(from, config)
    }

    fn config(&self) -> Result<Option<Config>, StoreError> {
        (**self).config()
    }

    fn last_block(&self) -> Result<Option<u64>, StoreError> {
        (**self).last_block()
    }

    fn block(&self, number: u64) -> Result<Option<Arc<Block>>, StoreError> {
        (**self).block(number)
    }

    fn block_number(&self, hash: B256) -> Result<Option<u64>, StoreError> {
        (**self).block_number(hash)
    }

    fn transaction(&self, hash: B256) -> Result<Option<At>, StoreError> {
        (**self).transaction(hash)
    }

    fn bloom(&self, number: u64) -> Result<Option<Bloom>, StoreError> {
        (**self).bloom(number)
    }
}

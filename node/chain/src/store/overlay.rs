//! A state with something written over it that no store keeps.

use super::{Account, StoreError, View, Writes};
use alloy_primitives::{Address, B256, U256};
use revm::bytecode::Bytecode;
use std::sync::Arc;

/// What a view shows, with what was written on top.
#[derive(Debug)]
pub(crate) struct Overlay {
    below: Arc<dyn View>,
    writes: Writes,
}

impl Overlay {
    pub(crate) const fn new(below: Arc<dyn View>, writes: Writes) -> Self {
        Self { below, writes }
    }
}

impl View for Overlay {
    fn account(&self, address: Address) -> Result<Account, StoreError> {
        let written = self.writes.account(address);
        written.map_or_else(|| self.below.account(address), Ok)
    }

    fn slot(&self, address: Address, slot: U256) -> Result<U256, StoreError> {
        let written = self.writes.slot(address, slot);
        written.map_or_else(|| self.below.slot(address, slot), Ok)
    }

    fn code(&self, hash: B256) -> Result<Bytecode, StoreError> {
        let written = self.writes.code(hash).cloned();
        written.map_or_else(|| self.below.code(hash), Ok)
    }

    fn block_hash(&self, number: u64) -> Result<Option<B256>, StoreError> {
        self.below.block_hash(number)
    }
}

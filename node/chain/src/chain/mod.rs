//! The chain: blocks of transactions over a state in memory.

mod accounts;
mod block;
mod estimate;
mod execute;
mod logs;
mod programs;
mod receipt;
mod snapshot;
mod stored;
mod time;
mod transaction;

pub use crate::config::Config;
pub use crate::evm::ExecError as TxError;
pub use block::Block;
pub use estimate::EstimateError;
pub use logs::{ChainLog, Filter};
pub use receipt::{Executed, Outcome, Receipt, Status};
pub use snapshot::SnapshotId;
pub use stored::DecodeError;
pub use time::{PastL1Block, PastTime};
pub use transaction::Transaction;

use crate::context::State;
use crate::genesis;
use crate::wasm::modules::Modules;
use alloy_primitives::B256;
use snapshot::Snapshot;
use std::sync::Arc;
use time::Next;

/// A chain in this process. The same settings and transactions give the same blocks, to the hash.
#[derive(Clone, Debug)]
pub struct Chain {
    config: Config,
    state: State,
    blocks: Vec<Block>,
    hashes: Arc<Vec<B256>>,
    next: Next,
    snapshots: Vec<Snapshot>,
    next_snapshot: u64,
    modules: Modules,
}

impl Chain {
    /// A chain with nothing in it but its genesis.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let state = genesis::state(&config);
        let genesis = Block::genesis(&config);
        Self::from_parts(config, state, vec![genesis])
    }

    fn from_parts(config: Config, state: State, blocks: Vec<Block>) -> Self {
        let hashes = Arc::new(blocks.iter().map(|block| block.hash).collect());
        Self {
            next: Next::first(&config),
            config,
            state,
            blocks,
            hashes,
            snapshots: Vec::new(),
            next_snapshot: 0,
            modules: Modules::default(),
        }
    }

    /// The settings.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Turns the tracing of later executions on or off.
    pub const fn set_trace(&mut self, trace: bool) {
        self.config.trace = trace;
    }

    /// The number of the last block.
    #[must_use]
    pub fn block_number(&self) -> u64 {
        self.blocks.last().map_or(0, |block| block.number)
    }

    /// All blocks, genesis first.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block with this number.
    #[must_use]
    pub fn block(&self, number: u64) -> Option<&Block> {
        self.blocks.get(usize::try_from(number).ok()?)
    }

    /// What became of the transaction with this hash.
    #[must_use]
    pub fn receipt(&self, transaction_hash: B256) -> Option<&Receipt> {
        // what is asked for is mostly new
        self.blocks
            .iter()
            .rev()
            .flat_map(|block| &block.receipts)
            .find(|receipt| receipt.transaction_hash == transaction_hash)
    }

    /// What became of all transactions, oldest first.
    pub fn receipts(&self) -> impl Iterator<Item = &Receipt> {
        self.blocks.iter().flat_map(|block| &block.receipts)
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self::new(Config::default())
    }
}

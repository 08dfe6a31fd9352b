//! The chain: blocks of transactions over a state in a store.

mod access;
mod accounts;
mod again;
mod block_gas;
mod estimate;
mod execute;
mod found;
mod logs;
mod moment;
pub mod node_interface;
mod outcome;
mod programs;
mod proof;
mod raw;
mod refused;
mod resumed;
mod roots;
mod seal;
mod signed;
mod simulated;
mod snapshot;
pub mod start;
mod stored;
mod supposed;
mod time;
mod transaction;

pub use crate::block::{Block, Receipt, Status, header};
pub use crate::config::Config;
pub use crate::evm::ExecError as TxError;
pub use again::{Again, Watched};
pub use estimate::EstimateError;
pub use logs::{ChainLog, Filter};
pub use moment::Moment;
pub use outcome::{Executed, Outcome};
pub use raw::{SendError, Sent};
pub use refused::Refused;
pub use resumed::ResumeError;
pub use roots::StateRoot;
pub use seal::Pending;
pub use signed::SignedTransaction;
pub use simulated::{Manner, Named, Simulation};
pub use snapshot::SnapshotId;
pub use stored::DecodeError;
pub use supposed::SupposedBlock;
pub use time::{PastL1Block, PastTime};
pub use transaction::Transaction;

use crate::config::SEQUENCER;
use crate::genesis;
use crate::store::{Memory, Store, StoreError};
use crate::wasm::modules::Modules;
use alloy_primitives::Address;
use roots::Roots;
use snapshot::Snapshot;
use std::sync::Arc;
use time::Next;

/// A chain in this process. The same settings and transactions give the same blocks, to the hash.
///
/// Its state is in a store, by default in memory. What such a chain holds is read off it directly; over a store that may fail
/// it is read at a [`Moment`].
#[derive(Clone, Debug)]
pub struct Chain<S = Memory> {
    config: Config,
    store: S,
    last: Arc<Block>,
    roots: Roots,
    next: Next,
    snapshots: Vec<Snapshot>,
    next_snapshot: u64,
    /// Who is named as the maker of blocks to come.
    beneficiary: Address,
    modules: Modules,
}

impl Chain {
    /// A chain with nothing in it but its genesis.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let writes = genesis::state(&config);
        let roots = Roots::of(&writes);
        let genesis = Arc::new(Block::genesis(&config, roots.root()));
        let mut store = Memory::default();
        store.commit(writes, Some(Arc::clone(&genesis)));
        Self::from_parts(config, store, genesis, roots)
    }

    /// Names the last block by a hash that it does not have by itself, as contracts then see it: for replaying another
    /// chain's blocks, whose hashes cannot all be computed here. No later block's header leads to it.
    #[cfg(feature = "replay")]
    pub fn set_last_hash(&mut self, hash: alloy_primitives::B256) {
        Arc::make_mut(&mut self.last).hash = hash;
        self.store.rename_last(hash);
    }
}

impl<S: Store> Chain<S> {
    /// A chain with nothing in it but its genesis, over a store with nothing in it.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn over(config: Config, mut store: S) -> Result<Self, StoreError> {
        let writes = genesis::state(&config);
        let roots = Roots::of(&writes);
        let genesis = Arc::new(Block::genesis(&config, roots.root()));
        store.commit(writes, Some(Arc::clone(&genesis)))?;
        Ok(Self::from_parts(config, store, genesis, roots))
    }

    fn from_parts(config: Config, store: S, last: Arc<Block>, roots: Roots) -> Self {
        Self {
            next: Next::first(&config),
            config,
            store,
            last,
            roots,
            snapshots: Vec::new(),
            next_snapshot: 0,
            beneficiary: SEQUENCER,
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

    /// Where it is kept.
    #[must_use]
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// The last block.
    #[must_use]
    pub const fn last(&self) -> &Arc<Block> {
        &self.last
    }

    /// The number of the last block.
    #[must_use]
    pub fn block_number(&self) -> u64 {
        self.last.number
    }

    /// A block that is to be there.
    fn kept_block(&self, block: u64) -> Result<Arc<Block>, StoreError> {
        let last = self.block_number();
        let kept = self.store.block(block)?;
        kept.ok_or(StoreError::NoBlock { block, last })
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self::new(Config::default())
    }
}

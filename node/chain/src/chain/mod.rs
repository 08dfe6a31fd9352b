//! The chain: blocks of transactions over a state in a store.

mod access;
mod accounts;
mod again;
mod block;
mod block_gas;
mod estimate;
mod execute;
pub mod header;
mod index;
mod logs;
mod moment;
pub mod node_interface;
mod programs;
mod proof;
mod raw;
mod receipt;
mod refused;
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

pub use crate::config::Config;
pub use crate::evm::ExecError as TxError;
pub use again::{Again, Watched};
pub use block::Block;
pub use estimate::EstimateError;
pub use logs::{ChainLog, Filter};
pub use moment::Moment;
pub use raw::{SendError, Sent};
pub use receipt::{Executed, Outcome, Receipt, Status};
pub use refused::Refused;
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
use index::Index;
use roots::Roots;
use snapshot::Snapshot;
use time::Next;

/// A chain in this process. The same settings and transactions give the same blocks, to the hash.
///
/// Its state is in a store, by default in memory. What such a chain holds is read off it directly; over a store that may fail
/// it is read at a [`Moment`].
#[derive(Clone, Debug)]
pub struct Chain<S = Memory> {
    config: Config,
    store: S,
    blocks: Vec<Block>,
    index: Index,
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
        let genesis = Block::genesis(&config, roots.root());
        let mut store = Memory::default();
        store.commit(writes, Some(genesis.hash));
        Self::from_parts(config, store, vec![genesis], roots)
    }

    /// Names the last block by a hash that it does not have by itself, as contracts then see it: for replaying another
    /// chain's blocks, whose hashes cannot all be computed here. No later block's header leads to it.
    #[cfg(feature = "replay")]
    pub fn set_last_hash(&mut self, hash: alloy_primitives::B256) {
        if let Some(last) = self.blocks.last_mut() {
            self.index.remove(last);
            last.hash = hash;
            self.index.add(last);
            self.store.rename_last(hash);
        }
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
        let genesis = Block::genesis(&config, roots.root());
        store.commit(writes, Some(genesis.hash))?;
        Ok(Self::from_parts(config, store, vec![genesis], roots))
    }

    fn from_parts(config: Config, store: S, blocks: Vec<Block>, roots: Roots) -> Self {
        Self {
            next: Next::first(&config),
            config,
            store,
            index: Index::of(&blocks),
            blocks,
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

//! Reading the chain.

use super::{Inner, Node};
use alloy_consensus::Header;
use alloy_eips::{BlockId, BlockNumberOrTag};
use stylus_chain::chain::{Block, Moment, Pending, StateRoot};
use stylus_chain::store::StoreError;
use stylus_chain::{Chain, TxError};

/// Why there is no state to read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoMoment {
    /// There is no such block.
    #[error("header not found")]
    NoBlock,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The next block cannot begin.
    #[error(transparent)]
    Begin(#[from] TxError),
}

impl Inner {
    /// What the next block would be, if anything waits that can run.
    fn pending(&mut self) -> Result<Option<Pending>, TxError> {
        self.wind();
        let chain = &self.chain;
        let ready = self.pool.ready(|account| chain.nonce(account));
        if ready.is_empty() {
            return Ok(None);
        }
        let sent: Vec<_> = ready.iter().map(|waiting| waiting.sent()).collect();
        chain.pending(&sent).map(Some)
    }
}

impl Node {
    /// What a reader makes of the chain. Nothing else happens meanwhile, so that it should be quick.
    pub fn chain<T>(&self, reader: impl FnOnce(&Chain) -> T) -> T {
        reader(&self.lock().chain)
    }

    /// What a reader makes of a block. *pending* is what the next one would be, or the last one if nothing waits that can run.
    pub fn of_block<T>(&self, id: BlockId, reader: impl FnOnce(&Block, u64) -> T) -> Option<T> {
        let mut inner = self.lock();
        let chain_id = inner.chain.config().chain_id;
        // one that cannot begin is none
        if id.is_pending()
            && let Ok(Some(pending)) = inner.pending()
        {
            return Some(reader(&pending.block, chain_id));
        }
        Some(reader(block(&inner.chain, id)?, chain_id))
    }

    /// The chain at a block, to be read and called while the node goes on. *latest* (and *safe* and *finalized*, since nothing
    /// here is ever undone but by hand) is the last block with what was set by hand since; *pending* is in the next block, after
    /// what waits and can run.
    ///
    /// # Errors
    /// [`NoMoment`] if there is no such block.
    pub fn moment(&self, block: BlockId) -> Result<Moment, NoMoment> {
        let mut inner = self.lock();
        if block.is_pending() {
            return match inner.pending()? {
                Some(pending) => Ok(pending.moment),
                None => Ok(inner.chain.head()?),
            };
        }
        let chain = &inner.chain;
        let number = number(chain, block).ok_or(NoMoment::NoBlock)?;
        if number == chain.block_number() {
            return Ok(chain.latest()?);
        }
        Ok(chain.at(number)?)
    }
}

/// What blocks that are only tried come after.
#[derive(Debug)]
pub struct Base {
    /// The chain at the end of a block.
    pub moment: Moment,
    /// That block's header.
    pub header: Header,
    /// The root of its state.
    pub root: StateRoot,
}

impl Node {
    /// A block to try others after.
    ///
    /// # Errors
    /// [`NoMoment`] if there is no such block.
    pub fn base(&self, block: BlockId) -> Result<Base, NoMoment> {
        let mut inner = self.lock();
        if block.is_pending()
            && let Some(pending) = inner.pending()?
        {
            return Ok(Base {
                header: pending.block.header,
                moment: pending.moment,
                root: pending.root,
            });
        }
        let chain = &inner.chain;
        let number = number(chain, block).ok_or(NoMoment::NoBlock)?;
        let block = chain.block(number).ok_or(NoMoment::NoBlock)?;
        let is_last = number == chain.block_number();
        Ok(Base {
            header: block.header.clone(),
            moment: match is_last {
                true => chain.latest()?,
                false => chain.at(number)?,
            },
            root: match is_last {
                true => chain.state_root(),
                false => chain.state_root_at(number)?,
            },
        })
    }
}

/// The number of a block; *pending* is the last one.
#[must_use]
pub fn number(chain: &Chain, block: BlockId) -> Option<u64> {
    match block {
        BlockId::Hash(hash) => chain
            .block_by_hash(hash.block_hash)
            .map(|block| block.number),
        BlockId::Number(BlockNumberOrTag::Earliest) => Some(0),
        BlockId::Number(BlockNumberOrTag::Number(number)) => {
            chain.block(number).map(|block| block.number)
        }
        BlockId::Number(_) => Some(chain.block_number()),
    }
}

/// The block itself; *pending* is the last one.
#[must_use]
pub fn block(chain: &Chain, block: BlockId) -> Option<&Block> {
    chain.block(number(chain, block)?)
}

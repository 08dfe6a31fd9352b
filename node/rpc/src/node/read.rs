//! Reading the chain.

use super::{Chain, Inner, Node};
use alloy_consensus::Header;
use alloy_eips::{BlockId, BlockNumberOrTag};
use alloy_primitives::Address;
use std::sync::Arc;
use stylus_chain::TxError;
use stylus_chain::chain::{Block, Moment, Pending, StateRoot};
use stylus_chain::store::{Store as _, StoreError};

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
        let ready = self.pool.ready(|account| nonce(chain, account))?;
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
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn of_block<T>(
        &self,
        id: BlockId,
        reader: impl FnOnce(&Block, u64) -> T,
    ) -> Result<Option<T>, StoreError> {
        let mut inner = self.lock();
        let chain_id = inner.chain.config().chain_id;
        // one that cannot begin is none
        if id.is_pending()
            && let Ok(Some(pending)) = inner.pending()
        {
            return Ok(Some(reader(&pending.block, chain_id)));
        }
        let block = block(&inner.chain, id)?;
        Ok(block.map(|block| reader(&block, chain_id)))
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
        let number = number(chain, block)?.ok_or(NoMoment::NoBlock)?;
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
        let block = self::block(chain, block)?.ok_or(NoMoment::NoBlock)?;
        let number = block.number;
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
///
/// # Errors
/// A [`StoreError`] if the store fails.
pub fn number(chain: &Chain, block: BlockId) -> Result<Option<u64>, StoreError> {
    let last = chain.block_number();
    Ok(match block {
        BlockId::Hash(hash) => return chain.store().block_number(hash.block_hash),
        BlockId::Number(BlockNumberOrTag::Earliest) => Some(0),
        BlockId::Number(BlockNumberOrTag::Number(number)) => (number <= last).then_some(number),
        BlockId::Number(_) => Some(last),
    })
}

/// The block itself; *pending* is the last one.
///
/// # Errors
/// A [`StoreError`] if the store fails.
pub fn block(chain: &Chain, block: BlockId) -> Result<Option<Arc<Block>>, StoreError> {
    match number(chain, block)? {
        Some(number) => chain.store().block(number),
        None => Ok(None),
    }
}

/// The number of an account's next transaction.
///
/// # Errors
/// A [`StoreError`] if the store fails.
pub fn nonce(chain: &Chain, account: Address) -> Result<u64, StoreError> {
    Ok(chain.store().head()?.account(account)?.nonce)
}

/// Wei for one gas in the next block.
///
/// # Errors
/// A [`StoreError`] if the store fails.
pub fn base_fee(chain: &Chain) -> Result<u64, StoreError> {
    Ok(chain.head()?.base_fee())
}

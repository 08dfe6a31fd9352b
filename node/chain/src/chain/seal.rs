//! Making a block of what was run.

use super::moment::Place;
use super::roots::Roots;
use super::start::StartTx;
use super::{Block, Chain, Moment, Receipt, Sent, StateRoot, TxError};
use crate::arbos::fields::root;
use crate::arbos::merkle;
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::block::hashed;
use crate::block::header::{Contents, HeaderInfo, header};
use crate::context::Context;
use crate::store::{State, Store, StoreError, Writes};
use alloy_primitives::{B256, Bytes, U256, keccak256};
use core::convert::Infallible;
use std::iter;
use std::sync::Arc;

/// What a block is to hold.
pub(super) struct Filled {
    pub(super) place: Place,
    pub(super) info: HeaderInfo,
    /// The receipts' transactions as they are hashed.
    pub(super) encoded: Vec<Bytes>,
    pub(super) receipts: Vec<Receipt>,
    pub(super) writes: Writes,
}

impl Filled {
    /// What has run in a context, in a block that has begun there.
    ///
    /// # Errors
    /// A [`StoreError`] if the store failed on the way.
    pub(super) fn new(
        place: Place,
        context: Context,
        encoded: Vec<Bytes>,
        receipts: Vec<Receipt>,
    ) -> Result<Self, StoreError> {
        let arbos = context.chain.arbos.number();
        let mut state = context.journaled_state.database;
        let Ok((send_count, send_root, _)) = merkle::state(&mut Sends(&mut state));
        let collects_tips = !state.slot(ARBOS_ACCOUNT, *root::COLLECT_TIPS).is_zero();
        Ok(Self {
            place,
            info: HeaderInfo {
                send_root,
                send_count,
                l1_block: place.l1_block,
                arbos,
                collects_tips,
            },
            encoded,
            receipts,
            writes: state.into_writes()?,
        })
    }
}

/// What the next block would be if it were made now.
#[derive(Debug)]
pub struct Pending {
    /// The block.
    pub block: Block,
    /// The chain as the block would leave it.
    pub moment: Moment,
    /// The root of that state.
    pub root: StateRoot,
}

impl<S: Store> Chain<S> {
    /// What the next block would be if it were made of these transactions now; those that are refused would not be in it.
    /// Nothing of it stays.
    ///
    /// # Errors
    /// A [`TxError`] if the block cannot begin or the store fails.
    pub fn pending(&self, transactions: &[Sent<'_>]) -> Result<Pending, TxError> {
        let (_, filled) = self.fill(transactions)?;
        let (block, writes, roots) = self.built(filled);
        let moment = self.moment(self.store.head()?, Place::of(&block), None);
        Ok(Pending {
            block,
            moment: moment.suppose(writes),
            root: roots.state_root(),
        })
    }

    /// Makes what was run the next block.
    pub(super) fn seal(&mut self, filled: Filled) -> Result<(), StoreError> {
        let (block, writes, mut roots) = self.built(filled);
        let block = Arc::new(block);
        self.store.commit(writes, Some(Arc::clone(&block)))?;
        roots.seal();
        self.roots = roots;
        self.next.timestamp = block.timestamp.saturating_add(1);
        self.last = block;
        Ok(())
    }

    /// The next block of what was run, with what it writes, and the roots once that is written.
    fn built(&self, filled: Filled) -> (Block, Writes, Roots) {
        let Filled {
            place,
            info,
            encoded,
            receipts,
            writes,
        } = filled;
        let start = StartTx {
            chain_id: self.config.chain_id,
            l1_base_fee: self.config.l1_base_fee,
            l1_block: place.l1_block,
            number: place.number,
            time_passed: place.timestamp.saturating_sub(self.last.timestamp),
        };
        let transactions: Vec<_> = iter::once(start.encoded()).chain(encoded).collect();
        let hashed: Vec<_> = iter::once(StartTx::receipt())
            .chain(hashed(&receipts))
            .collect();
        let mut roots = self.roots.clone();
        roots.apply(&writes);
        let header = header(&Contents {
            parent_hash: self.last.hash,
            number: place.number,
            timestamp: place.timestamp,
            base_fee: place.base_fee,
            beneficiary: place.beneficiary,
            state_root: roots.root(),
            info,
            transactions: &transactions,
            receipts: &hashed,
        });
        let block = Block::with_header(header, &info, transactions, receipts);
        (block, writes, roots)
    }
}

/// The tree of messages to the parent chain, read for nothing.
struct Sends<'a>(&'a mut State);

impl merkle::Access for Sends<'_> {
    type Error = Infallible;

    fn get(&mut self, slot: U256) -> Result<U256, Infallible> {
        Ok(self.0.slot(ARBOS_ACCOUNT, slot))
    }

    fn set(&mut self, slot: U256, value: U256) -> Result<(), Infallible> {
        self.0.set_slot(ARBOS_ACCOUNT, slot, value);
        Ok(())
    }

    fn hash(&mut self, bytes: &[u8]) -> Result<B256, Infallible> {
        Ok(keccak256(bytes))
    }
}

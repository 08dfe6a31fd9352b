//! Running a block again, with somebody watching.

use super::execute::Prepared;
use super::moment::Place;
use super::node_interface::NODE_INTERFACE;
use super::start::StartTx;
use super::{Chain, Moment, Outcome, Receipt, SignedTransaction, Transaction, TxError};
use crate::arbos::start::Start;
use crate::context::{Broken, Context, Unsupported};
use crate::evm;
use crate::store::{Store, StoreError};
use crate::watch::{Hold, Watcher};
use alloy_primitives::{B256, Bytes, keccak256};
use std::iter;

/// The state before a block, and what ran on it.
#[derive(Clone, Debug)]
pub struct Again {
    moment: Moment,
    hash: B256,
    start_input: Bytes,
    start_hash: B256,
    transactions: Vec<(B256, Option<Sent>)>,
    expected: Vec<Receipt>,
}

/// Who watched a transaction of a block, and its index there.
pub type Watched = (usize, Box<dyn Watcher>);

/// A transaction of a block.
#[derive(Clone, Debug)]
enum Sent {
    Signed(Box<SignedTransaction>),
    Unsigned(Box<Transaction>),
}

impl<S: Store> Chain<S> {
    /// A block to be run again. It stays the same while the chain goes on, and may be moved to another thread.
    ///
    /// # Errors
    /// A [`TxError`] if the block is not there or is genesis, or its state is not kept.
    pub fn again(&self, block: u64) -> Result<Again, TxError> {
        let last = self.block_number();
        let none = || StoreError::NoBlock { block, last };
        let parent = block.checked_sub(1).ok_or_else(none)?;
        let parent = self.kept_block(parent)?;
        let made = self.kept_block(block)?;
        let place = Place::of(&made);
        let start = Start {
            number: block,
            timestamp: made.timestamp,
            seconds: made.timestamp.saturating_sub(parent.timestamp),
            l1_block: made.l1_block,
            parent_hash: parent.hash,
        };
        let moment = self.moment(self.store.before(block)?, place, Some(start));
        let receipts = &made.receipts;
        let hashes = receipts.iter().map(|receipt| receipt.transaction_hash);
        let sent = made.transactions.iter().skip(1).map(|bytes| {
            let unsigned = Transaction::decode(bytes).map(|tx| Sent::Unsigned(Box::new(tx)));
            unsigned.or_else(|| {
                let signed = SignedTransaction::decode(bytes).ok()?;
                Some(Sent::Signed(Box::new(signed)))
            })
        });
        let start_tx = made.transactions.first().ok_or_else(none)?;
        Ok(Again {
            moment,
            hash: made.hash,
            start_input: StartTx::input(start_tx).ok_or_else(none)?,
            start_hash: keccak256(start_tx),
            transactions: hashes.zip(sent).collect(),
            expected: receipts.clone(),
        })
    }
}

impl Again {
    /// The block's number.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.moment.place.number
    }

    /// The block's hash.
    #[must_use]
    pub const fn hash(&self) -> B256 {
        self.hash
    }

    /// The hashes of its transactions, ArbOS's own first.
    pub fn hashes(&self) -> impl Iterator<Item = B256> + '_ {
        let sent = self.transactions.iter().map(|(hash, _)| *hash);
        iter::once(self.start_hash).chain(sent)
    }

    /// Runs the block's transactions in order, and lets each be watched by whom `watcher` names for its index, of which 0 is
    /// ArbOS's own; after the last for whom it names somebody it goes no further if `last` says which that is. Returns the watchers.
    ///
    /// # Errors
    /// A [`TxError`] if the store fails, or a transaction does not come to what it came to when its block was made.
    pub fn run(
        &self,
        last: Option<usize>,
        mut watcher: impl FnMut(usize) -> Option<Box<dyn Watcher>>,
    ) -> Result<Vec<Watched>, TxError> {
        let mut watched = Vec::new();
        let mut context = self.moment.watched_start(watcher(0), &self.start_input)?;
        taken(&mut context, 0, &mut watched);
        let sent = self.transactions.iter().zip(&self.expected);
        for (index, ((hash, sent), expected)) in (1_usize..).zip(sent) {
            if last.is_some_and(|last| last < index) {
                break;
            }
            let broken = || TxError::Broken(Broken::NotAgain { hash: *hash });
            let prepared = match sent.as_ref().ok_or_else(broken)? {
                Sent::Signed(signed) => {
                    let pays_tip = super::raw::pays_tip(&mut context);
                    Prepared::signed(signed, self.moment.config.chain_id, pays_tip)
                }
                Sent::Unsigned(unsigned) => self.moment.prepare(&mut context, unsigned)?,
            };
            context.chain.watched = watcher(index).map(|watcher| Box::new(Hold::new(watcher)));
            let executed = self.moment.run(&mut context, prepared, index as u64 - 1)?;
            taken(&mut context, index, &mut watched);
            if executed.receipt != *expected {
                return Err(broken());
            }
        }
        Ok(watched)
    }
}

/// Takes the watcher out again.
fn taken(context: &mut Context, index: usize, watched: &mut Vec<Watched>) {
    if let Some(hold) = context.chain.watched.take() {
        watched.push((index, hold.into_watcher()));
    }
}

impl Moment {
    /// A context in which the block here has begun, with its beginning watched.
    fn watched_start(
        &self,
        watcher: Option<Box<dyn Watcher>>,
        input: &Bytes,
    ) -> Result<Context, TxError> {
        let (Some(watcher), Some(start)) = (watcher, &self.start) else {
            return self.begun();
        };
        let mut context = self.context();
        self.place.check_price()?;
        context.chain.watched = Some(Box::new(Hold::new(watcher)));
        evm::begin_block_watched(&mut context, start, input.clone())?;
        Ok(context)
    }

    /// Runs a transaction as [`call`](Self::call) does, with somebody watching, who is returned.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub fn watched_call(
        &self,
        transaction: Transaction,
        watcher: Box<dyn Watcher>,
    ) -> Result<(Outcome, Box<dyn Watcher>), TxError> {
        if transaction.to == Some(NODE_INTERFACE) {
            return Err(TxError::Unsupported(Unsupported::NodeInterface));
        }
        let mut context = self.free_context()?;
        context.chain.holds_gas_back = false;
        context.chain.watched = Some(Box::new(Hold::new(watcher)));
        let gas = self.capped(transaction.gas_limit);
        let outcome = self.simulate(&mut context, &transaction.gas_limit(gas))?;
        let hold = context.chain.watched.take();
        let hold = hold.ok_or(TxError::Broken(Broken::WatcherLost))?;
        Ok((outcome, hold.into_watcher()))
    }
}

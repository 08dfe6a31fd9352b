//! NodeInterface: what tools ask of a node as if it were a contract (`NodeInterface.sol` of nitro-contracts,
//! `execution/nodeinterface/node_interface.go`). Only calls from outside are answered. For transactions and contracts there is
//! nothing at its address.

mod outbox;
mod unsigned;

use super::{Chain, EstimateError, Filter, Moment, Outcome, Status, Transaction, TxError};
use crate::arbos::predeploys::ARB_SYS;
use crate::context::Unsupported;
use crate::precompiles::abi::{ArbSys, NodeInterface};
use crate::store::{Store, StoreError};
use crate::trace::Trace;
use alloy_primitives::{Address, B256, Bytes, U256, address};
use alloy_sol_types::{SolCall, SolEvent};

/// Where tools call it.
pub const NODE_INTERFACE: Address = address!("00000000000000000000000000000000000000c8");

/// Why there is no answer.
enum Unanswered {
    /// The call reverts, without data.
    Reverted,
    /// It cannot be run.
    Failed(TxError),
}

type Answer = Result<Vec<u8>, Unanswered>;

impl From<StoreError> for Unanswered {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<TxError> for Unanswered {
    fn from(error: TxError) -> Self {
        Self::Failed(error)
    }
}

impl<S: Store> Chain<S> {
    /// Runs a transaction at a moment of this chain, and leaves no trace of it. It costs its sender nothing. Unlike
    /// [`Moment::call`], which knows no blocks, it answers what is asked of [`NODE_INTERFACE`].
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails.
    pub fn call_at(&self, moment: &Moment, transaction: Transaction) -> Result<Outcome, TxError> {
        match transaction.to {
            Some(NODE_INTERFACE) => outcome(self.answer(moment, &transaction)),
            _ => moment.call(transaction),
        }
    }

    fn answer(&self, moment: &Moment, transaction: &Transaction) -> Answer {
        use NodeInterface::*;
        let input = &transaction.input;
        let selector = input.first_chunk().copied().unwrap_or_default();
        let pays = matches!(
            selector,
            gasEstimateComponentsCall::SELECTOR | gasEstimateL1ComponentCall::SELECTOR
        );
        if !pays && !transaction.value.is_zero() {
            return Err(Unanswered::Reverted);
        }
        match selector {
            // the chain was Nitro's from its beginning
            nitroGenesisBlockCall::SELECTOR => {
                gives::<nitroGenesisBlockCall>(input, |_| Ok(U256::ZERO))
            }
            blockL1NumCall::SELECTOR => gives::<blockL1NumCall>(input, |asked| {
                let block = self.store.block(asked.l2BlockNum)?;
                Ok(block.ok_or(Unanswered::Reverted)?.l1_block)
            }),
            l2BlockRangeForL1Call::SELECTOR => {
                gives::<l2BlockRangeForL1Call>(input, |asked| self.blocks_after(asked.blockNum))
            }
            // nothing is posted to a parent chain, so that nothing is confirmed there or found in a batch
            getL1ConfirmationsCall::SELECTOR => gives::<getL1ConfirmationsCall>(input, |asked| {
                let block = self.store.block_number(asked.blockHash)?;
                block.map(|_| 0).ok_or(Unanswered::Reverted)
            }),
            findBatchContainingBlockCall::SELECTOR
            | legacyLookupMessageBatchProofCall::SELECTOR => Err(Unanswered::Reverted),
            constructOutboxProofCall::SELECTOR => {
                gives::<constructOutboxProofCall>(input, |asked| self.way_of(&asked))
            }
            gasEstimateL1ComponentCall::SELECTOR => {
                gives::<gasEstimateL1ComponentCall>(input, |asked| {
                    let inner = inner(transaction, asked.to, asked.contractCreation, asked.data);
                    let (gas, price) = moment.posting(&inner)?;
                    let base_fee = U256::from(moment.place.base_fee);
                    Ok((gas, base_fee, price).into())
                })
            }
            gasEstimateComponentsCall::SELECTOR => {
                gives::<gasEstimateComponentsCall>(input, |asked| {
                    let inner = inner(transaction, asked.to, asked.contractCreation, asked.data);
                    let (gas, price) = moment.posting(&inner)?;
                    let computing = moment.estimate_gas(inner).map_err(|error| match error {
                        EstimateError::Transaction(TxError::Invalid(_))
                        | EstimateError::Fails { .. } => Unanswered::Reverted,
                        EstimateError::Transaction(error) => Unanswered::Failed(error),
                    })?;
                    let base_fee = U256::from(moment.place.base_fee);
                    Ok((computing.saturating_add(gas), gas, base_fee, price).into())
                })
            }
            _ => Err(unanswered(input)),
        }
    }

    /// The first and the last block that follow a block of the parent chain.
    fn blocks_after(
        &self,
        l1_block: u64,
    ) -> Result<NodeInterface::l2BlockRangeForL1Return, Unanswered> {
        let first = self.first_block(|followed| followed >= l1_block)?;
        let end = self.first_block(|followed| followed > l1_block)?;
        if first == end {
            return Err(Unanswered::Reverted);
        }
        Ok((first, end - 1).into())
    }

    /// The number of the first block of which it holds that it follows such a block of the parent chain, as do all later ones;
    /// one more than the last if it holds of none.
    fn first_block(&self, holds: impl Fn(u64) -> bool) -> Result<u64, StoreError> {
        let (mut first, mut end) = (0, self.block_number() + 1);
        while first < end {
            let middle = first + (end - first) / 2;
            if holds(self.kept_block(middle)?.l1_block) {
                end = middle;
            } else {
                first = middle + 1;
            }
        }
        Ok(first)
    }

    /// A message to the parent chain, the root of the tree of so many messages, and the way from the message to the root.
    fn way_of(
        &self,
        asked: &NodeInterface::constructOutboxProofCall,
    ) -> Result<NodeInterface::constructOutboxProofReturn, Unanswered> {
        let sent = Filter::of(ARB_SYS).topic(ArbSys::L2ToL1Tx::SIGNATURE_HASH);
        let sent = self.find_logs(&sent)?;
        let hashes: Vec<B256> = sent
            .iter()
            .filter_map(|entry| entry.log.topics().get(2).copied())
            .collect();
        let bounds = usize::try_from(asked.size)
            .ok()
            .zip(usize::try_from(asked.leaf).ok());
        let (items, leaf) = bounds
            .and_then(|(size, leaf)| Some((hashes.get(..size)?, leaf)))
            .ok_or(Unanswered::Reverted)?;
        let send = *items.get(leaf).ok_or(Unanswered::Reverted)?;
        let (root, proof) = outbox::proof(items, leaf);
        Ok((send, root, proof).into())
    }
}

/// What becomes of a call that only a node with blocks can answer, asked where there are none.
pub(super) fn unasked(input: &[u8]) -> Result<Outcome, TxError> {
    outcome(Err(unanswered(input)))
}

/// Why a function is not answered: it is not there, or not here.
fn unanswered(input: &[u8]) -> Unanswered {
    match input.starts_with(&NodeInterface::estimateRetryableTicketCall::SELECTOR) {
        true => Unanswered::Failed(TxError::Unsupported(Unsupported::RetryableEstimate)),
        false => Unanswered::Reverted,
    }
}

/// The transaction that an estimate is asked for.
fn inner(outer: &Transaction, to: Address, creates: bool, data: Bytes) -> Transaction {
    Transaction {
        to: (!creates).then_some(to),
        input: data,
        nonce: None,
        max_fee: None,
        ..outer.clone()
    }
}

/// Answers with what a function returns. Arguments that are not of its types revert.
fn gives<C: SolCall>(
    input: &[u8],
    function: impl FnOnce(C) -> Result<C::Return, Unanswered>,
) -> Answer {
    let asked = C::abi_decode_validate(input).map_err(|_| Unanswered::Reverted)?;
    function(asked).map(|returned| C::abi_encode_returns(&returned))
}

/// What a caller sees: a node answers without gas.
fn outcome(answer: Answer) -> Result<Outcome, TxError> {
    let (status, output) = match answer {
        Ok(output) => (Status::Success, output),
        Err(Unanswered::Reverted) => (Status::Revert, Vec::new()),
        Err(Unanswered::Failed(error)) => return Err(error),
    };
    Ok(Outcome {
        status,
        gas_used: 0,
        output: output.into(),
        logs: Vec::new(),
        contract_address: None,
        refusal: None,
        trace: Trace::default(),
    })
}

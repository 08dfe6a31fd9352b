//! Running transactions, in blocks and beside them.

use super::moment::Place;
use super::{Block, Chain, Executed, Moment, Outcome, Receipt, Transaction, TxError};
use crate::arbos::params::StylusParams;
use crate::config::SEQUENCER;
use crate::context::{self, Blocks, Context, Session};
use crate::evm;
use crate::store::{State, Store, StoreError, Writes};
use alloy_primitives::{B256, U256};
use revm::context::{BlockEnv, ContextTr};
use std::sync::Arc;

/// Gas that Arbitrum says a block may use (2^50): what it may really use is not bounded by it.
const BLOCK_GAS: u64 = 1 << 50;

impl<S: Store> Chain<S> {
    /// Runs a transaction in a block of its own. Its sender may be a contract.
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails; the chain is as before.
    pub fn send(&mut self, transaction: Transaction) -> Result<Executed, TxError> {
        let mut executed = self.send_all(vec![transaction])?;
        Ok(executed.swap_remove(0))
    }

    /// Runs transactions in one block, in order.
    ///
    /// # Errors
    /// As [`send`](Self::send), if one of them cannot be run: then none is.
    pub fn send_all(&mut self, transactions: Vec<Transaction>) -> Result<Vec<Executed>, TxError> {
        let moment = self.head()?;
        let mut context = moment.context();
        let executed = (0..)
            .zip(&transactions)
            .map(|(index, transaction)| moment.transact(&mut context, transaction, index))
            .collect::<Result<Vec<_>, _>>()?;
        let writes = context.journaled_state.database.into_writes()?;
        let receipts = executed.iter().map(|executed| executed.receipt.clone());
        self.seal(receipts.collect(), writes)?;
        Ok(executed)
    }

    /// Runs a transaction on top of the last block, and leaves no trace of it. It costs its sender nothing.
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails.
    pub fn call(&self, transaction: Transaction) -> Result<Outcome, TxError> {
        self.head()?.call(transaction)
    }

    /// What [`send`](Self::send) would do with a transaction now, to the unit of gas: in the next block, at its price of gas,
    /// paid from what the sender has. It leaves no trace.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub fn rehearse(&self, transaction: &Transaction) -> Result<Executed, TxError> {
        let moment = self.head()?;
        moment.transact(&mut moment.context(), transaction, 0)
    }

    fn seal(&mut self, receipts: Vec<Receipt>, writes: Writes) -> Result<(), StoreError> {
        let parent = self.blocks.last().map_or(B256::ZERO, |block| block.hash);
        let Place {
            number,
            timestamp,
            l1_block,
            ..
        } = self.next_place();
        let block = Block::sealed(number, parent, timestamp, l1_block, receipts);
        self.store.commit(writes, Some(block.hash))?;
        self.blocks.push(block);
        self.next.timestamp = timestamp.saturating_add(1);
        Ok(())
    }
}

impl Moment {
    /// Runs a transaction here, and leaves no trace of it. It costs its sender nothing.
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails.
    pub fn call(&self, transaction: Transaction) -> Result<Outcome, TxError> {
        let mut context = self.free_context();
        context.chain.holds_gas_back = false;
        self.simulate(&mut context, &transaction)
    }

    /// A context in which executions are not paid for.
    pub(super) fn free_context(&self) -> Context {
        let mut context = self.context();
        context.cfg.disable_base_fee = true;
        context.cfg.disable_block_gas_limit = true;
        context.cfg.disable_nonce_check = true;
        context
    }

    pub(super) fn simulate(
        &self,
        context: &mut Context,
        transaction: &Transaction,
    ) -> Result<Outcome, TxError> {
        let nonce = nonce(context, transaction);
        let free = transaction.clone().max_fee(0);
        let env = free.to_env(nonce, 0, self.config.chain_id)?;
        let result = evm::simulate(context, env)?;
        Ok(Outcome::new(result, &mut context.chain))
    }

    fn transact(
        &self,
        context: &mut Context,
        transaction: &Transaction,
        index: u64,
    ) -> Result<Executed, TxError> {
        let (base_fee, chain_id) = (self.place.base_fee, self.config.chain_id);
        let nonce = nonce(context, transaction);
        let env = transaction.to_env(nonce, base_fee, chain_id)?;
        let result = evm::transact(context, env)?;
        let outcome = Outcome::new(result, &mut context.chain);
        let fee = U256::from(outcome.gas_used) * U256::from(base_fee);
        let state = context.db_mut();
        state.edit(self.config.network_fee_account, |account| {
            // all wei there are fit in 256 bits many times over
            account.balance = account.balance.saturating_add(fee);
        });
        if let Some(failure) = state.failure() {
            return Err(failure.clone().into());
        }
        let receipt = Receipt {
            status: outcome.status,
            gas_used: outcome.gas_used,
            gas_price: base_fee,
            output: outcome.output,
            logs: outcome.logs,
            contract_address: outcome.contract_address,
            from: transaction.from,
            to: transaction.to,
            block_number: self.place.number,
            transaction_index: index,
            transaction_hash: transaction.hash(nonce, base_fee, chain_id),
        };
        Ok(Executed {
            receipt,
            trace: outcome.trace,
            refusal: outcome.refusal,
        })
    }

    fn context(&self) -> Context {
        let config = &self.config;
        let params = StylusParams::new(config.arbos);
        let mut session = Session::new(config.arbos, params, self.modules.clone());
        session.blocks = Blocks {
            number: self.place.number,
        };
        session.trace = config.trace.then(Default::default);
        let state = State::new(Arc::clone(&self.view));
        let mut context = context::context(state, session, config.chain_id);
        context.cfg.disable_eip7623 = !config.calldata_floor;
        // who sends is taken on trust, a contract too: refusing those (EIP-3607) is for whoever checks signatures
        context.cfg.disable_eip3607 = true;
        context.block = BlockEnv {
            number: U256::from(self.place.l1_block),
            beneficiary: SEQUENCER,
            timestamp: U256::from(self.place.timestamp),
            gas_limit: BLOCK_GAS,
            basefee: self.place.base_fee,
            difficulty: U256::from(1),
            prevrandao: Some(B256::with_last_byte(1)),
            ..BlockEnv::default()
        };
        context
    }
}

/// The nonce that a transaction names, or the sender's next.
fn nonce(context: &mut Context, transaction: &Transaction) -> u64 {
    let from = transaction.from;
    transaction
        .nonce
        .unwrap_or_else(|| context.db_mut().account(from).nonce)
}

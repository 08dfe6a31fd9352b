//! Running transactions, in blocks and beside them.

use super::accounts::edit;
use super::{Block, Chain, Executed, Outcome, Receipt, Transaction, TxError};
use crate::config::SEQUENCER;
use crate::context::{self, Blocks, Context, Session, State};
use crate::evm;
use alloy_primitives::{Address, B256, U256};
use revm::context::{BlockEnv, ContextTr};
use std::mem;
use std::sync::Arc;

/// Gas that Arbitrum says a block may use (2^50): what it may really use is not bounded by it.
const BLOCK_GAS: u64 = 1 << 50;

impl Chain {
    /// Runs a transaction in a block of its own. Its sender may be a contract.
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, or needs what this chain does not have; the chain is as before.
    pub fn send(&mut self, transaction: Transaction) -> Result<Executed, TxError> {
        let mut executed = self.send_all(vec![transaction])?;
        Ok(executed.swap_remove(0))
    }

    /// Runs transactions in one block, in order.
    ///
    /// # Errors
    /// As [`send`](Self::send), if one of them cannot be run: then none is.
    pub fn send_all(&mut self, transactions: Vec<Transaction>) -> Result<Vec<Executed>, TxError> {
        let before = (transactions.len() > 1).then(|| self.state.clone());
        let state = mem::take(&mut self.state);
        let mut context = self.context(state);
        let mut run = || -> Result<Vec<Executed>, TxError> {
            let numbered = (0..).zip(&transactions);
            numbered
                .map(|(index, transaction)| self.transact(&mut context, transaction, index))
                .collect()
        };
        match run() {
            Ok(executed) => {
                self.state = into_state(context);
                let receipts = executed.iter().map(|executed| executed.receipt.clone());
                self.seal(receipts.collect());
                Ok(executed)
            }
            Err(error) => {
                // a single transaction that fails to run has changed nothing
                self.state = before.unwrap_or_else(|| into_state(context));
                Err(error)
            }
        }
    }

    /// Runs a transaction on top of the last block, and leaves no trace of it. It costs its sender nothing.
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, or needs what this chain does not have.
    pub fn call(&self, transaction: Transaction) -> Result<Outcome, TxError> {
        let mut context = self.free_context();
        context.chain.holds_gas_back = false;
        self.simulate(&mut context, &transaction)
    }

    /// What [`send`](Self::send) would do with a transaction now, to the unit of gas: in the next block, at its price of gas,
    /// paid from what the sender has. It leaves no trace.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub fn rehearse(&self, transaction: &Transaction) -> Result<Executed, TxError> {
        let mut context = self.context(self.state.clone());
        self.transact(&mut context, transaction, 0)
    }

    /// A context in which executions are not paid for, over a copy of the state.
    pub(super) fn free_context(&self) -> Context {
        let mut context = self.context(self.state.clone());
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
        let nonce = transaction
            .nonce
            .unwrap_or_else(|| self.nonce(transaction.from));
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
        let (base_fee, chain_id) = (self.next.base_fee, self.config.chain_id);
        let nonce = transaction
            .nonce
            .unwrap_or_else(|| nonce_in(context.db(), transaction.from));
        let env = transaction.to_env(nonce, base_fee, chain_id)?;
        let result = evm::transact(context, env)?;
        let outcome = Outcome::new(result, &mut context.chain);
        let fee = U256::from(outcome.gas_used) * U256::from(base_fee);
        edit(context.db_mut(), self.config.network_fee_account, |info| {
            // all wei there are fit in 256 bits many times over
            info.balance = info.balance.saturating_add(fee);
        });
        let receipt = Receipt {
            status: outcome.status,
            gas_used: outcome.gas_used,
            gas_price: base_fee,
            output: outcome.output,
            logs: outcome.logs,
            contract_address: outcome.contract_address,
            from: transaction.from,
            to: transaction.to,
            block_number: self.block_number() + 1,
            transaction_index: index,
            transaction_hash: transaction.hash(nonce, base_fee, chain_id),
        };
        Ok(Executed {
            receipt,
            trace: outcome.trace,
            refusal: outcome.refusal,
        })
    }

    fn context(&self, state: State) -> Context {
        let config = &self.config;
        let mut session = Session::new(config.arbos, self.params(), self.modules.clone());
        session.blocks = Blocks {
            number: self.block_number() + 1,
            hashes: Arc::clone(&self.hashes),
        };
        session.trace = config.trace.then(Default::default);
        let mut context = context::context(state, session, config.chain_id);
        context.cfg.disable_eip7623 = !config.calldata_floor;
        // who sends is taken on trust, a contract too: refusing those (EIP-3607) is for whoever checks signatures
        context.cfg.disable_eip3607 = true;
        context.block = BlockEnv {
            number: U256::from(self.l1_block()),
            beneficiary: SEQUENCER,
            timestamp: U256::from(self.next.timestamp),
            gas_limit: BLOCK_GAS,
            basefee: self.next.base_fee,
            difficulty: U256::from(1),
            prevrandao: Some(B256::with_last_byte(1)),
            ..BlockEnv::default()
        };
        context
    }

    fn seal(&mut self, receipts: Vec<Receipt>) {
        let parent = self.hashes.last().copied().unwrap_or_default();
        let number = self.block_number() + 1;
        let timestamp = self.next.timestamp;
        let block = Block::sealed(number, parent, timestamp, self.l1_block(), receipts);
        Arc::make_mut(&mut self.hashes).push(block.hash);
        self.blocks.push(block);
        self.next.timestamp = timestamp.saturating_add(1);
    }
}

/// The state out of a context, of which nothing else remains: it shares the hashes of the blocks, which are to grow.
fn into_state(context: Context) -> State {
    context.journaled_state.database
}

fn nonce_in(state: &State, account: Address) -> u64 {
    state
        .cache
        .accounts
        .get(&account)
        .map_or(0, |account| account.info.nonce)
}

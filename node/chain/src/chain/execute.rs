//! Running transactions, in blocks and beside them.

#[cfg(doc)]
use super::Config;
use super::node_interface::NODE_INTERFACE;
use super::seal::Filled;
use super::transaction::UNSIGNED_TX;
use super::{Chain, Executed, Moment, Outcome, Receipt, SignedTransaction, Transaction, TxError};
use crate::arbos::fields::{Field, root};
use crate::arbos::params::StylusParams;
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::context::{self, Blocks, Context, Session, Unsupported};
use crate::evm;
use crate::store::{State, Store};
use alloy_primitives::{B256, Bytes, U256, keccak256};
use revm::context::{BlockEnv, ContextTr, Transaction as _, TxEnv};
use std::sync::Arc;

impl<S: Store> Chain<S> {
    /// Runs a transaction in a block of its own. Its sender may be a contract.
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails; the chain is as before.
    pub fn send(&mut self, transaction: Transaction) -> Result<Executed, TxError> {
        let sent = self.send_all(vec![transaction]);
        let mut executed = sent.map_err(TxError::alone)?;
        Ok(executed.swap_remove(0))
    }

    /// Runs transactions in one block, in order.
    ///
    /// # Errors
    /// As [`send`](Self::send), and a [`TxError`] that names the one that cannot be run: then none is.
    pub fn send_all(&mut self, transactions: Vec<Transaction>) -> Result<Vec<Executed>, TxError> {
        let moment = self.head()?;
        let mut context = moment.begun()?;
        let mut encoded = Vec::with_capacity(transactions.len());
        let mut executed = Vec::with_capacity(transactions.len());
        for (index, transaction) in transactions.iter().enumerate() {
            let prepared = moment.prepare(&mut context, transaction)?;
            encoded.push(prepared.encoded.clone());
            let hash = prepared.hash;
            let ran = moment.run(&mut context, prepared, index as u64);
            executed.push(ran.map_err(|error| error.of(index, hash))?);
        }
        let receipts = receipts_of(&executed);
        self.seal(Filled::new(moment.place, context, encoded, receipts)?)?;
        Ok(executed)
    }

    /// Runs a transaction on top of the last block, and leaves no trace of it. It costs its sender nothing, and gets no more
    /// gas than [`Config::call_gas_cap`].
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails.
    pub fn call(&self, transaction: Transaction) -> Result<Outcome, TxError> {
        self.call_at(&self.head()?, transaction)
    }

    /// What [`send`](Self::send) would do with a transaction now, to the unit of gas: in the next block, at its price of gas,
    /// paid from what the sender has. It leaves no trace.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub fn rehearse(&self, transaction: &Transaction) -> Result<Executed, TxError> {
        let moment = self.head()?;
        let mut context = moment.begun()?;
        let prepared = moment.prepare(&mut context, transaction)?;
        moment.run(&mut context, prepared, 0)
    }
}

/// A transaction ready to run.
pub(super) struct Prepared {
    env: TxEnv,
    hash: B256,
    tx_type: u8,
    /// The transaction as it is hashed (EIP-2718).
    pub(super) encoded: Bytes,
}

impl Prepared {
    pub(super) fn signed(transaction: &SignedTransaction, chain_id: u64, pays_tip: bool) -> Self {
        Self {
            env: transaction.env(chain_id, pays_tip),
            hash: transaction.hash(),
            tx_type: transaction.tx_type(),
            encoded: transaction.encoded(),
        }
    }
}

impl Moment {
    /// Runs a transaction here, and leaves no trace of it. It costs its sender nothing. What is asked of NodeInterface needs
    /// the chain's blocks ([`Chain::call_at`]).
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails.
    pub fn call(&self, transaction: Transaction) -> Result<Outcome, TxError> {
        if transaction.to == Some(NODE_INTERFACE) {
            return Err(TxError::Unsupported(Unsupported::NodeInterface));
        }
        let mut context = self.free_context()?;
        context.chain.holds_gas_back = false;
        let gas = self.capped(transaction.gas_limit);
        self.simulate(&mut context, &transaction.gas_limit(gas))
    }

    /// The gas that what leaves no trace gets of what it names.
    pub(super) fn capped(&self, gas_limit: u64) -> u64 {
        match self.config.call_gas_cap {
            0 => gas_limit,
            cap => gas_limit.min(cap),
        }
    }

    /// A context in which a block has begun, if there is one to begin.
    pub(super) fn begun(&self) -> Result<Context, TxError> {
        let mut context = self.context();
        self.place.check_price()?;
        if let Some(start) = &self.start {
            evm::begin_block(&mut context, start)?;
        }
        Ok(context)
    }

    /// A context in which executions are not paid for.
    pub(super) fn free_context(&self) -> Result<Context, TxError> {
        let mut context = self.begun()?;
        context.chain.settles = false;
        context.cfg.disable_base_fee = true;
        context.cfg.disable_block_gas_limit = true;
        context.cfg.disable_nonce_check = true;
        Ok(context)
    }

    pub(super) fn simulate(
        &self,
        context: &mut Context,
        transaction: &Transaction,
    ) -> Result<Outcome, TxError> {
        self.place.check_price()?;
        let nonce = nonce(context, transaction);
        let free = transaction.clone().max_fee(0);
        let env = free.to_env(nonce, 0, self.config.chain_id)?;
        let result = evm::simulate(context, env)?;
        Ok(Outcome::new(result, &mut context.chain))
    }

    /// An unsigned transaction, ready to run.
    pub(super) fn prepare(
        &self,
        context: &mut Context,
        transaction: &Transaction,
    ) -> Result<Prepared, TxError> {
        let (base_fee, chain_id) = (self.place.base_fee, self.config.chain_id);
        let nonce = nonce(context, transaction);
        let encoded = transaction.encoded(nonce, base_fee, chain_id);
        Ok(Prepared {
            env: transaction.to_env(nonce, base_fee, chain_id)?,
            hash: keccak256(&encoded),
            tx_type: UNSIGNED_TX,
            encoded,
        })
    }

    /// Runs a transaction as the one with this index among those that were sent for its block.
    pub(super) fn run(
        &self,
        context: &mut Context,
        prepared: Prepared,
        index: u64,
    ) -> Result<Executed, TxError> {
        let base_fee = self.place.base_fee;
        let Prepared {
            env,
            hash,
            tx_type,
            encoded,
        } = prepared;
        let (from, to) = (env.caller, env.kind.to().copied());
        let created = env.kind.is_create().then(|| from.create(env.nonce));
        let gas_price = env.effective_gas_price(base_fee.into());
        context.chain.hash = Some(hash);
        context.chain.signed = (tx_type != UNSIGNED_TX).then_some(encoded);
        let result = evm::transact(context, env)?;
        let outcome = Outcome::new(result, &mut context.chain);
        if let Some(failure) = context.db().failure() {
            return Err(failure.clone().into());
        }
        let receipt = Receipt {
            status: outcome.status,
            gas_used: outcome.gas_used,
            gas_used_for_l1: context.chain.posting.gas,
            gas_price,
            output: outcome.output,
            logs: outcome.logs,
            contract_address: created,
            from,
            to,
            block_number: self.place.number,
            l1_block: self.place.l1_block,
            // ArbOS's own comes first
            transaction_index: index + 1,
            tx_type,
            transaction_hash: hash,
        };
        Ok(Executed {
            receipt,
            trace: outcome.trace,
            refusal: outcome.refusal,
        })
    }

    pub(super) fn context(&self) -> Context {
        let config = &self.config;
        let mut state = State::new(Arc::clone(&self.view));
        let mut kept = |field: &Field| state.slot(ARBOS_ACCOUNT, **field);
        let params = StylusParams::from_word(kept(&root::STYLUS_PARAMS), config.arbos);
        let calldata_floor = kept(&root::FEATURES_ON).bit(root::CALLDATA_FLOOR);
        let mut session = Session::new(config.arbos, params, self.modules.clone());
        session.blocks = Blocks {
            number: self.place.number,
        };
        session.settles = true;
        session.moved = self.moved.clone();
        session.trace = config.trace.then(Default::default);
        let mut context = context::context(state, session, config.chain_id);
        context.cfg.disable_eip7623 = !calldata_floor;
        // who sends is taken on trust, a contract too: refusing those (EIP-3607) is for whoever checks signatures
        context.cfg.disable_eip3607 = true;
        context.block = BlockEnv {
            number: U256::from(self.place.l1_block),
            beneficiary: self.place.beneficiary,
            timestamp: U256::from(self.place.timestamp),
            gas_limit: self.place.gas_limit,
            basefee: self.place.base_fee,
            difficulty: U256::from(1),
            prevrandao: Some(self.place.random),
            ..BlockEnv::default()
        };
        context
    }
}

/// The nonce that a transaction names, or the sender's next.
pub(super) fn nonce(context: &mut Context, transaction: &Transaction) -> u64 {
    let from = transaction.from;
    transaction
        .nonce
        .unwrap_or_else(|| context.db_mut().account(from).nonce)
}

/// What the chain keeps of transactions that have run.
fn receipts_of(executed: &[Executed]) -> Vec<Receipt> {
    let receipts = executed.iter().map(|executed| executed.receipt.clone());
    receipts.collect()
}

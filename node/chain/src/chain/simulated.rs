//! Blocks that are only tried, one on top of the other: nothing of them is kept (`eth_simulateV1`).

use super::execute::nonce;
use super::node_interface::NODE_INTERFACE;
use super::seal::Filled;
use super::{Block, Moment, Outcome, Receipt, StateRoot, Transaction, TxError};
use crate::block::hashed;
use crate::block::header::{Contents, HashedReceipt, header};
use crate::context::{Context, Unsupported};
use crate::evm;
use crate::store::{Account, StoreError};
use alloy_primitives::{Address, B256, Bytes};
use revm::context::ContextTr;

/// How transactions of a simulation run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Whether they are paid for, and must have their sender's next nonce.
    pub is_paid: bool,
    /// Whether each transfer of wei leaves a log, as an ERC-20 token's would.
    pub logs_transfers: bool,
}

/// A block that is being tried at a moment: its transactions run one after the other.
#[derive(Debug)]
pub struct Simulation {
    moment: Moment,
    context: Context,
    manner: Manner,
    encoded: Vec<Bytes>,
    receipts: Vec<Receipt>,
}

/// How a transaction of a simulated block is named there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its type (EIP-2718).
    pub tx_type: u8,
    /// Its hash.
    pub hash: B256,
    /// Its bytes as they are hashed.
    pub encoded: Bytes,
}

impl Moment {
    /// The number of the block that what runs here is in.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.place.number
    }

    /// The gas that the block says it may use.
    #[must_use]
    pub const fn gas_limit(&self) -> u64 {
        self.place.gas_limit
    }

    /// The time of that block, in seconds since 1970.
    #[must_use]
    pub const fn timestamp(&self) -> u64 {
        self.place.timestamp
    }

    /// Begins a block that is only tried: the one that what runs here is in. ArbOS begins it only if this moment is one in
    /// which a block begins.
    ///
    /// # Errors
    /// A [`TxError`] if the block cannot begin.
    pub fn simulation(self, manner: Manner) -> Result<Simulation, TxError> {
        let mut context = match manner.is_paid {
            true => self.begun()?,
            false => self.free_context()?,
        };
        context.chain.logs_transfers = manner.logs_transfers;
        Ok(Simulation {
            moment: self,
            context,
            manner,
            encoded: Vec::new(),
            receipts: Vec::new(),
        })
    }
}

impl Simulation {
    /// What an account has now.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    pub fn account(&mut self, address: Address) -> Result<Account, StoreError> {
        let account = self.context.db_mut().account(address);
        let failure = self.context.db().failure();
        failure.map_or(Ok(account), |failure| Err(failure.clone()))
    }

    /// Runs the next transaction, which the block names so. Unless transactions are paid for, it costs its sender nothing.
    ///
    /// # Errors
    /// A [`TxError`] if it is not valid, needs what this chain does not have, or the store fails; it is not in the block then.
    pub fn run(&mut self, transaction: &Transaction, named: Named) -> Result<Outcome, TxError> {
        if transaction.to == Some(NODE_INTERFACE) {
            return Err(TxError::Unsupported(Unsupported::NodeInterface));
        }
        let place = self.moment.place;
        place.check_price()?;
        let nonce = nonce(&mut self.context, transaction);
        let chain_id = self.moment.config.chain_id;
        let env = match self.manner.is_paid {
            true => transaction.to_env(nonce, place.base_fee, chain_id)?,
            false => transaction.clone().max_fee(0).to_env(nonce, 0, chain_id)?,
        };
        let from = transaction.from;
        let result = evm::transact(&mut self.context, env)?;
        let outcome = Outcome::new(result, &mut self.context.chain);
        if let Some(failure) = self.context.db().failure() {
            return Err(failure.clone().into());
        }
        self.receipts.push(Receipt {
            status: outcome.status.clone(),
            gas_used: outcome.gas_used,
            gas_used_for_l1: 0,
            gas_price: place.base_fee.into(),
            output: outcome.output.clone(),
            logs: outcome.logs.clone(),
            contract_address: transaction.to.is_none().then(|| from.create(nonce)),
            from,
            to: transaction.to,
            block_number: place.number,
            l1_block: place.l1_block,
            transaction_index: self.receipts.len() as u64,
            tx_type: named.tx_type,
            transaction_hash: named.hash,
        });
        self.encoded.push(named.encoded);
        Ok(outcome)
    }

    /// Ends the block: what it would be after a block of this hash, and the moment at its end. `root` is that of the state it
    /// began with, and then of the one it ends with. It has no transaction of ArbOS's own.
    ///
    /// # Errors
    /// A [`StoreError`] if the store failed.
    pub fn seal(
        self,
        parent_hash: B256,
        root: &mut StateRoot,
    ) -> Result<(Block, Moment), StoreError> {
        let Self {
            mut moment,
            context,
            encoded,
            receipts,
            ..
        } = self;
        let filled = Filled::new(moment.place, context, encoded, receipts)?;
        root.apply(&filled.writes);
        let hashed: Vec<HashedReceipt<'_>> = hashed(&filled.receipts).collect();
        let place = filled.place;
        let mut header = header(&Contents {
            parent_hash,
            number: place.number,
            timestamp: place.timestamp,
            base_fee: place.base_fee,
            beneficiary: place.beneficiary,
            state_root: root.root(),
            info: filled.info,
            transactions: &filled.encoded,
            receipts: &hashed,
        });
        header.gas_limit = place.gas_limit;
        let block = Block::with_header(header, &filled.info, filled.encoded, filled.receipts);
        moment.start = None;
        // precompiles are elsewhere for one block alone, as with go-ethereum
        moment.moved.clear();
        if !filled.writes.accounts.is_empty() {
            moment = moment.suppose(filled.writes);
        }
        Ok((block, moment))
    }
}

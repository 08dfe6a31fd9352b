//! The chain at one moment, to be read and called.

use super::{Block, Chain, TxError};
use crate::arbos::fields::l2;
use crate::arbos::space::ARBOS_ACCOUNT;
use crate::arbos::start::Start;
use crate::block::header::GAS_LIMIT;
use crate::config::{Config, SEQUENCER};
use crate::context::Unsupported;
use crate::store::{Changes, Store, StoreError, View};
use crate::wasm::modules::Modules;
use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The chain as it is now, or as a block left it: what it holds can be read, and transactions tried on it.
///
/// It stays the same while the chain goes on, and may be moved to another thread.
#[derive(Clone, Debug)]
pub struct Moment {
    pub(super) config: Config,
    pub(super) modules: Modules,
    pub(super) view: Arc<dyn View>,
    pub(super) place: Place,
    /// What the block begins with that is to be begun here; none where one has ended.
    pub(super) start: Option<Start>,
    /// Where precompiles are supposed to be.
    pub(super) moved: BTreeMap<Address, Option<Address>>,
}

/// What every block of Arbitrum says of chance (`PREVRANDAO`).
const RANDOM: B256 = B256::with_last_byte(1);

/// What a transaction sees of the block that it runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The block's number.
    pub(super) number: u64,
    /// Its time in seconds since 1970.
    pub(super) timestamp: u64,
    /// The block of the parent chain, which contracts see as the block number.
    pub(super) l1_block: u64,
    /// Wei for one gas.
    pub(super) base_fee: u64,
    /// Who is named as its maker.
    pub(super) beneficiary: Address,
    /// The gas that it says it may use, and what it says of chance.
    pub(super) gas_limit: u64,
    pub(super) random: B256,
    /// What one gas costs if that is more than a header can say.
    pub(super) beyond: Option<U256>,
}

impl Place {
    /// In a block that has ended.
    pub(super) fn of(block: &Block) -> Self {
        Self {
            number: block.number,
            timestamp: block.timestamp,
            l1_block: block.l1_block,
            base_fee: block.base_fee(),
            // genesis has none, and what is called there sees the one of all blocks after it
            beneficiary: match block.number {
                0 => SEQUENCER,
                _ => block.header.beneficiary,
            },
            gas_limit: block.header.gas_limit,
            random: RANDOM,
            beyond: None,
        }
    }

    /// Whether anything can run here.
    ///
    /// # Errors
    /// [`TxError::Unsupported`] if the price of gas takes more than 64 bits, where Ethereum's headers end.
    pub(super) fn check_price(&self) -> Result<(), TxError> {
        let Some(price) = self.beyond else {
            return Ok(());
        };
        Err(TxError::Unsupported(Unsupported::GasPrice { price }))
    }
}

impl<S: Store> Chain<S> {
    /// The chain as it is now, with all that was set by hand. What runs on it is in the next block, which has begun: it finds
    /// the hash of the last one.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn head(&self) -> Result<Moment, StoreError> {
        let view = self.store.head()?;
        let price = view.slot(ARBOS_ACCOUNT, *l2::BASE_FEE)?;
        let base_fee = u64::try_from(price);
        let place = Place {
            number: self.block_number().saturating_add(1),
            timestamp: self.next.timestamp,
            l1_block: self.l1_block(),
            base_fee: base_fee.unwrap_or(u64::MAX),
            beneficiary: self.beneficiary,
            gas_limit: GAS_LIMIT,
            random: RANDOM,
            beyond: base_fee.is_err().then_some(price),
        };
        let start = Start {
            number: place.number,
            timestamp: place.timestamp,
            seconds: place.timestamp.saturating_sub(self.last.timestamp),
            l1_block: place.l1_block,
            parent_hash: self.last.hash,
        };
        Ok(self.moment(view, place, Some(start)))
    }

    /// The chain as it is now, with all that was set by hand; what runs on it sees the last block's own number, time and price
    /// of gas, as at [`at`](Self::at).
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn latest(&self) -> Result<Moment, StoreError> {
        Ok(self.moment(self.store.head()?, Place::of(&self.last), None))
    }

    /// The chain as a block left it: what was set by hand after it belongs to the next one. What runs on it sees that block's
    /// own number, time and price of gas, as with `eth_call` on Ethereum.
    ///
    /// # Errors
    /// A [`StoreError`] that names the block if it is not there or its state is not kept.
    pub fn at(&self, block: u64) -> Result<Moment, StoreError> {
        let view = self.store.at(block)?;
        let left = self.kept_block(block)?;
        Ok(self.moment(view, Place::of(&left), None))
    }

    /// What a block changed: its transactions, and what was set by hand since the block before.
    ///
    /// # Errors
    /// A [`StoreError`] that names the block if it is not there or its changes are not kept.
    pub fn changes(&self, block: u64) -> Result<Changes, StoreError> {
        self.store.changes(block)
    }

    pub(super) fn moment(&self, view: Arc<dyn View>, place: Place, start: Option<Start>) -> Moment {
        Moment {
            config: self.config.clone(),
            modules: self.modules.clone(),
            view,
            place,
            start,
            moved: BTreeMap::new(),
        }
    }
}

impl Moment {
    /// The wei an account has.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell, as for all that is read here.
    pub fn balance(&self, account: Address) -> Result<U256, StoreError> {
        Ok(self.view.account(account)?.balance)
    }

    /// Transactions an account has sent, or contracts it has created.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    pub fn nonce(&self, account: Address) -> Result<u64, StoreError> {
        Ok(self.view.account(account)?.nonce)
    }

    /// The code of an account; empty where there is none.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    pub fn code(&self, account: Address) -> Result<Bytes, StoreError> {
        match self.view.account(account)?.code_hash {
            KECCAK256_EMPTY => Ok(Bytes::new()),
            hash => Ok(self.view.code(hash)?.original_bytes()),
        }
    }

    /// The hash of an account's code, as `EXTCODEHASH` has it: zero for an account that does not exist.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    pub fn code_hash(&self, account: Address) -> Result<B256, StoreError> {
        let account = self.view.account(account)?;
        Ok(account.existing_code_hash())
    }

    /// What a slot of an account holds.
    ///
    /// # Errors
    /// A [`StoreError`] if the store cannot tell.
    pub fn storage(&self, account: Address, slot: U256) -> Result<U256, StoreError> {
        self.view.slot(account, slot)
    }
}

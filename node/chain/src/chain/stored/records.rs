//! What is kept of a chain, as RLP has it.

use crate::block::StoredBlock;
use crate::chain::Config;
use crate::chain::time::Next;
use crate::predeploys::Predeploy;
use crate::store::{Account, Writes};
use crate::version::{ArbOs, UnknownArbOs};
use alloy_primitives::{Address, Bytes, U256};
use alloy_rlp::{RlpDecodable, RlpEncodable};

#[derive(RlpEncodable, RlpDecodable)]
pub(super) struct StoredChain {
    pub(super) config: StoredConfig,
    pub(super) next: StoredNext,
    pub(super) accounts: Vec<StoredAccount>,
    pub(super) blocks: Vec<StoredBlock>,
}

#[derive(RlpEncodable, RlpDecodable)]
pub(super) struct StoredConfig {
    pub(super) arbos: u64,
    pub(super) chain_id: u64,
    pub(super) timestamp: u64,
    pub(super) l1_block: u64,
    pub(super) base_fee: u64,
    pub(super) l1_base_fee: U256,
    pub(super) calldata_floor: bool,
    pub(super) call_gas_cap: u64,
    pub(super) trace: bool,
    pub(super) owner: Address,
    pub(super) network_fee_account: Address,
    /// Names of the contracts of its genesis.
    pub(super) predeploys: Vec<String>,
}

/// What the next block will have.
#[derive(RlpEncodable, RlpDecodable)]
pub(super) struct StoredNext {
    timestamp: u64,
    l1_block: u64,
    l1_timestamp: u64,
}

impl From<Next> for StoredNext {
    fn from(next: Next) -> Self {
        let Next {
            timestamp,
            l1_block,
            l1_timestamp,
        } = next;
        Self {
            timestamp,
            l1_block,
            l1_timestamp,
        }
    }
}

impl From<StoredNext> for Next {
    fn from(stored: StoredNext) -> Self {
        let StoredNext {
            timestamp,
            l1_block,
            l1_timestamp,
        } = stored;
        Self {
            timestamp,
            l1_block,
            l1_timestamp,
        }
    }
}

#[derive(RlpEncodable, RlpDecodable)]
pub(super) struct StoredAccount {
    pub(super) address: Address,
    pub(super) balance: U256,
    pub(super) nonce: u64,
    pub(super) code: Bytes,
    pub(super) storage: Vec<StoredSlot>,
}

#[derive(RlpEncodable, RlpDecodable)]
pub(super) struct StoredSlot {
    pub(super) slot: U256,
    pub(super) value: U256,
}

impl From<&Config> for StoredConfig {
    fn from(config: &Config) -> Self {
        Self {
            arbos: config.arbos.number(),
            chain_id: config.chain_id,
            timestamp: config.timestamp,
            l1_block: config.l1_block,
            base_fee: config.base_fee,
            l1_base_fee: config.l1_base_fee,
            calldata_floor: config.calldata_floor,
            call_gas_cap: config.call_gas_cap,
            trace: config.trace,
            owner: config.owner,
            network_fee_account: config.network_fee_account,
            predeploys: config
                .predeploys
                .iter()
                .map(|it| it.name().to_owned())
                .collect(),
        }
    }
}

impl TryFrom<StoredConfig> for Config {
    type Error = UnknownArbOs;

    fn try_from(stored: StoredConfig) -> Result<Self, UnknownArbOs> {
        Ok(Self {
            arbos: ArbOs::try_from(stored.arbos)?,
            chain_id: stored.chain_id,
            timestamp: stored.timestamp,
            l1_block: stored.l1_block,
            base_fee: stored.base_fee,
            l1_base_fee: stored.l1_base_fee,
            calldata_floor: stored.calldata_floor,
            call_gas_cap: stored.call_gas_cap,
            trace: stored.trace,
            owner: stored.owner,
            network_fee_account: stored.network_fee_account,
            // One that a later version knew is in the state all the same.
            predeploys: stored
                .predeploys
                .iter()
                .filter_map(|name| Predeploy::named(name))
                .collect(),
        })
    }
}

impl StoredAccount {
    /// Whether there is nothing to keep: accounts that only were there are named too.
    pub(super) fn is_nothing(&self) -> bool {
        self.balance.is_zero() && self.nonce == 0 && self.code.is_empty() && self.storage.is_empty()
    }

    pub(super) fn put_into(self, writes: &mut Writes) {
        let account = Account {
            balance: self.balance,
            nonce: self.nonce,
            ..Account::default()
        };
        writes.set_account_with_code(self.address, account, self.code);
        for StoredSlot { slot, value } in self.storage {
            writes.set_slot(self.address, slot, value);
        }
    }
}

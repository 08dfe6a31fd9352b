//! What is kept of a chain, as RLP has it.

use crate::chain::header::HeaderInfo;
use crate::chain::time::Next;
use crate::chain::{Block, Config, Receipt, Status};
use crate::predeploys::Predeploy;
use crate::store::{Account, Writes};
use crate::version::{ArbOs, UnknownArbOs};
use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bytes, Log, U256};
use alloy_rlp::{RlpDecodable, RlpEncodable};

/// Numbers of the statuses, the first two as in Ethereum's receipts.
const REVERT: u8 = 0;
const SUCCESS: u8 = 1;
const HALT: u8 = 2;

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

#[derive(RlpEncodable, RlpDecodable)]
pub(super) struct StoredBlock {
    pub(super) header: Header,
    pub(super) transactions: Vec<Bytes>,
    pub(super) receipts: Vec<StoredReceipt>,
}

/// An address that is not there is empty.
#[derive(RlpEncodable, RlpDecodable)]
pub(super) struct StoredReceipt {
    pub(super) status: u8,
    pub(super) halt: String,
    pub(super) gas_used: u64,
    pub(super) gas_used_for_l1: u64,
    pub(super) gas_price: u128,
    pub(super) output: Bytes,
    pub(super) logs: Vec<StoredLog>,
    pub(super) contract_address: Bytes,
    pub(super) from: Address,
    pub(super) to: Bytes,
    pub(super) block_number: u64,
    pub(super) l1_block: u64,
    pub(super) transaction_index: u64,
    pub(super) tx_type: u8,
    pub(super) transaction_hash: B256,
}

#[derive(RlpEncodable, RlpDecodable)]
pub(super) struct StoredLog {
    pub(super) address: Address,
    pub(super) topics: Vec<B256>,
    pub(super) data: Bytes,
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

impl From<&Block> for StoredBlock {
    fn from(block: &Block) -> Self {
        Self {
            header: block.header.clone(),
            transactions: block.transactions.clone(),
            receipts: block.receipts.iter().map(StoredReceipt::from).collect(),
        }
    }
}

impl TryFrom<StoredBlock> for Block {
    type Error = alloy_rlp::Error;

    fn try_from(stored: StoredBlock) -> Result<Self, alloy_rlp::Error> {
        let StoredBlock {
            header,
            transactions,
            receipts,
        } = stored;
        let info = HeaderInfo::of(&header);
        let info = info.ok_or(alloy_rlp::Error::Custom("a header that is not Arbitrum's"))?;
        let receipts = receipts.into_iter().map(Receipt::try_from);
        let receipts = receipts.collect::<Result<_, _>>()?;
        Ok(Self::with_header(header, &info, transactions, receipts))
    }
}

impl From<&Receipt> for StoredReceipt {
    fn from(receipt: &Receipt) -> Self {
        let (status, halt) = match &receipt.status {
            Status::Revert => (REVERT, String::new()),
            Status::Success => (SUCCESS, String::new()),
            Status::Halt(reason) => (HALT, reason.clone()),
        };
        Self {
            status,
            halt,
            gas_used: receipt.gas_used,
            gas_used_for_l1: receipt.gas_used_for_l1,
            gas_price: receipt.gas_price,
            output: receipt.output.clone(),
            logs: receipt.logs.iter().map(StoredLog::from).collect(),
            contract_address: optional(receipt.contract_address),
            from: receipt.from,
            to: optional(receipt.to),
            block_number: receipt.block_number,
            l1_block: receipt.l1_block,
            transaction_index: receipt.transaction_index,
            tx_type: receipt.tx_type,
            transaction_hash: receipt.transaction_hash,
        }
    }
}

impl TryFrom<StoredReceipt> for Receipt {
    type Error = alloy_rlp::Error;

    fn try_from(stored: StoredReceipt) -> Result<Self, alloy_rlp::Error> {
        let status = match stored.status {
            REVERT => Status::Revert,
            SUCCESS => Status::Success,
            HALT => Status::Halt(stored.halt),
            _ => return Err(alloy_rlp::Error::Custom("unknown status of a receipt")),
        };
        let logs = stored.logs.into_iter().map(Log::try_from);
        Ok(Self {
            status,
            gas_used: stored.gas_used,
            gas_used_for_l1: stored.gas_used_for_l1,
            gas_price: stored.gas_price,
            output: stored.output,
            logs: logs.collect::<Result<_, _>>()?,
            contract_address: address(&stored.contract_address)?,
            from: stored.from,
            to: address(&stored.to)?,
            block_number: stored.block_number,
            l1_block: stored.l1_block,
            transaction_index: stored.transaction_index,
            tx_type: stored.tx_type,
            transaction_hash: stored.transaction_hash,
        })
    }
}

impl From<&Log> for StoredLog {
    fn from(log: &Log) -> Self {
        Self {
            address: log.address,
            topics: log.topics().to_vec(),
            data: log.data.data.clone(),
        }
    }
}

impl TryFrom<StoredLog> for Log {
    type Error = alloy_rlp::Error;

    fn try_from(stored: StoredLog) -> Result<Self, alloy_rlp::Error> {
        Self::new(stored.address, stored.topics, stored.data)
            .ok_or(alloy_rlp::Error::Custom("a log with more than four topics"))
    }
}

fn optional(address: Option<Address>) -> Bytes {
    address.map_or_else(Bytes::new, |address| address.to_vec().into())
}

fn address(bytes: &[u8]) -> Result<Option<Address>, alloy_rlp::Error> {
    if bytes.is_empty() {
        return Ok(None);
    }
    Address::try_from(bytes)
        .map(Some)
        .map_err(|_| alloy_rlp::Error::UnexpectedLength)
}

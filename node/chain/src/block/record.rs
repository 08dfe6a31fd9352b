//! A block as it is kept, in RLP.

use super::header::HeaderInfo;
use super::{Block, Receipt, Status};
use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bloom, Bytes, Log};
use alloy_rlp::{Decodable, RlpDecodable, RlpEncodable};

/// Numbers of the statuses, the first two as in Ethereum's receipts.
const REVERT: u8 = 0;
const SUCCESS: u8 = 1;
const HALT: u8 = 2;

#[derive(RlpEncodable, RlpDecodable)]
pub(crate) struct StoredBlock {
    pub(crate) header: Header,
    pub(crate) transactions: Vec<Bytes>,
    pub(crate) receipts: Vec<StoredReceipt>,
}

/// An address that is not there is empty.
#[derive(RlpEncodable, RlpDecodable)]
pub(crate) struct StoredReceipt {
    pub(crate) status: u8,
    pub(crate) halt: String,
    pub(crate) gas_used: u64,
    pub(crate) gas_used_for_l1: u64,
    pub(crate) gas_price: u128,
    pub(crate) output: Bytes,
    pub(crate) logs: Vec<StoredLog>,
    pub(crate) contract_address: Bytes,
    pub(crate) from: Address,
    pub(crate) to: Bytes,
    pub(crate) block_number: u64,
    pub(crate) l1_block: u64,
    pub(crate) transaction_index: u64,
    pub(crate) tx_type: u8,
    pub(crate) transaction_hash: B256,
}

#[derive(RlpEncodable, RlpDecodable)]
pub(crate) struct StoredLog {
    pub(crate) address: Address,
    pub(crate) topics: Vec<B256>,
    pub(crate) data: Bytes,
}

impl Block {
    /// The block as it is kept.
    #[must_use]
    pub fn record(&self) -> Vec<u8> {
        alloy_rlp::encode(StoredBlock::from(self))
    }

    /// The block with this number that [`record`](Self::record) made these bytes of.
    ///
    /// # Errors
    /// What is wrong with them, if they are anything else.
    pub fn of_record(record: &[u8], number: u64) -> Result<Self, alloy_rlp::Error> {
        let stored: StoredBlock = alloy_rlp::decode_exact(record)?;
        Self::try_from(stored)?.in_place(number)
    }

    /// This block if it is the one with this number, and has a transaction before those that receipts tell of.
    ///
    /// # Errors
    /// That it is in another's place.
    pub(crate) fn in_place(self, number: u64) -> Result<Self, alloy_rlp::Error> {
        let first = usize::from(number > 0);
        let told = |(index, receipt): (u64, &Receipt)| {
            receipt.block_number == number && receipt.transaction_index == index
        };
        let is_in_place = self.number == number
            && self.transactions.len() == self.receipts.len() + first
            && (1..).zip(&self.receipts).all(told);
        let misplaced = alloy_rlp::Error::Custom("a block in another's place");
        is_in_place.then_some(self).ok_or(misplaced)
    }

    /// The bloom filter of the logs of the block that these bytes were made of.
    ///
    /// # Errors
    /// What is wrong with them, as far as the bloom filter stands.
    pub fn bloom_of_record(mut record: &[u8]) -> Result<Bloom, alloy_rlp::Error> {
        alloy_rlp::Header::decode(&mut record)?;
        Ok(Header::decode(&mut record)?.logs_bloom)
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

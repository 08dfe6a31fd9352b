//! What became of a transaction.

use alloy_primitives::{Address, B256, Bytes, Log};

/// How an execution ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It did what it was asked.
    Success,
    /// It undid itself, and kept the gas it had left; the output says why.
    Revert,
    /// It could not go on, and its gas is gone.
    Halt(String),
}

impl Status {
    /// Whether it did what it was asked.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self, Self::Success)
    }
}

/// What became of a transaction in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// How it ended.
    pub status: Status,
    /// Gas it paid for, refunds taken off.
    pub gas_used: u64,
    /// Gas of that which paid for posting it to the parent chain; none for what nobody signed.
    pub gas_used_for_l1: u64,
    /// Wei for each of them: the base fee of its block, and a tip where the chain's owner collects them. At ArbOS 60 a part of
    /// the fee may come back.
    pub gas_price: u128,
    /// Return or revert data; of a creation, the deployed code.
    pub output: Bytes,
    /// Logs, empty unless it succeeded.
    pub logs: Vec<Log>,
    /// Where it was to create a contract, which is there if it succeeded.
    pub contract_address: Option<Address>,
    /// Who sent it.
    pub from: Address,
    /// Whom it called; none for a creation.
    pub to: Option<Address>,
    /// Its block.
    pub block_number: u64,
    /// The block of the parent chain that contracts saw as the block number.
    pub l1_block: u64,
    /// Its place among the block's transactions, of which ArbOS's own is the first, at 0.
    pub transaction_index: u64,
    /// Its type (EIP-2718): zero for one from before there were types, 0x65 for one that nobody signed.
    pub tx_type: u8,
    /// The hash that names it.
    pub transaction_hash: B256,
}

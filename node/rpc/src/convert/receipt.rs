//! Receipts and logs, with Arbitrum's fields.

use alloy_primitives::{Address, B256, Bloom, Bytes, Log, U64, U128, keccak256, logs_bloom};
use serde::Serialize;
use stylus_chain::Receipt;
use stylus_chain::arbos::predeploys::ARBOS;
use stylus_chain::chain::Block;

/// A log with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogJson {
    address: Address,
    topics: Vec<B256>,
    data: Bytes,
    block_number: U64,
    transaction_hash: B256,
    transaction_index: U64,
    block_hash: B256,
    block_timestamp: U64,
    log_index: U64,
    removed: bool,
}

impl LogJson {
    /// The same for a block that is no longer in the chain.
    #[must_use]
    pub fn taken_back(mut self) -> Self {
        self.removed = true;
        self
    }
}

/// The logs of a block with their places, and the place of the transaction of each.
pub fn logs_of(block: &Block) -> impl Iterator<Item = (&Log, LogJson)> {
    let logs = block.receipts.iter();
    let logs = logs.flat_map(|receipt| receipt.logs.iter().map(move |log| (receipt, log)));
    logs.zip(0_u64..).map(|((receipt, log), index)| {
        let json = LogJson {
            address: log.address,
            topics: log.topics().to_vec(),
            data: log.data.data.clone(),
            block_number: U64::from(block.number),
            transaction_hash: receipt.transaction_hash,
            transaction_index: U64::from(receipt.transaction_index),
            block_hash: block.hash,
            block_timestamp: U64::from(block.timestamp),
            log_index: U64::from(index),
            removed: false,
        };
        (log, json)
    })
}

/// A receipt.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptJson {
    block_hash: B256,
    block_number: U64,
    contract_address: Option<Address>,
    cumulative_gas_used: U64,
    effective_gas_price: U128,
    from: Address,
    gas_used: U64,
    gas_used_for_l1: U64,
    l1_block_number: U64,
    logs: Vec<LogJson>,
    logs_bloom: Bloom,
    status: U64,
    timeboosted: bool,
    to: Option<Address>,
    transaction_hash: B256,
    transaction_index: U64,
    r#type: U64,
}

impl ReceiptJson {
    /// The receipts of a block, ArbOS's own first.
    #[must_use]
    pub fn of(block: &Block) -> Vec<Self> {
        let own = block
            .transactions
            .first()
            .map(|bytes| Self::start(block, bytes));
        let mut logs = logs_of(block);
        let mut cumulative = 0_u64;
        let sent = block.receipts.iter().map(|receipt| {
            cumulative = cumulative.saturating_add(receipt.gas_used);
            let logs = logs.by_ref().take(receipt.logs.len());
            let logs = logs.map(|(_, json)| json).collect();
            Self::new(block, receipt, cumulative, logs)
        });
        own.into_iter().chain(sent).collect()
    }

    fn new(block: &Block, receipt: &Receipt, cumulative: u64, logs: Vec<LogJson>) -> Self {
        Self {
            block_hash: block.hash,
            block_number: U64::from(block.number),
            contract_address: receipt.contract_address,
            cumulative_gas_used: U64::from(cumulative),
            effective_gas_price: U128::from(receipt.gas_price),
            from: receipt.from,
            gas_used: U64::from(receipt.gas_used),
            gas_used_for_l1: U64::from(receipt.gas_used_for_l1),
            l1_block_number: U64::from(receipt.l1_block),
            logs,
            logs_bloom: logs_bloom(&receipt.logs),
            status: U64::from(receipt.status.is_success()),
            timeboosted: false,
            to: receipt.to,
            transaction_hash: receipt.transaction_hash,
            transaction_index: U64::from(receipt.transaction_index),
            r#type: U64::from(receipt.tx_type),
        }
    }

    /// Of what ArbOS begins a block with.
    fn start(block: &Block, bytes: &Bytes) -> Self {
        Self {
            block_hash: block.hash,
            block_number: U64::from(block.number),
            contract_address: None,
            cumulative_gas_used: U64::ZERO,
            effective_gas_price: U128::from(block.base_fee()),
            from: ARBOS,
            gas_used: U64::ZERO,
            gas_used_for_l1: U64::ZERO,
            l1_block_number: U64::from(block.l1_block),
            logs: Vec::new(),
            logs_bloom: Bloom::ZERO,
            status: U64::from(1),
            timeboosted: false,
            to: Some(ARBOS),
            transaction_hash: keccak256(bytes),
            transaction_index: U64::ZERO,
            r#type: U64::from(0x6a),
        }
    }
}

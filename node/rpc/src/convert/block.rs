//! Blocks, with Arbitrum's fields.

use super::TransactionJson;
use super::raw::raw_block;
use alloy_consensus::constants::EMPTY_OMMER_ROOT_HASH;
use alloy_primitives::{Address, B64, B256, Bloom, Bytes, U64, U256, keccak256};
use serde::Serialize;
use stylus_chain::chain::Block;

/// A block's header.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeaderJson {
    base_fee_per_gas: U64,
    difficulty: U256,
    extra_data: Bytes,
    gas_limit: U64,
    gas_used: U64,
    hash: Option<B256>,
    l1_block_number: U64,
    logs_bloom: Bloom,
    miner: Option<Address>,
    mix_hash: B256,
    nonce: Option<B64>,
    number: U64,
    parent_hash: B256,
    receipts_root: B256,
    send_count: U64,
    send_root: B256,
    sha3_uncles: B256,
    state_root: B256,
    timestamp: U64,
    transactions_root: B256,
}

impl From<&Block> for HeaderJson {
    fn from(block: &Block) -> Self {
        let header = &block.header;
        Self {
            base_fee_per_gas: U64::from(block.base_fee()),
            difficulty: header.difficulty,
            extra_data: header.extra_data.clone(),
            gas_limit: U64::from(header.gas_limit),
            gas_used: U64::from(header.gas_used),
            hash: Some(block.hash),
            l1_block_number: U64::from(block.l1_block),
            logs_bloom: header.logs_bloom,
            miner: Some(header.beneficiary),
            mix_hash: header.mix_hash,
            nonce: Some(header.nonce),
            number: U64::from(block.number),
            parent_hash: header.parent_hash,
            receipts_root: header.receipts_root,
            send_count: U64::from(block.send_count),
            send_root: block.send_root,
            sha3_uncles: EMPTY_OMMER_ROOT_HASH,
            state_root: header.state_root,
            timestamp: U64::from(block.timestamp),
            transactions_root: header.transactions_root,
        }
    }
}

/// A transaction of a block: its hash, or all of it.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Named {
    /// Its hash.
    Hash(B256),
    /// All of it.
    Whole(Box<TransactionJson>),
}

/// A block with its transactions.
#[derive(Clone, Debug, Serialize)]
pub struct BlockJson {
    #[serde(flatten)]
    header: HeaderJson,
    size: U64,
    transactions: Vec<Named>,
    uncles: [B256; 0],
}

impl BlockJson {
    /// A block, with whole transactions or with their hashes.
    #[must_use]
    pub fn new(block: &Block, whole: bool, chain_id: u64) -> Self {
        let name = |index: usize| match whole {
            true => TransactionJson::new(block, index, chain_id)
                .map(Box::new)
                .map(Named::Whole),
            false => block
                .transactions
                .get(index)
                .map(keccak256)
                .map(Named::Hash),
        };
        let transactions = (0..block.transactions.len()).filter_map(name).collect();
        Self::with(block, transactions)
    }

    /// A block whose transactions are shown so.
    #[must_use]
    pub fn with(block: &Block, transactions: Vec<Named>) -> Self {
        Self {
            header: block.into(),
            size: U64::from(raw_block(block).len()),
            transactions,
            uncles: [],
        }
    }
}

/// The block as it is told of before it is there: without hash, maker and nonce.
#[must_use]
pub fn pending(mut block: BlockJson) -> BlockJson {
    let header = &mut block.header;
    (header.hash, header.miner, header.nonce) = (None, None, None);
    block
}

//! What the archive says of blocks, as this test needs it.

use crate::scenario;
use alloy_consensus::Header;
use alloy_primitives::{Address, B64, B256, Bloom, Bytes, Log, U64, U256};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) arbos: u64,
    pub(crate) l1_base_fee: U256,
    pub(crate) genesis: Genesis,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Deserialize)]
pub(crate) struct Genesis {
    pub(crate) header: RecordedHeader,
    pub(crate) hash: B256,
    pub(crate) state: BTreeMap<Address, scenario::Account>,
}

#[derive(Deserialize)]
pub(crate) struct Block {
    pub(crate) time: u64,
    pub(crate) l1_block: u64,
    pub(crate) start_tx: Bytes,
    pub(crate) start_receipt: Bytes,
    pub(crate) header: RecordedHeader,
    pub(crate) hash: B256,
    pub(crate) txs: Vec<Tx>,
    pub(crate) changes: BTreeMap<Address, scenario::Account>,
}

#[derive(Deserialize)]
pub(crate) struct Tx {
    pub(crate) raw: Bytes,
    pub(crate) hash: B256,
    pub(crate) from: Address,
    pub(crate) refused: Option<String>,
    #[serde(default)]
    pub(crate) status: u8,
    #[serde(default)]
    pub(crate) cumulative_gas_used: u64,
    #[serde(default)]
    pub(crate) logs: Vec<RecordedLog>,
}

#[derive(Deserialize)]
pub(crate) struct RecordedLog {
    address: Address,
    topics: Vec<B256>,
    data: Bytes,
}

impl From<&RecordedLog> for Log {
    fn from(log: &RecordedLog) -> Self {
        Self::new(log.address, log.topics.clone(), log.data.clone()).expect("at most four topics")
    }
}

/// go-ethereum's names for the fields.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecordedHeader {
    parent_hash: B256,
    #[serde(rename = "sha3Uncles")]
    ommers_hash: B256,
    miner: Address,
    state_root: B256,
    transactions_root: B256,
    receipts_root: B256,
    logs_bloom: Bloom,
    difficulty: U256,
    number: U64,
    gas_limit: U64,
    gas_used: U64,
    timestamp: U64,
    extra_data: Bytes,
    mix_hash: B256,
    nonce: B64,
    base_fee_per_gas: U64,
}

impl From<&RecordedHeader> for Header {
    fn from(header: &RecordedHeader) -> Self {
        Self {
            parent_hash: header.parent_hash,
            ommers_hash: header.ommers_hash,
            beneficiary: header.miner,
            state_root: header.state_root,
            transactions_root: header.transactions_root,
            receipts_root: header.receipts_root,
            logs_bloom: header.logs_bloom,
            difficulty: header.difficulty,
            number: header.number.to(),
            gas_limit: header.gas_limit.to(),
            gas_used: header.gas_used.to(),
            timestamp: header.timestamp.to(),
            extra_data: header.extra_data.clone(),
            mix_hash: header.mix_hash,
            nonce: header.nonce,
            base_fee_per_gas: Some(header.base_fee_per_gas.to()),
            ..Self::default()
        }
    }
}

/// The scenarios of both archives, as JSON texts.
pub(crate) fn texts() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/nitro");
    let archives = ["chain.tar.zst", "programs.tar.zst"].map(|name| folder.join(name));
    let texts = archives.iter().flat_map(|path| scenario::texts(path));
    texts.collect()
}

//! The archives: what is in them, as it was recorded.

use alloy_primitives::{Address, B256, Bloom, Bytes, U64, U256};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// A chain from its genesis on, with what Nitro made of every transaction.
#[derive(Debug, Deserialize)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) arbos: u64,
    pub(crate) l1_base_fee: u64,
    pub(crate) genesis: Genesis,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Genesis {
    pub(crate) hash: B256,
    pub(crate) state: BTreeMap<Address, Account>,
}

/// What an account is, or what of it a block changed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Account {
    pub(crate) nonce: Option<u64>,
    pub(crate) balance: Option<U256>,
    pub(crate) code: Option<Bytes>,
    #[serde(default)]
    pub(crate) storage: BTreeMap<B256, B256>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Block {
    pub(crate) hash: B256,
    pub(crate) l1_block: u64,
    pub(crate) header: Header,
    pub(crate) txs: Vec<Tx>,
    pub(crate) changes: BTreeMap<Address, Account>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Header {
    pub(crate) base_fee_per_gas: U64,
    pub(crate) timestamp: U64,
    pub(crate) transactions_root: B256,
    pub(crate) receipts_root: B256,
    pub(crate) logs_bloom: Bloom,
    pub(crate) gas_used: U64,
    pub(crate) extra_data: Bytes,
    pub(crate) mix_hash: B256,
}

impl Header {
    /// The block of the parent chain, between the number of sends and the version of ArbOS.
    pub(crate) fn l1_block(&self) -> u64 {
        let (_, rest) = self.mix_hash.split_first_chunk::<8>().expect("32 bytes");
        let (number, _) = rest.split_first_chunk().expect("24 bytes");
        u64::from_be_bytes(*number)
    }
}

/// A signed transaction, and what became of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Tx {
    pub(crate) raw: Bytes,
    pub(crate) from: Address,
    /// Why it is not in the block, in Nitro's words.
    pub(crate) refused: Option<String>,
    #[serde(default)]
    pub(crate) status: u8,
    #[serde(default)]
    pub(crate) gas_used: u64,
    #[serde(default)]
    pub(crate) gas_used_for_l1: u64,
    #[serde(default)]
    pub(crate) output: Bytes,
    #[serde(default)]
    pub(crate) logs: Vec<Log>,
    pub(crate) contract_address: Option<Address>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Log {
    pub(crate) address: Address,
    pub(crate) topics: Vec<B256>,
    pub(crate) data: Bytes,
}

impl Scenario {
    /// Its name without number and version: what it is about.
    pub(crate) fn family(&self) -> &str {
        let numbered = |c: char| c == '-' || c.is_ascii_digit();
        let family = self.name.trim_end_matches(numbered);
        if family.starts_with("owner-") {
            return "owner";
        }
        family
    }
}

/// The scenarios of an archive, as JSON texts: thousands of transactions are worth parsing where they are run.
pub(crate) fn texts(archive: &Path) -> Vec<Vec<u8>> {
    let file = File::open(archive).expect("the archive is checked in");
    let stream = ruzstd::decoding::StreamingDecoder::new(BufReader::new(file)).expect("zstd");
    let mut texts = Vec::new();
    let mut archive = tar::Archive::new(stream);
    for entry in archive.entries().expect("a tape archive") {
        let mut entry = entry.expect("a tape archive");
        if entry.header().entry_type().is_file() {
            let mut text = Vec::new();
            entry.read_to_end(&mut text).expect("a whole file");
            texts.push(text);
        }
    }
    texts
}

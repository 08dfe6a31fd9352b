//! A vector as it is written: `tests/fixtures/vectors/README.md` says what the fields mean.

use alloy_primitives::{Address, B256, Bytes, U256, address};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Slots and their values.
pub(crate) type Slots = BTreeMap<U256, U256>;

/// A program with its activation and calls of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Vector {
    pub(crate) name: String,
    pub(crate) arbos: u64,
    pub(crate) wat: String,
    pub(crate) wasm: Option<Bytes>,
    pub(crate) wasm_bytes: u64,
    pub(crate) wasm_keccak256: B256,
    #[serde(default = "pages")]
    pub(crate) page_limit: u16,
    pub(crate) activation: Activation,
    pub(crate) runs: Vec<Run>,
}

fn pages() -> u16 {
    128
}

/// What became of the activation.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Activation {
    Refused {
        error: String,
        error_contains: String,
    },
    Accepted(Figures),
}

/// What an activation keeps and costs.
#[derive(Debug, Deserialize)]
pub(crate) struct Figures {
    pub(crate) init: u64,
    pub(crate) cached_init: u64,
    pub(crate) init_gas: u64,
    pub(crate) cached_gas: u64,
    pub(crate) footprint: u64,
    pub(crate) asm_estimate: u64,
    pub(crate) activation_gas: u64,
}

/// A call: what it begins with, and what came of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Run {
    pub(crate) calldata: Bytes,
    pub(crate) value: U256,
    pub(crate) sender: Address,
    pub(crate) gas_limit: u64,
    pub(crate) entry_page_gas: u64,
    #[serde(rename = "static")]
    pub(crate) is_static: bool,
    #[serde(deserialize_with = "flag")]
    pub(crate) reentrant: bool,
    pub(crate) storage_before: Slots,
    #[serde(default)]
    pub(crate) storage_original: Slots,
    #[serde(default)]
    pub(crate) warm_slots: Vec<U256>,
    #[serde(default)]
    pub(crate) warm_addresses: Vec<Address>,
    #[serde(default)]
    pub(crate) transient_before: Slots,
    #[serde(default)]
    pub(crate) accounts: BTreeMap<Address, Account>,
    #[serde(default)]
    pub(crate) callees: Vec<Callee>,
    #[serde(default)]
    pub(crate) environment: Environment,

    pub(crate) status: String,
    pub(crate) evm_status_uncached: Option<String>,
    pub(crate) evm_status_cached: Option<String>,
    pub(crate) output: Option<Bytes>,
    pub(crate) output_len: Option<u64>,
    pub(crate) output_keccak256: Option<B256>,
    pub(crate) ink_used: u64,
    pub(crate) total_gas_uncached: u64,
    pub(crate) total_gas_cached: u64,
    pub(crate) host_calls: Vec<String>,
    pub(crate) host_ink: Vec<u64>,
    pub(crate) storage_after: Slots,
    pub(crate) transient_after: Option<Slots>,
    pub(crate) logs: Vec<Log>,
    pub(crate) refund: i64,
    #[serde(default)]
    pub(crate) sub_calls: Vec<SubCall>,
}

/// An account that exists before the call.
#[derive(Debug, Deserialize)]
pub(crate) struct Account {
    #[serde(default)]
    pub(crate) balance: U256,
    pub(crate) nonce: Option<u64>,
    #[serde(default)]
    pub(crate) code: Bytes,
}

/// What a called address does, or what an init code does.
#[derive(Debug, Deserialize)]
pub(crate) struct Callee {
    pub(crate) address: Option<Address>,
    #[serde(default)]
    pub(crate) code: Bytes,
}

/// What a program may know of its message, transaction and block.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Environment {
    pub(crate) contract: Address,
    pub(crate) origin: Address,
    pub(crate) coinbase: Address,
    pub(crate) chain_id: u64,
    pub(crate) basefee: U256,
    pub(crate) gas_price: U256,
    pub(crate) block_number: u64,
    pub(crate) block_timestamp: u64,
    pub(crate) block_gas_limit: u64,
    pub(crate) pages_open: u16,
    pub(crate) pages_ever: u16,
}

impl Default for Environment {
    fn default() -> Self {
        Self {
            contract: address!("00000000000000000000000000000000c0de0001"),
            origin: address!("0000000000000000000000000000000000000a11"),
            coinbase: address!("a4b000000000000000000073657175656e636572"),
            chain_id: 412_346,
            basefee: U256::from(100_000_000),
            gas_price: U256::from(100_000_000),
            block_number: 21_500_000,
            block_timestamp: 1_750_000_000,
            block_gas_limit: 1 << 50,
            pages_open: 0,
            pages_ever: 0,
        }
    }
}

/// A log.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Log {
    pub(crate) topics: Vec<B256>,
    pub(crate) data: Bytes,
}

/// A call or creation that the program made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct SubCall {
    pub(crate) kind: String,
    pub(crate) address: Address,
    pub(crate) value: U256,
    pub(crate) input: Bytes,
    pub(crate) gas_passed: u64,
    pub(crate) base_cost: u64,
    pub(crate) cost: u64,
    pub(crate) ok: bool,
}

/// A truth value that may be written as 0 or 1.
fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Flag {
        Truth(bool),
        Number(u64),
    }
    Ok(match Flag::deserialize(deserializer)? {
        Flag::Truth(truth) => truth,
        Flag::Number(number) => number != 0,
    })
}

//! The settings of a chain.

use crate::dev_accounts::DEV_ACCOUNTS;
use crate::predeploys::Predeploy;
use crate::version::ArbOs;
use alloy_primitives::{Address, U256, address};
use std::collections::BTreeSet;

/// The account that Arbitrum's sequencer names as the beneficiary of every block.
pub(crate) const SEQUENCER: Address = address!("a4b000000000000000000073657175656e636572");

/// The settings of a chain. The same settings give the same genesis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Version of ArbOS; the default is the one live on Arbitrum One.
    pub arbos: ArbOs,
    /// Chain id; the default is that of Nitro's development node.
    pub chain_id: u64,
    /// Time of genesis in seconds since 1970. Fixed, so that runs are alike: 20 August 2026.
    pub timestamp: u64,
    /// Block of the parent chain at genesis, which is the block number that contracts see.
    pub l1_block: u64,
    /// Least wei for one gas, until it is set otherwise; under load it grows.
    pub base_fee: u64,
    /// Wei for a unit of the parent chain's data, which is a sixteenth of a byte's: what posting a signed transaction costs.
    pub l1_base_fee: U256,
    /// Whether EIP-7623's floor under the price of calldata holds, from ArbOS 40. Arbitrum leaves it off.
    pub calldata_floor: bool,
    /// Most gas that a call or an estimate gets, whatever it names; none means all that it names. The default is that of
    /// Nitro's node.
    pub call_gas_cap: u64,
    /// Whether receipts carry a trace.
    pub trace: bool,
    /// The owner of the chain, who may cache programs; the default is the first development account.
    pub owner: Address,
    /// Who receives what gas and activations cost.
    pub network_fee_account: Address,
    /// Contracts that the chain has from its genesis; the default is all that tools expect.
    pub predeploys: BTreeSet<Predeploy>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            arbos: ArbOs::LATEST,
            chain_id: 412_346,
            timestamp: 1_787_184_000,
            l1_block: 21_500_000,
            base_fee: 100_000_000,
            l1_base_fee: U256::ZERO,
            calldata_floor: false,
            call_gas_cap: 50_000_000,
            trace: false,
            owner: DEV_ACCOUNTS[0],
            network_fee_account: SEQUENCER,
            predeploys: Predeploy::ALL.into(),
        }
    }
}

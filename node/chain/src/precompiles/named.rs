//! What Arbitrum's precompiles and their functions are called, for whoever shows calls of them.

use super::abi::{ArbSys, ArbWasm, ArbWasmCache};
use super::{
    arb_address_table::ArbAddressTable, arb_aggregator::ArbAggregator,
    arb_filtered_transactions::ArbFilteredTransactionsManager,
    arb_function_table::ArbFunctionTable, arb_gas_info::ArbGasInfo, arb_info::ArbInfo,
    arb_native_token_manager::ArbNativeTokenManager, arb_owner::ArbOwner,
    arb_owner_public::ArbOwnerPublic, arb_retryable_tx::ArbRetryableTx,
    arb_statistics::ArbStatistics, arbos_acts::ArbosActs,
};
use crate::arbos::predeploys::Contract;
use alloy_primitives::Address;

/// A precompile by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: &'static str,
    /// Where it is.
    pub address: Address,
    /// The signatures of its functions, such as `arbBlockNumber()`.
    pub functions: &'static [&'static str],
}

/// All of Arbitrum's precompiles, at whatever version.
#[must_use]
pub fn named() -> [Named; 18] {
    Contract::ALL.map(|contract| Named {
        name: contract.name,
        address: contract.address(),
        functions: functions(contract.name),
    })
}

fn functions(name: &str) -> &'static [&'static str] {
    match name {
        "ArbSys" => ArbSys::ArbSysCalls::SIGNATURES,
        "ArbInfo" => ArbInfo::ArbInfoCalls::SIGNATURES,
        "ArbAddressTable" => ArbAddressTable::ArbAddressTableCalls::SIGNATURES,
        "ArbFunctionTable" => ArbFunctionTable::ArbFunctionTableCalls::SIGNATURES,
        "ArbOwnerPublic" => ArbOwnerPublic::ArbOwnerPublicCalls::SIGNATURES,
        "ArbGasInfo" => ArbGasInfo::ArbGasInfoCalls::SIGNATURES,
        "ArbAggregator" => ArbAggregator::ArbAggregatorCalls::SIGNATURES,
        "ArbRetryableTx" => ArbRetryableTx::ArbRetryableTxCalls::SIGNATURES,
        "ArbStatistics" => ArbStatistics::ArbStatisticsCalls::SIGNATURES,
        "ArbOwner" => ArbOwner::ArbOwnerCalls::SIGNATURES,
        "ArbWasm" => ArbWasm::ArbWasmCalls::SIGNATURES,
        "ArbWasmCache" => ArbWasmCache::ArbWasmCacheCalls::SIGNATURES,
        "ArbNativeTokenManager" => ArbNativeTokenManager::ArbNativeTokenManagerCalls::SIGNATURES,
        "ArbFilteredTransactionsManager" => {
            ArbFilteredTransactionsManager::ArbFilteredTransactionsManagerCalls::SIGNATURES
        }
        "ArbosActs" => ArbosActs::ArbosActsCalls::SIGNATURES,
        // none that anybody can use
        _ => &[],
    }
}

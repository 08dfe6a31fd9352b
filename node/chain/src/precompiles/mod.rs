//! Precompiles: Ethereum's of the chain's version, and Arbitrum's own.
//!
//! A method that a precompile does not have at the chain's version takes all gas and fails, as on Nitro. What Nitro has and this
//! chain has not ends the transaction with an error that names it, or stands in docs/decisions/007.

pub mod abi;
mod activation;
mod arb_address_table;
mod arb_aggregator;
mod arb_filtered_transactions;
mod arb_function_table;
mod arb_gas_info;
mod arb_info;
mod arb_native_token_manager;
mod arb_owner;
mod arb_owner_public;
mod arb_retryable_tx;
mod arb_statistics;
mod arb_sys;
mod arb_wasm;
mod arb_wasm_cache;
mod arbos_acts;
mod arbos_test;
mod call;
mod dispatch;
mod method;
mod named;
mod sends;
mod sets;

pub use named::{Named, named};

use crate::arbos::predeploys::Contract;
use crate::context::Context;
use crate::version::{ArbOs, Feature};
use alloy_primitives::Address;
use alloy_primitives::map::AddressSet;
use revm::handler::{EthPrecompiles, PrecompileProvider};
use revm::interpreter::{CallInputs, InterpreterResult};
use revm::precompile::{PrecompileSpecId, Precompiles, secp256r1};
use revm::primitives::hardfork::SpecId;
use std::sync::OnceLock;

/// The precompiles of a chain.
#[derive(Clone, Debug)]
pub struct ArbPrecompiles {
    arbos: ArbOs,
    set: &'static Set,
}

/// What is shared by every chain of the same era: precompiles are worth building once, transactions are many.
#[derive(Debug)]
struct Set {
    standard: Precompiles,
    warm: AddressSet,
}

impl ArbPrecompiles {
    /// The precompiles at an ArbOS version: Cancun's and P256VERIFY below 50, Osaka's from there (`gethhook/geth-hook.go`).
    #[must_use]
    pub fn new(arbos: ArbOs) -> Self {
        static CANCUN: OnceLock<Set> = OnceLock::new();
        static OSAKA: OnceLock<Set> = OnceLock::new();
        let set = if !arbos.has(Feature::Osaka) {
            CANCUN.get_or_init(|| {
                let mut standard = Precompiles::new(PrecompileSpecId::CANCUN).clone();
                standard.extend([secp256r1::P256VERIFY]);
                Set::new(standard)
            })
        } else {
            OSAKA.get_or_init(|| Set::new(Precompiles::new(PrecompileSpecId::OSAKA).clone()))
        };
        Self { arbos, set }
    }
}

/// Whether there is a precompile at an address at an ArbOS version.
#[must_use]
pub fn is_precompile(arbos: ArbOs, address: Address) -> bool {
    match Contract::at(address) {
        Some(contract) => contract.exists(arbos),
        None => ArbPrecompiles::new(arbos).set.standard.contains(&address),
    }
}

/// The accounts at which there are precompiles, Ethereum's and Arbitrum's.
#[must_use]
pub fn active(arbos: ArbOs) -> AddressSet {
    ArbPrecompiles::new(arbos).set.warm.clone()
}

impl Set {
    fn new(standard: Precompiles) -> Self {
        let mut warm = standard.addresses_set().clone();
        warm.extend(Contract::ALL.map(Contract::address));
        Self { standard, warm }
    }
}

impl PrecompileProvider<Context> for ArbPrecompiles {
    type Output = InterpreterResult;

    fn set_spec(&mut self, _spec: SpecId) -> bool {
        false
    }

    fn run(
        &mut self,
        context: &mut Context,
        inputs: &CallInputs,
    ) -> Result<Option<InterpreterResult>, String> {
        let supposed = context.chain.moved.get(&inputs.bytecode_address).copied();
        let address = match supposed {
            None => inputs.bytecode_address,
            Some(Some(original)) => original,
            Some(None) => return Ok(None),
        };
        if let Some(contract) = Contract::at(address) {
            return dispatch::run(contract, self.arbos, context, inputs).map(Some);
        }
        let moved = supposed.map(|_| CallInputs {
            bytecode_address: address,
            ..inputs.clone()
        });
        let inputs = moved.as_ref().unwrap_or(inputs);
        EthPrecompiles {
            precompiles: &self.set.standard,
            spec: SpecId::default(),
        }
        .run(context, inputs)
    }

    fn warm_addresses(&self) -> &AddressSet {
        &self.set.warm
    }

    fn contains(&self, address: &Address) -> bool {
        self.set.warm.contains(address)
    }
}

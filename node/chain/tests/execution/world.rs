//! What these tests share: a chain that traces, and programs and bytecode on it.

use alloy_primitives::{Address, B256, U256};
use stylus_chain::ArbOs;
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::{Chain, Config, Executed, Status, Transaction, compress, deploy, init_code};

pub(crate) const ALICE: Address = DEV_ACCOUNTS[0];

/// A chain with tracing, acted on by one account.
pub(crate) struct World {
    pub(crate) chain: Chain,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::at(61)
    }

    pub(crate) fn at(arbos: u64) -> Self {
        let config = Config {
            arbos: ArbOs::try_from(arbos).expect("a known version"),
            trace: true,
            ..Config::default()
        };
        Self {
            chain: Chain::new(config),
        }
    }

    /// Puts code on the chain.
    pub(crate) fn contract(&mut self, code: &[u8]) -> Address {
        let receipt = self.sent(Transaction::create(ALICE, init_code(code)));
        receipt.contract_address.expect("a creation has an address")
    }

    /// Puts a program on the chain, in WebAssembly text, and activates it.
    pub(crate) fn program(&mut self, wat: &str) -> Address {
        let wasm = wat::parse_str(wat).expect("the program assembles");
        let program = self.contract(&compress(&wasm));
        let deposit = U256::from(10_u64.pow(18));
        self.sent(deploy::activate(ALICE, program, deposit));
        program
    }

    /// Runs a transaction that must succeed.
    pub(crate) fn sent(&mut self, transaction: Transaction) -> Executed {
        let receipt = self.chain.send(transaction).expect("a valid transaction");
        assert_eq!(receipt.status, Status::Success, "{:#?}", receipt.trace);
        receipt
    }

    /// Calls an account with all gas there may be; the call must succeed.
    pub(crate) fn call(&mut self, to: Address, input: &[u8]) -> Executed {
        self.sent(Transaction::call(ALICE, to, input.to_vec()))
    }
}

/// The 32-byte words of an output.
pub(crate) fn words(output: &[u8]) -> Vec<B256> {
    output.chunks(32).map(B256::right_padding_from).collect()
}

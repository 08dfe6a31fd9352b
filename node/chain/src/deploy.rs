//! How code gets onto a chain: as tools do it, in transactions.

use crate::arbos::predeploys::ARB_WASM;
use crate::chain::Transaction;
use crate::precompiles::abi::{ArbWasm, StylusDeployer};
use crate::predeploys::{NICKS_FACTORY, STYLUS_DEPLOYER};
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::SolCall;

/// Init code that deploys code as it is, in the words of cargo-stylus: copy what follows this prelude, and return it.
#[must_use]
pub fn init_code(code: &[u8]) -> Vec<u8> {
    const PUSH32: u8 = 0x7f;
    // DUP1, PUSH1 43 (the length of the prelude), PUSH1 0, CODECOPY, PUSH1 0, RETURN, and a zero before the code
    const REST: [u8; 10] = [0x80, 0x60, 0x2b, 0x60, 0x00, 0x39, 0x60, 0x00, 0xf3, 0x00];
    let mut length = [0; 32];
    length[24..].copy_from_slice(&(code.len() as u64).to_be_bytes());
    [&[PUSH32], &length[..], &REST, code].concat()
}

/// Creates a contract through Nick's factory, at [`create2_address`].
#[must_use]
pub fn create2(from: Address, salt: B256, init_code: &[u8]) -> Transaction {
    Transaction::call(from, NICKS_FACTORY, [salt.as_slice(), init_code].concat())
}

/// Where Nick's factory creates the contract of an init code.
#[must_use]
pub fn create2_address(salt: B256, init_code: &[u8]) -> Address {
    NICKS_FACTORY.create2_from_code(salt, init_code)
}

/// Activates a program. The deposit pays the data fee; what is left of it comes back.
#[must_use]
pub fn activate(from: Address, program: Address, deposit: U256) -> Transaction {
    let call = ArbWasm::activateProgramCall { program };
    Transaction::call(from, ARB_WASM, call.abi_encode()).value(deposit)
}

/// A program to be created, activated and initialised in one transaction, by StylusDeployer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// The code, as [`compress`](crate::compress) makes it.
    pub code: Bytes,
    /// Calldata of the first call, which initialises the program; empty for no call.
    pub init_data: Bytes,
    /// Wei sent with that call.
    pub init_value: U256,
    /// What sets the address apart from those of other deployments; zero makes it depend on the deployer's nonce.
    pub salt: B256,
}

impl Deployment {
    /// Deploys it. The deposit pays the data fee if the code is not active yet; what is left of it comes back.
    #[must_use]
    pub fn transaction(&self, from: Address, deposit: U256) -> Transaction {
        let call = StylusDeployer::deployCall {
            bytecode: init_code(&self.code).into(),
            initData: self.init_data.clone(),
            initValue: self.init_value,
            salt: self.salt,
        };
        Transaction::call(from, STYLUS_DEPLOYER, call.abi_encode())
            .value(deposit.saturating_add(self.init_value))
    }

    /// Where it will be. The deployer hashes the init data into the salt, so the address speaks for them too.
    ///
    /// None for salt zero, since the address then depends on what the deployer did before.
    #[must_use]
    pub fn address(&self) -> Option<Address> {
        if self.salt.is_zero() {
            return None;
        }
        let salt = keccak256([self.salt.as_slice(), &self.init_data].concat());
        Some(STYLUS_DEPLOYER.create2_from_code(salt, init_code(&self.code)))
    }
}

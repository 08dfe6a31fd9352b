//! What the tests of the chain share: who acts, small contracts, and the programs of the execution vectors.

use alloy_primitives::{Address, U256, hex};
use alloy_sol_types::SolCall;
use stylus_chain::ArbOs;
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::units::Gas;
use stylus_chain::wasm::activate::EntryGas;
use stylus_chain::{Chain, Config, Executed, Status, Transaction, compress, deploy, init_code};

/// The owner of the chain.
pub(crate) const ALICE: Address = DEV_ACCOUNTS[0];
pub(crate) const BOB: Address = DEV_ACCOUNTS[1];

/// Stores the second word of its calldata in the slot that the first one names.
pub(crate) const STORER: [u8; 7] = hex!("6020355f355500");
/// Answers the slot that its calldata names.
pub(crate) const LOADER: [u8; 10] = hex!("5f35545f5260205ff300");
/// Calls the account in the first word of its calldata with the rest and all value, and ends as that call does.
pub(crate) const CALLER: [u8; 32] =
    hex!("602036038060205f375f5f825f345f355af13d5f5f3e601c573d5ffd5b3d5ff3");
/// As [`CALLER`] with `STATICCALL`.
pub(crate) const STATIC_CALLER: [u8; 31] =
    hex!("602036038060205f375f5f825f5f355afa3d5f5f3e601b573d5ffd5b3d5ff3");
/// As [`CALLER`] with `DELEGATECALL`.
pub(crate) const DELEGATE_CALLER: [u8; 31] =
    hex!("602036038060205f375f5f825f5f355af43d5f5f3e601b573d5ffd5b3d5ff3");

/// Answers its calldata.
pub(crate) const ECHO: &str = "host_args_result";
/// Writes pairs of slot and value.
pub(crate) const WRITER: &str = "storage_write";

pub(crate) fn ether(amount: u64) -> U256 {
    U256::from(amount) * U256::from(10_u64.pow(18))
}

pub(crate) fn chain_at(arbos: u64) -> Chain {
    Chain::new(Config {
        arbos: ArbOs::try_from(arbos).expect("a known version"),
        ..Config::default()
    })
}

/// The code of a program of the execution vectors.
pub(crate) fn program(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/vectors/");
    compress(&wat::parse_file(format!("{folder}{name}.wat")).expect("the program assembles"))
}

/// Creates an account with this code.
pub(crate) fn create(chain: &mut Chain, code: &[u8]) -> Address {
    let receipt = send(chain, Transaction::create(ALICE, init_code(code)));
    receipt.contract_address.expect("a creation has an address")
}

/// Creates a program and activates it.
pub(crate) fn create_active(chain: &mut Chain, name: &str) -> Address {
    let address = create(chain, &program(name));
    send(chain, activation(address));
    address
}

pub(crate) fn activation(program: Address) -> Transaction {
    deploy::activate(ALICE, program, ether(1))
}

/// Runs a transaction that must succeed.
pub(crate) fn send(chain: &mut Chain, transaction: Transaction) -> Executed {
    let receipt = chain.send(transaction).expect("a valid transaction");
    assert_eq!(receipt.status, Status::Success, "output {}", receipt.output);
    receipt
}

/// What a contract answers to a call by [`BOB`].
pub(crate) fn ask<C: SolCall>(chain: &Chain, to: Address, call: &C) -> C::Return {
    let outcome = chain
        .call(Transaction::call(BOB, to, call.abi_encode()))
        .expect("a valid call");
    assert_eq!(outcome.status, Status::Success, "output {}", outcome.output);
    C::abi_decode_returns(&outcome.output).expect("an answer of the right type")
}

/// Words in a row.
pub(crate) fn words<const N: usize>(words: [U256; N]) -> Vec<u8> {
    words.map(|word| word.to_be_bytes::<32>()).concat()
}

/// An address as a word.
pub(crate) fn word(address: Address) -> U256 {
    address.into_word().into()
}

/// 21,000 gas and the calldata's (EIP-2028).
pub(crate) fn intrinsic_gas(calldata: &[u8]) -> u64 {
    let bytes = calldata.iter().map(|byte| if *byte == 0 { 4 } else { 16 });
    21_000 + bytes.sum::<u64>()
}

/// What entering a program costs, not cached and cached.
pub(crate) fn entry(uncached: u64, cached: u64) -> EntryGas {
    EntryGas {
        uncached: Gas(uncached),
        cached: Gas(cached),
    }
}

//! What a user's own tests must stand: long loops and deep nesting, in a test thread, without optimisation.

use alloy_primitives::{Address, U256};
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::{Chain, Config, Executed, Status, Transaction, compress, deploy, init_code};

const ALICE: Address = DEV_ACCOUNTS[0];
const TURNS: &str = include_str!("../../node/chain/tests/execution/turns.wat");
const NEST: &str = include_str!("../../node/chain/tests/execution/nest.wat");

fn send(chain: &mut Chain, transaction: Transaction) -> Executed {
    let receipt = chain.send(transaction).expect("a valid transaction");
    assert_eq!(receipt.status, Status::Success);
    receipt
}

fn chain_with(wat: &str) -> (Chain, Address) {
    let mut chain = Chain::new(Config::default());
    let code = compress(&wat::parse_str(wat).expect("the program assembles"));
    let receipt = send(&mut chain, Transaction::create(ALICE, init_code(&code)));
    let program = receipt.contract_address.expect("a creation has an address");
    let deposit = U256::from(10_u64.pow(18));
    send(&mut chain, deploy::activate(ALICE, program, deposit));
    (chain, program)
}

#[test]
fn ten_million_turns_end() {
    let (mut chain, program) = chain_with(TURNS);
    let turns = 10_000_000_u32.to_le_bytes().to_vec();
    let receipt = send(&mut chain, Transaction::call(ALICE, program, turns));
    // each turn is a block of 3,436 ink
    assert!(receipt.gas_used > 3_436_000, "{} gas", receipt.gas_used);
}

#[test]
fn programs_nest_as_deep_as_the_gas_allows() {
    let (mut chain, program) = chain_with(NEST);
    let input = program.to_vec();
    let receipt = send(&mut chain, Transaction::call(ALICE, program, input));
    let depth = u32::from_le_bytes(receipt.output[..].try_into().expect("four bytes"));
    assert!(depth > 100, "{depth} programs");
}

//! How a step is tried before it is sent.

use super::ALICE;
use alloy_primitives::{Address, U256, hex};
use alloy_sol_types::sol;
use lineage::session::Attempt;
use lineage_tests::World;
use lineage_tests::bytecode::creation;
use stylus_chain::chain::Transaction;

sol! {
    function gasLeft() external returns (uint256);
}

/// The gas that a contract found left, and what the transaction used.
fn attempted(world: &mut World, contract: Address) -> (u64, u64) {
    let tried = world.command(|session| {
        let gas = Transaction::MAX_GAS;
        session.attempt("ask", gas, ALICE, contract, &gasLeftCall {})
    });
    match tried.expect("the chain takes it") {
        Attempt::Done(left, sent) => (left.to(), sent.gas),
        Attempt::Refused(refusal) | Attempt::Failed(refusal, _) => panic!("{refusal}"),
    }
}

#[test]
fn r72_step_is_sent_with_twice_the_gas_of_its_trial() {
    let mut world = World::new();
    let teller = world.deploy_code(creation(&hex!("5a5f5260205ff3")));
    let (left, used) = attempted(&mut world, teller);
    assert!((used / 2..used * 2).contains(&left), "{left} of {used}");
}

#[test]
fn step_that_asks_for_more_gas_than_it_uses_is_sent_with_all_of_it() {
    let mut world = World::new();
    // Reverts unless it has a million gas.
    let code = hex!("5a620f424011601057" "5a5f5260205ff3" "5b5f5ffd");
    let greedy = world.deploy_code(creation(&code));
    let (left, used) = attempted(&mut world, greedy);
    assert!(
        left > 30_000_000 && used < 50_000,
        "{left} left, {used} used"
    );
}

#[test]
fn nobody_who_has_nothing_is_asked_to_pay() {
    let mut world = World::new();
    let teller = world.deploy_code(creation(&hex!("5a5f5260205ff3")));
    world.chain.set_balance(ALICE, U256::ZERO);
    let block = world.chain.block_number();
    let tried = world.command(|session| {
        let gas = Transaction::MAX_GAS;
        session.attempt("ask", gas, ALICE, teller, &gasLeftCall {})
    });
    let Ok(Attempt::Refused(refusal)) = tried else {
        panic!("it cannot be paid for")
    };
    assert!(refusal.to_string().contains("has 0.0 ETH"), "{refusal}");
    assert_eq!(world.chain.block_number(), block);
}

//! How tools put contracts on the chain.

use crate::world::{
    ALICE, BOB, ECHO, STORER, WRITER, create_active, entry, ether, program, send, words,
};
use alloy_primitives::{B256, U256, hex};
use alloy_sol_types::{SolCall, SolError, SolEvent};
use stylus_chain::context::NotActivated;
use stylus_chain::deploy::{Deployment, create2, create2_address};
use stylus_chain::precompiles::abi::{ArbWasm, StylusDeployer};
use stylus_chain::predeploys::{STYLUS_DEPLOYER, stylus_deployer_init_code};
use stylus_chain::wasm::activate::Refusal;
use stylus_chain::{Chain, Executed, Status, init_code};

fn deployment(code: &[u8], init_data: &[u8]) -> Deployment {
    Deployment {
        code: code.to_vec().into(),
        init_data: init_data.to_vec().into(),
        init_value: U256::ZERO,
        salt: B256::repeat_byte(7),
    }
}

fn deploy(chain: &mut Chain, deployment: &Deployment) -> Executed {
    chain
        .send(deployment.transaction(ALICE, ether(1)))
        .expect("a valid transaction")
}

#[test]
fn nicks_factory_creates_at_the_address_of_salt_and_code() {
    let mut chain = Chain::default();
    let salt = B256::repeat_byte(3);
    let init = init_code(&STORER);
    let expected = create2_address(salt, &init);

    let receipt = send(&mut chain, create2(BOB, salt, &init));

    assert_eq!(receipt.output[..], expected[..]);
    assert_eq!(chain.code(expected)[..], STORER);
}

#[test]
fn deployer_at_genesis_is_what_nicks_factory_would_have_made() {
    let mut chain = Chain::default();
    let genesis = chain.code(STYLUS_DEPLOYER);
    chain.set_code(STYLUS_DEPLOYER, []);
    chain.set_nonce(STYLUS_DEPLOYER, 0);

    send(
        &mut chain,
        create2(BOB, B256::ZERO, &stylus_deployer_init_code()),
    );

    assert_eq!(chain.code(STYLUS_DEPLOYER), genesis);
}

#[test]
fn deployer_creates_activates_and_pays_back() {
    let mut chain = Chain::default();
    let before = chain.balance(ALICE);
    let deployment = deployment(&program(ECHO), &[]);
    let expected = deployment.address().expect("a salt");

    let receipt = deploy(&mut chain, &deployment);

    assert_eq!(receipt.status, Status::Success);
    let [activated, deployed] = &receipt.logs[..] else {
        panic!("got {} logs", receipt.logs.len());
    };
    let activated = ArbWasm::ProgramActivated::decode_log(activated).expect("the event");
    let deployed = StylusDeployer::ContractDeployed::decode_log(deployed).expect("the event");
    assert_eq!(deployed.deployedContract, expected);
    assert_eq!(activated.program, expected);
    let gas = U256::from(receipt.gas_used) * U256::from(receipt.gas_price);
    assert_eq!(before - chain.balance(ALICE), activated.dataFee + gas);
    assert_eq!(chain.balance(STYLUS_DEPLOYER), U256::ZERO);
    assert_eq!(chain.program_entry_gas(expected), Some(entry(9_228, 363)));
}

#[test]
fn deployer_calls_the_constructor() {
    let mut chain = Chain::default();
    // one pair of slot and value, and a flush
    let init_data = [words([U256::from(5), U256::from(6)]), vec![0]].concat();

    let receipt = deploy(&mut chain, &deployment(&program(WRITER), &init_data));

    assert_eq!(receipt.status, Status::Success);
    let deployed = StylusDeployer::deployCall::abi_decode_returns(&receipt.output).expect("one");
    assert_eq!(chain.storage(deployed, U256::from(5)), U256::from(6));
}

#[test]
fn deployer_undoes_all_when_the_constructor_fails() {
    let mut chain = Chain::default();
    let before = chain.balance(ALICE);

    let receipt = deploy(
        &mut chain,
        &deployment(&program("trap_unreachable"), &hex!("01")),
    );

    assert_eq!(receipt.status, Status::Revert);
    let error = StylusDeployer::ContractInitializationError::abi_decode(&receipt.output);
    let address = error.expect("the typed error").newContract;
    assert_eq!(chain.code(address).len(), 0);
    assert_eq!(chain.program_entry_gas(address), None);
    let gas = U256::from(receipt.gas_used) * U256::from(receipt.gas_price);
    assert_eq!(before - chain.balance(ALICE), gas);
}

#[test]
fn deployer_activates_a_code_once() {
    let mut chain = Chain::default();
    create_active(&mut chain, ECHO);

    let receipt = deploy(&mut chain, &deployment(&program(ECHO), &[]));

    assert_eq!(receipt.status, Status::Success);
    assert_eq!(receipt.logs.len(), 1);
}

#[test]
fn value_for_the_constructor_reaches_it() {
    let mut chain = Chain::default();
    let deployment = Deployment {
        init_value: U256::from(123),
        ..deployment(&program(ECHO), &hex!("01"))
    };

    let receipt = deploy(&mut chain, &deployment);

    assert_eq!(receipt.status, Status::Success);
    let address = deployment.address().expect("a salt");
    assert_eq!(chain.balance(address), U256::from(123));
}

#[test]
fn address_without_a_salt_is_not_known_before() {
    let deployment = Deployment {
        salt: B256::ZERO,
        ..deployment(&program(ECHO), &[])
    };

    assert_eq!(deployment.address(), None);
}

#[test]
fn refusal_of_the_engine_is_told_beside_the_chain() {
    let mut chain = Chain::default();

    let receipt = deploy(&mut chain, &deployment(&program("act_start"), &[]));
    let after = send(&mut chain, create2(BOB, B256::ZERO, &init_code(&STORER)));

    // what the chain itself tells is that something reverted
    assert_eq!(
        (&receipt.status, receipt.output.len()),
        (&Status::Revert, 0)
    );
    let reason = receipt.refusal.as_ref().expect("it was refused");
    assert_eq!(*reason, NotActivated::Refused(Refusal::Start));
    assert_eq!(after.refusal, None);
    let kept = chain.receipt(receipt.transaction_hash);
    assert_eq!(kept.as_ref(), Some(&receipt.receipt));
}

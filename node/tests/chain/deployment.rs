//! How tools put contracts on the chain.

use crate::world::{ALICE, BOB, ECHO, STORER, WRITER, create_active, ether, program, send, words};
use alloy_primitives::{B256, U256, hex, keccak256};
use alloy_sol_types::{SolCall, SolError, SolEvent};
use stylus_chain::arbos::precompiles::abi::{ArbWasm, StylusDeployer};
use stylus_chain::genesis::{NICKS_FACTORY, STYLUS_DEPLOYER, stylus_deployer_init_code};
use stylus_chain::{Chain, Receipt, Status, Transaction, init_code};

fn deploy(chain: &mut Chain, code: &[u8], init_data: &[u8], salt: B256) -> Receipt {
    let call = StylusDeployer::deployCall {
        bytecode: init_code(code).into(),
        initData: init_data.to_vec().into(),
        initValue: U256::ZERO,
        salt,
    };
    chain
        .send(Transaction::call(ALICE, STYLUS_DEPLOYER, call.abi_encode()).value(ether(1)))
        .expect("a valid transaction")
}

#[test]
fn nicks_factory_creates_at_the_address_of_salt_and_code() {
    let mut chain = Chain::default();
    let salt = B256::repeat_byte(3);
    let init = init_code(&STORER);
    let expected = NICKS_FACTORY.create2_from_code(salt, &init);

    let receipt = send(
        &mut chain,
        Transaction::call(BOB, NICKS_FACTORY, [salt.as_slice(), &init].concat()),
    );

    assert_eq!(receipt.output[..], expected[..]);
    assert_eq!(chain.code(expected)[..], STORER);
}

#[test]
fn deployer_at_genesis_is_what_nicks_factory_would_have_made() {
    let mut chain = Chain::default();
    let genesis = chain.code(STYLUS_DEPLOYER);
    chain.set_code(STYLUS_DEPLOYER, []);
    chain.set_nonce(STYLUS_DEPLOYER, 0);
    let input = [B256::ZERO.as_slice(), &stylus_deployer_init_code()].concat();

    send(&mut chain, Transaction::call(BOB, NICKS_FACTORY, input));

    assert_eq!(chain.code(STYLUS_DEPLOYER), genesis);
}

#[test]
fn deployer_creates_activates_and_pays_back() {
    let mut chain = Chain::default();
    let before = chain.balance(ALICE);
    let salt = B256::repeat_byte(7);
    // the deployer hashes what initialises a program into its salt
    let expected = STYLUS_DEPLOYER.create2_from_code(keccak256(salt), init_code(&program(ECHO)));

    let receipt = deploy(&mut chain, &program(ECHO), &[], salt);

    assert_eq!(receipt.status, Status::Success);
    let [activated, deployed] = &receipt.logs[..] else {
        panic!("got {} logs", receipt.logs.len());
    };
    let activated = ArbWasm::ProgramActivated::decode_log(activated).expect("the event");
    let deployed = StylusDeployer::ContractDeployed::decode_log(deployed).expect("the event");
    assert_eq!(deployed.deployedContract, expected);
    assert_eq!(activated.program, expected);
    let gas = U256::from(receipt.gas_used * receipt.gas_price);
    assert_eq!(before - chain.balance(ALICE), activated.dataFee + gas);
    assert_eq!(chain.balance(STYLUS_DEPLOYER), U256::ZERO);
    assert_eq!(chain.program_entry_gas(expected), Some((9_228, 363)));
}

#[test]
fn deployer_calls_the_constructor() {
    let mut chain = Chain::default();
    // one pair of slot and value, and a flush
    let init_data = [words([U256::from(5), U256::from(6)]), vec![0]].concat();

    let receipt = deploy(
        &mut chain,
        &program(WRITER),
        &init_data,
        B256::repeat_byte(7),
    );

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
        &program("trap_unreachable"),
        &hex!("01"),
        B256::repeat_byte(7),
    );

    assert_eq!(receipt.status, Status::Revert);
    let error = StylusDeployer::ContractInitializationError::abi_decode(&receipt.output);
    let address = error.expect("the typed error").newContract;
    assert_eq!(chain.code(address).len(), 0);
    assert_eq!(chain.program_entry_gas(address), None);
    let gas = U256::from(receipt.gas_used * receipt.gas_price);
    assert_eq!(before - chain.balance(ALICE), gas);
}

#[test]
fn deployer_activates_a_code_once() {
    let mut chain = Chain::default();
    create_active(&mut chain, ECHO);

    let receipt = deploy(&mut chain, &program(ECHO), &[], B256::repeat_byte(7));

    assert_eq!(receipt.status, Status::Success);
    assert_eq!(receipt.logs.len(), 1);
}

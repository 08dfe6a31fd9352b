//! Precompiles called in every way, and those that the chain does not have.

use crate::world::{
    ALICE, BOB, CALLER, DELEGATE_CALLER, ECHO, STATIC_CALLER, ask, chain_at, create, create_active,
    send, word, words,
};
use alloy_primitives::{Address, B256, Bytes, U256, address, hex};
use alloy_sol_types::{SolCall, SolError};
use stylus_chain::arbos::predeploys::{ARB_SYS, ARB_WASM, ARB_WASM_CACHE};
use stylus_chain::context::Unsupported;
use stylus_chain::precompiles::abi::{ArbSys, ArbWasm, ArbWasmCache};
use stylus_chain::{Chain, Config, Outcome, Status, Transaction, TxError};

const ARB_OWNER: Address = address!("0000000000000000000000000000000000000070");
const P256_VERIFY: Address = address!("0000000000000000000000000000000000000100");

fn through(caller: Address, to: Address, input: &[u8]) -> Transaction {
    let input = [&word(to).to_be_bytes::<32>(), input].concat();
    Transaction::call(BOB, caller, input)
}

fn call(chain: &Chain, transaction: Transaction) -> Outcome {
    chain.call(transaction).expect("a valid call")
}

#[test]
fn parameters_are_those_a_chain_begins_with() {
    for (arbos, version, depth) in [(30, 1, 262_144), (41, 2, 262_144), (61, 2, 22_000)] {
        let chain = chain_at(arbos);
        assert_eq!(
            ask(&chain, ARB_WASM, &ArbWasm::stylusVersionCall {}),
            version
        );
        assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::maxStackDepthCall {}), depth);
    }
    let chain = Chain::default();
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::inkPriceCall {}), 10_000);
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::freePagesCall {}), 2);
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::pageGasCall {}), 1_000);
    assert_eq!(
        ask(&chain, ARB_WASM, &ArbWasm::pageRampCall {}),
        620_674_314
    );
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::pageLimitCall {}), 128);
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::initCostScalarCall {}), 100);
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::expiryDaysCall {}), 365);
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::keepaliveDaysCall {}), 31);
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::blockCacheSizeCall {}), 32);
    assert_eq!(ask(&chain, ARB_WASM, &ArbWasm::activationGasCall {}), 0);
    let least = ask(&chain, ARB_WASM, &ArbWasm::minInitGasCall {});
    assert_eq!((least.gas, least.cached), (8_832, 352));
}

#[test]
fn least_start_is_not_told_before_arbos_32() {
    let input = ArbWasm::minInitGasCall {}.abi_encode();

    let outcome = call(
        &chain_at(31),
        Transaction::call(BOB, ARB_WASM, input.clone()),
    );

    assert_eq!((outcome.status, outcome.output.len()), (Status::Revert, 0));
    // the version, the parameters, and nothing for a result
    assert_eq!(outcome.gas_used, crate::world::intrinsic_gas(&input) + 900);
}

#[test]
fn chain_tells_where_it_is() {
    let mut chain = Chain::default();
    send(&mut chain, Transaction::transfer(ALICE, BOB, U256::ZERO));

    assert_eq!(
        ask(&chain, ARB_SYS, &ArbSys::arbBlockNumberCall {}),
        U256::from(2)
    );
    assert_eq!(
        ask(&chain, ARB_SYS, &ArbSys::arbChainIDCall {}),
        U256::from(412_346)
    );
    assert_eq!(
        ask(&chain, ARB_SYS, &ArbSys::arbOSVersionCall {}),
        U256::from(61 + 55)
    );
    let hash = ask(
        &chain,
        ARB_SYS,
        &ArbSys::arbBlockHashCall {
            arbBlockNum: U256::from(1),
        },
    );
    assert_eq!(Some(hash), chain.block(1).map(|block| block.hash));
    let input = ArbSys::arbBlockHashCall {
        arbBlockNum: U256::from(2),
    };
    let outcome = call(&chain, Transaction::call(BOB, ARB_SYS, input.abi_encode()));
    let error = ArbSys::InvalidBlockNumber {
        requested: U256::from(2),
        current: U256::from(2),
    };
    assert_eq!(outcome.output, error.abi_encode());
}

#[test]
fn contract_of_the_parent_chain_has_an_alias() {
    let chain = Chain::default();
    let alias = |sender: Address| {
        ask(
            &chain,
            ARB_SYS,
            &ArbSys::mapL1SenderContractAddressToL2AliasCall {
                sender,
                unused: Address::ZERO,
            },
        )
    };

    assert_eq!(
        alias(Address::ZERO),
        address!("1111000000000000000000000000000000001111")
    );
    assert_eq!(
        alias(address!("ffffffffffffffffffffffffffffffffffffffff")),
        address!("1111000000000000000000000000000000001110")
    );
}

#[test]
fn view_is_answered_to_calls_and_static_calls_and_not_to_delegate_calls() {
    let mut chain = Chain::default();
    let input = ArbWasm::inkPriceCall {}.abi_encode();
    let answers = [&CALLER[..], &STATIC_CALLER, &DELEGATE_CALLER].map(|code| {
        let caller = create(&mut chain, code);
        call(&chain, through(caller, ARB_WASM, &input)).status
    });

    assert_eq!(answers, [Status::Success, Status::Success, Status::Revert]);
}

#[test]
fn pure_function_is_answered_to_delegate_calls_too() {
    let mut chain = Chain::default();
    let input = ArbSys::mapL1SenderContractAddressToL2AliasCall {
        sender: BOB,
        unused: BOB,
    };
    let caller = create(&mut chain, &DELEGATE_CALLER);

    let outcome = call(&chain, through(caller, ARB_SYS, &input.abi_encode()));

    assert_eq!(outcome.status, Status::Success);
}

#[test]
fn what_is_wrong_with_a_call_burns_the_gas_it_was_given() {
    let mut chain = Chain::default();
    let static_caller = create(&mut chain, &STATIC_CALLER);
    let view = ArbWasm::inkPriceCall {}.abi_encode();
    let write = ArbWasm::activateProgramCall { program: BOB }.abi_encode();
    let cases = [
        Transaction::call(BOB, ARB_WASM, hex!("12345678")),
        Transaction::call(BOB, ARB_WASM, hex!("123456")),
        Transaction::transfer(BOB, ARB_WASM, U256::from(1)),
        Transaction::call(BOB, ARB_WASM, view).value(U256::from(1)),
        Transaction::call(BOB, ARB_WASM, write[..20].to_vec()),
    ];
    for transaction in cases {
        let outcome = call(&chain, transaction.gas_limit(1_000_000));
        assert_eq!(
            (outcome.status, outcome.gas_used),
            (Status::Revert, 1_000_000)
        );
    }
    let outcome = call(
        &chain,
        through(static_caller, ARB_WASM, &write).gas_limit(1_000_000),
    );
    assert_eq!(outcome.status, Status::Revert);
    assert!(outcome.gas_used > 980_000, "{}", outcome.gas_used);
}

#[test]
fn write_below_a_static_call_burns_the_gas_it_was_given() {
    // the owner is a contract yet to be made, so that nothing but the rule itself can stop it
    let mut chain = Chain::new(Config {
        owner: ALICE.create(1),
        ..Config::default()
    });
    let outer = create(&mut chain, &STATIC_CALLER);
    let owner = create(&mut chain, &CALLER);
    let evict = ArbWasmCache::evictCodehashCall {
        codehash: B256::ZERO,
    };
    let inner = through(owner, ARB_WASM_CACHE, &evict.abi_encode());

    let direct = call(&chain, inner.clone());
    let below = call(
        &chain,
        through(outer, owner, &inner.input).gas_limit(1_000_000),
    );

    assert_eq!(direct.status, Status::Success);
    assert_eq!(below.status, Status::Revert);
    // two frames kept a 64th of it each
    assert!(below.gas_used > 960_000, "{}", below.gas_used);
}

/// `ArbOwner.addChainOwner(address)` and `setGasPricingConstraints(uint64[3][])`.
const ADD_OWNER: [u8; 4] = hex!("481f8dbf");
const SET_CONSTRAINTS: [u8; 4] = hex!("cc0d556a");

#[test]
fn setting_that_the_chain_lacks_ends_the_transaction_and_cannot_be_caught() {
    let mut chain = Chain::default();
    let caller = create(&mut chain, &CALLER);
    let owner = [&ADD_OWNER[..], &word(caller).to_be_bytes::<32>()].concat();
    send(&mut chain, Transaction::call(ALICE, ARB_OWNER, owner));
    let before = chain.encode();
    // one limit, of one gas a second in a window of one second
    let arguments = words([32, 1, 1, 1, 0].map(U256::from));
    let input = [&SET_CONSTRAINTS[..], &arguments].concat();

    let direct = chain.send(Transaction::call(ALICE, ARB_OWNER, input.clone()));
    let within = chain.send(through(caller, ARB_OWNER, &input));

    let error = Err(TxError::Unsupported(Unsupported::GasConstraints));
    assert_eq!((direct, within), (error.clone(), error));
    assert_eq!(chain.encode(), before);
}

#[test]
fn wei_that_are_withdrawn_leave_the_chain_in_a_numbered_message() {
    let mut chain = Chain::default();
    let input = ArbSys::withdrawEthCall { destination: ALICE }.abi_encode();
    let withdrawal = || Transaction::call(BOB, ARB_SYS, input.clone()).value(U256::from(7));

    let first = send(&mut chain, withdrawal());
    let second = send(&mut chain, withdrawal());

    assert_eq!(chain.balance(ARB_SYS), U256::ZERO);
    let numbers = [first, second].map(|executed| U256::from_be_slice(&executed.output));
    assert_eq!(numbers, [U256::ZERO, U256::from(1)]);
}

#[test]
fn precompile_of_a_later_version_is_an_empty_account() {
    let manager = address!("0000000000000000000000000000000000000073");

    let outcome = call(
        &chain_at(40),
        Transaction::call(BOB, manager, hex!("12345678")),
    );
    let later = call(
        &chain_at(41),
        Transaction::call(BOB, manager, hex!("12345678")).gas_limit(50_000),
    );

    assert_eq!((outcome.status, outcome.output.len()), (Status::Success, 0));
    assert_eq!((later.status, later.gas_used), (Status::Revert, 50_000));
}

#[test]
fn precompiles_have_code_for_those_who_look() {
    let chain = Chain::default();

    for address in [ARB_SYS, ARB_WASM, ARB_OWNER] {
        assert_eq!(chain.code(address), Bytes::from_static(&[0xfe]));
    }
}

#[test]
fn looking_at_an_account_does_not_make_it_warm() {
    let mut chain = Chain::default();
    let watched = create_active(&mut chain, ECHO);
    // asks ArbWasm for the version of the program there, then reads its balance: 2,600 gas more if it is cold
    let code = |balance: &[u8]| {
        let version = &ArbWasm::programVersionCall::SELECTOR;
        let mut code = vec![0x63];
        code.extend(version);
        // stored with the address after it, as 36 bytes from offset 28 on
        code.extend(hex!("5f52 73"));
        code.extend(watched);
        code.extend(hex!("602052 5f5f6024601c5f607162030d40f1 50"));
        code.extend(balance);
        code
    };
    let plain = create(&mut chain, &code(&hex!("00")));
    let mut reads = vec![0x73];
    reads.extend(watched);
    reads.extend(hex!("3100"));
    let reading = create(&mut chain, &code(&reads));

    let gas = |to| call(&chain, Transaction::call(BOB, to, [])).gas_used;

    assert_eq!(gas(reading) - gas(plain), 3 + 2_600);
}

/// The first vector of EIP-7951's reference tests: digest, r, s, x, y.
const SIGNATURE: [u8; 160] = hex!(
    "4cee90eb86eaa050036147a12d49004b6b9c72bd725d39d4785011fe190f0b4d"
    "a73bd4903f0ce3b639bbbf6e8e80d16931ff4bcf5993d58468e8fb19086e8cac"
    "36dbcd03009df8c59286b162af3bd7fcc0450c9aa81be5d10d312af6c66b1d60"
    "4aebd3099c618202fcfe16ae7770b0c49ab5eadf74b754204a3bb6060e44eff3"
    "7618b065f9832de4ca6ca971a7a1adc826d0f7c00181a5fb2ddf79ae00b4e10e"
);

#[test]
fn p256_is_verified_at_the_price_of_the_version() {
    for (arbos, gas) in [(30, 3_450), (41, 3_450), (50, 6_900), (61, 6_900)] {
        let outcome = call(
            &chain_at(arbos),
            Transaction::call(BOB, P256_VERIFY, SIGNATURE),
        );
        assert_eq!(
            U256::from_be_slice(&outcome.output),
            U256::from(1),
            "ArbOS {arbos}"
        );
        assert_eq!(
            outcome.gas_used,
            crate::world::intrinsic_gas(&SIGNATURE) + gas
        );
    }
}

#[test]
fn bls_precompiles_come_with_arbos_50_only() {
    // BLS12_G1ADD of the point at infinity to itself
    let g1_add = address!("000000000000000000000000000000000000000b");
    let sum = |arbos| {
        call(
            &chain_at(arbos),
            Transaction::call(BOB, g1_add, vec![0; 256]),
        )
        .output
        .len()
    };

    assert_eq!((sum(41), sum(50)), (0, 128));
}

#[test]
fn point_evaluation_is_there_from_the_start() {
    let point_evaluation = address!("000000000000000000000000000000000000000a");

    let outcome = call(
        &chain_at(30),
        Transaction::call(BOB, point_evaluation, vec![0; 192]),
    );

    // 192 zero bytes are no valid proof, which an empty account would not mind
    assert!(
        matches!(outcome.status, Status::Halt(_)),
        "{:?}",
        outcome.status
    );
}

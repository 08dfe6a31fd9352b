//! Expiry, renewal, and moving to another Stylus version.

use crate::world::{ALICE, ECHO, activation, ask, chain_at, create_active, entry, send};
use alloy_primitives::U256;
use alloy_sol_types::{SolCall, SolError, SolEvent};
use stylus_chain::arbos::predeploys::ARB_WASM;
use stylus_chain::precompiles::abi::ArbWasm;
use stylus_chain::{Chain, Executed, Status, Transaction};

const DAY: u64 = 86_400;

fn keepalive(chain: &mut Chain, program: alloy_primitives::Address) -> Executed {
    let call = ArbWasm::codehashKeepaliveCall {
        codehash: chain.code_hash(program),
    };
    chain
        .send(Transaction::call(ALICE, ARB_WASM, call.abi_encode()).value(crate::world::ether(1)))
        .expect("a valid transaction")
}

/// Seconds between genesis and the hour in which it lies, since an activation keeps whole hours.
fn past_the_hour(chain: &Chain) -> u64 {
    (chain.timestamp() - 1_421_388_000) % 3_600
}

#[test]
fn program_lives_365_days_counted_from_its_hour() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    let lived = past_the_hour(&chain);
    let left = ask(
        &chain,
        ARB_WASM,
        &ArbWasm::programTimeLeftCall { program: echo },
    );
    assert_eq!(left, 365 * DAY - lived);

    chain.increase_time(left);
    assert_eq!(chain.program_entry_gas(echo), Some(entry(9_228, 363)));
    chain.increase_time(1);

    assert_eq!(chain.program_entry_gas(echo), None);
    let call = ArbWasm::programVersionCall { program: echo }.abi_encode();
    let outcome = chain
        .call(Transaction::call(ALICE, ARB_WASM, call))
        .expect("a valid call");
    let expired = ArbWasm::ProgramExpired {
        ageInSeconds: 365 * DAY + 1,
    };
    assert_eq!(outcome.output, expired.abi_encode());
}

#[test]
fn expired_program_is_activated_again() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    chain.increase_time(366 * DAY);
    assert_eq!(chain.program_entry_gas(echo), None);

    send(&mut chain, activation(echo));

    assert_eq!(chain.program_entry_gas(echo), Some(entry(9_228, 363)));
}

#[test]
fn keepalive_extends_a_life_after_31_days_and_not_before() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    let until_due = 31 * DAY - past_the_hour(&chain);

    chain.increase_time(until_due - 1);
    let soon = keepalive(&mut chain, echo);
    assert_eq!(soon.status, Status::Revert);
    let error = ArbWasm::ProgramKeepaliveTooSoon {
        ageInSeconds: 31 * DAY - 1,
    };
    assert_eq!(soon.output, error.abi_encode());

    let done = keepalive(&mut chain, echo);
    assert_eq!(done.status, Status::Success);
    let log = ArbWasm::ProgramLifetimeExtended::decode_log(&done.logs[0]).expect("the event");
    assert_eq!(log.codehash, chain.code_hash(echo));
    // the fee is for the 503 kilobytes that are kept, 515,072 bytes: 241 basis points of the inertia
    assert_eq!(
        log.dataFee,
        U256::from(82_928_201_u64 * 10_243 / 10_000 * 515_072)
    );
    let lived = past_the_hour(&chain);
    assert_eq!(
        ask(
            &chain,
            ARB_WASM,
            &ArbWasm::programTimeLeftCall { program: echo }
        ),
        365 * DAY - lived
    );
}

#[test]
fn keepalive_of_what_was_never_activated_says_so() {
    let mut chain = Chain::default();
    let echo = crate::world::create(&mut chain, &crate::world::program(ECHO));

    let receipt = keepalive(&mut chain, echo);

    assert_eq!(receipt.output, ArbWasm::ProgramNotActivated {}.abi_encode());
}

#[test]
fn program_of_another_stylus_version_must_be_activated_again() {
    let mut old = chain_at(30);
    let echo = create_active(&mut old, ECHO);
    let arbos = stylus_chain::arbos::space::ARBOS_ACCOUNT;
    let (code, table) = (old.code(echo), old.storage_dump(arbos));
    let mut new = Chain::default();
    new.set_code(echo, code);
    let first = chain_at(30).storage_dump(arbos);
    // not what a chain begins with, which differs between versions
    for (slot, value) in table
        .into_iter()
        .filter(|(slot, _)| !first.contains_key(slot))
    {
        new.set_storage(arbos, slot, value);
    }
    new.set_next_timestamp(old.timestamp()).expect("later");

    let call = ArbWasm::programVersionCall { program: echo }.abi_encode();
    let outcome = new
        .call(Transaction::call(ALICE, ARB_WASM, call))
        .expect("a valid call");
    let error = ArbWasm::ProgramNeedsUpgrade {
        version: 1,
        stylusVersion: 2,
    };
    assert_eq!(outcome.output, error.abi_encode());

    send(&mut new, activation(echo));
    assert_eq!(new.program_entry_gas(echo), Some(entry(9_228, 363)));
}

#[test]
fn program_that_is_not_active_takes_all_gas() {
    let mut chain = Chain::default();
    let echo = crate::world::create(&mut chain, &crate::world::program(ECHO));
    let call = || Transaction::call(ALICE, echo, []).gas_limit(100_000);

    let before = chain.send(call()).expect("a valid transaction");
    send(&mut chain, activation(echo));
    let during = chain.send(call()).expect("a valid transaction");
    chain.increase_time(366 * DAY);
    let after = chain.send(call()).expect("a valid transaction");

    assert!(matches!(before.status, Status::Halt(_)));
    assert!(matches!(after.status, Status::Halt(_)));
    assert_eq!((before.gas_used, after.gas_used), (100_000, 100_000));
    assert_eq!(during.status, Status::Success);
}

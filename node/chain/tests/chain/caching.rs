//! Cached programs.

use crate::world::{
    ALICE, BOB, CALLER, ECHO, ask, chain_at, create, create_active, program, send, word,
};
use alloy_primitives::{Address, B256};
use alloy_sol_types::{SolCall, SolError, SolEvent};
use std::collections::BTreeSet;
use stylus_chain::arbos::predeploys::ARB_WASM_CACHE;
use stylus_chain::precompiles::abi::{ArbWasm, ArbWasmCache};
use stylus_chain::predeploys::CACHE_MANAGER;
use stylus_chain::{Chain, Config, Status, Transaction};

fn cache(from: Address, program: Address) -> Transaction {
    let call = ArbWasmCache::cacheProgramCall { program };
    Transaction::call(from, ARB_WASM_CACHE, call.abi_encode())
}

fn evict(codehash: B256) -> Transaction {
    let call = ArbWasmCache::evictCodehashCall { codehash };
    Transaction::call(ALICE, ARB_WASM_CACHE, call.abi_encode())
}

fn is_cached(chain: &Chain, codehash: B256) -> bool {
    ask(
        chain,
        ARB_WASM_CACHE,
        &ArbWasmCache::codehashIsCachedCall { codehash },
    )
}

#[test]
fn owner_caches_and_evicts_all_programs_of_a_code() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    let codehash = chain.code_hash(echo);
    assert!(!is_cached(&chain, codehash));

    let receipt = send(&mut chain, cache(ALICE, echo));
    assert!(is_cached(&chain, codehash));
    let log = ArbWasmCache::UpdateProgramCache::decode_log(&receipt.logs[0]).expect("the event");
    assert_eq!(
        (log.manager, log.codehash, log.cached),
        (ALICE, codehash, true)
    );

    let receipt = send(&mut chain, evict(codehash));
    assert!(!is_cached(&chain, codehash));
    assert_eq!(receipt.logs.len(), 1);
}

#[test]
fn caching_costs_the_gas_of_nitro_to_the_unit() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    let transaction = cache(ALICE, echo);
    let intrinsic = crate::world::intrinsic_gas(&transaction.input);

    let receipt = send(&mut chain, transaction);

    // the version, a word of arguments, the code hash, not a manager, but an owner, the parameters, the program, an event
    // of three topics and a word, the estimate of its start (33), the module hash, and the program written
    let expected = 800 + 3 + 2_600 + 800 + 800 + 100 + 800 + (4 * 375 + 8 * 32) + 33 + 800 + 20_000;
    assert_eq!(receipt.gas_used, intrinsic + expected);
}

#[test]
fn caching_what_is_cached_does_nothing() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    send(&mut chain, cache(ALICE, echo));

    let receipt = send(&mut chain, cache(ALICE, echo));

    assert_eq!(receipt.logs, []);
}

#[test]
fn stranger_may_not_cache_and_loses_the_gas() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);

    let receipt = chain
        .send(cache(BOB, echo).gas_limit(200_000))
        .expect("a valid transaction");

    assert_eq!(
        (&receipt.status, receipt.gas_used),
        (&Status::Revert, 200_000)
    );
    assert!(!is_cached(&chain, chain.code_hash(echo)));
}

#[test]
fn program_that_cannot_run_is_not_cached() {
    let mut chain = Chain::default();
    let echo = create(&mut chain, &program(ECHO));

    assert!(!chain.cache_program(echo, true));
    let receipt = chain.send(cache(ALICE, echo)).expect("a valid transaction");

    let error = ArbWasm::ProgramNeedsUpgrade {
        version: 0,
        stylusVersion: 2,
    };
    assert_eq!(receipt.output, error.abi_encode());
}

#[test]
fn cache_survives_a_new_activation() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    let before = chain.receipts().last().map(|receipt| receipt.gas_used);
    assert!(chain.cache_program(echo, true));
    chain.increase_time(366 * 86_400);

    let first = before.expect("it was active");
    let again = send(&mut chain, crate::world::activation(echo)).gas_used;

    // the module hash that leaves the cache is read
    assert_eq!(again, first + 800);
    assert!(is_cached(&chain, chain.code_hash(echo)));
}

#[test]
fn manager_is_the_one_of_the_genesis_and_the_owner_is_none() {
    let mut chain = Chain::default();
    let owner = ArbWasmCache::isCacheManagerCall { manager: ALICE };
    let all = ArbWasmCache::allCacheManagersCall {};
    assert!(!ask(&chain, ARB_WASM_CACHE, &owner));
    assert_eq!(ask(&chain, ARB_WASM_CACHE, &all), [CACHE_MANAGER]);
    chain = Chain::new(Config {
        predeploys: BTreeSet::new(),
        ..Config::default()
    });
    assert!(!ask(&chain, ARB_WASM_CACHE, &owner));
    assert!(ask(&chain, ARB_WASM_CACHE, &all).is_empty());
}

#[test]
fn functions_come_and_go_with_the_version() {
    let call = |chain: &Chain, input: Vec<u8>| {
        let outcome = chain.call(Transaction::call(ALICE, ARB_WASM_CACHE, input));
        outcome.expect("a valid call").status
    };
    for (arbos, by_hash, by_address) in [
        (30, Status::Success, Status::Revert),
        (31, Status::Revert, Status::Success),
    ] {
        let mut chain = chain_at(arbos);
        let echo = create_active(&mut chain, ECHO);
        let codehash = chain.code_hash(echo);
        let hash = ArbWasmCache::cacheCodehashCall { codehash }.abi_encode();
        let address = ArbWasmCache::cacheProgramCall { program: echo }.abi_encode();
        assert_eq!(call(&chain, hash), by_hash, "ArbOS {arbos}");
        assert_eq!(call(&chain, address), by_address, "ArbOS {arbos}");
    }
}

/// Gas of an empty call of the echo that is not cached, and of one that is (vector `host_args_result`).
const UNCACHED: u64 = 21_000 + 9_235;
const CACHED: u64 = 21_000 + 370;

fn call(program: Address) -> Transaction {
    Transaction::call(BOB, program, [])
}

#[test]
fn cached_program_is_entered_at_the_cached_price() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    assert_eq!(send(&mut chain, call(echo)).gas_used, UNCACHED);

    assert!(chain.cache_program(echo, true));
    assert_eq!(send(&mut chain, call(echo)).gas_used, CACHED);

    assert!(chain.cache_program(echo, false));
    assert_eq!(send(&mut chain, call(echo)).gas_used, UNCACHED);
}

#[test]
fn program_is_cached_for_the_rest_of_its_block_from_arbos_60() {
    for (arbos, second) in [(61, CACHED), (51, UNCACHED)] {
        let mut chain = chain_at(arbos);
        let echo = create_active(&mut chain, ECHO);

        let block = chain
            .send_all(vec![call(echo), call(echo)])
            .expect("valid transactions");
        let next = send(&mut chain, call(echo));

        let gas = [block[0].gas_used, block[1].gas_used, next.gas_used];
        assert_eq!(gas, [UNCACHED, second, UNCACHED], "ArbOS {arbos}");
    }
}

#[test]
fn estimate_counts_the_program_as_not_yet_used() {
    let mut chain = Chain::default();
    let echo = create_active(&mut chain, ECHO);
    let caller = create(&mut chain, &CALLER);
    // a 64th of the gas stays with the caller, so what is enough lies above what is used
    let call = Transaction::call(BOB, caller, word(echo).to_be_bytes_vec());

    let gas = chain.estimate_gas(call.clone()).expect("it succeeds");

    let mut short = chain.clone();
    let receipt = send(&mut chain, call.clone().gas_limit(gas));
    assert!(receipt.gas_used < gas);
    let receipt = short.send(call.gas_limit(gas - 1));
    assert!(!receipt.expect("a valid transaction").status.is_success());
}

//! Which accounts count as accessed (EIP-2929).

use super::world::{ALICE, World, words};
use alloy_primitives::{Address, U256, hex};
use alloy_sol_types::SolCall;
use stylus_chain::arbos::predeploys::ARB_WASM;
use stylus_chain::arbos::space::ARBOS_ACCOUNT;
use stylus_chain::precompiles::abi::ArbWasm::activateProgramCall;
use stylus_chain::{Chain, Config, Transaction, compress};

const NOTHING: &str = r#"(module (memory (export "memory") 1 1)
    (func (export "user_entrypoint") (param i32) (result i32) (i32.const 0)))"#;
/// Calls the account in its calldata, and goes on whatever comes of it.
const CAREFREE: &str = r#"(module
    (import "vm_hooks" "read_args" (func $read_args (param i32)))
    (import "vm_hooks" "call_contract" (func $call (param i32 i32 i32 i32 i64 i32) (result i32)))
    (memory (export "memory") 1 1)
    (func (export "user_entrypoint") (param i32) (result i32)
        (call $read_args (i32.const 0))
        (drop (call $call
            (i32.const 12) (i32.const 0) (i32.const 0) (i32.const 64) (i64.const -1) (i32.const 96)))
        (i32.const 0)))"#;
/// Gas of looking at the balance of a cold account, with what it takes to measure it.
const COLD: u64 = 2_600 + MEASURING;
const WARM: u64 = 100 + MEASURING;
/// `PUSH20`, `POP` and `GAS`.
const MEASURING: u64 = 3 + 2 + 2;

/// Code that calls an account with its calldata and all value, looks at the balance of another, and answers what the
/// look cost and whether the call succeeded.
fn looker(called: Address, gas: &[u8], looked_at: Address) -> Vec<u8> {
    [
        &hex!("365f5f375f5f365f3473")[..],
        called.as_slice(),
        gas,
        &hex!("f15a73"),
        looked_at.as_slice(),
        &hex!("31505a90035f5260205260405ff3"),
    ]
    .concat()
}

/// What a [`looker`] with all gas answers: gas and success.
fn look(world: &mut World, called: Address, looked_at: Address, call: Transaction) -> [u64; 2] {
    let code = looker(called, &hex!("5a"), looked_at);
    answer(world, &code, call)
}

fn answer(world: &mut World, code: &[u8], mut call: Transaction) -> [u64; 2] {
    let looker = Address::repeat_byte(0x77);
    world.chain.set_code(looker, code.to_vec());
    call.to = Some(looker);
    let outcome = world.chain.call(call).expect("a valid call");
    let words = words(&outcome.output);
    [words[0], words[1]].map(|word| U256::from_be_bytes(word.0).to())
}

#[test]
fn entering_a_program_is_no_access_of_arbos() {
    let mut world = World::new();
    let program = world.program(NOTHING);
    let call = Transaction::call(ALICE, program, Vec::new());
    assert_eq!(look(&mut world, program, ARBOS_ACCOUNT, call), [COLD, 1]);
}

#[test]
fn activation_is_no_access_of_the_account_that_gets_the_fee() {
    let fees = Address::repeat_byte(0xfe);
    let config = Config {
        network_fee_account: fees,
        ..Config::default()
    };
    let mut world = World {
        chain: Chain::new(config),
    };
    let wasm = wat::parse_str(NOTHING).expect("the program assembles");
    let program = world.contract(&compress(&wasm));
    let input = activateProgramCall { program }.abi_encode();
    let call = Transaction::call(ALICE, ARB_WASM, input).value(U256::from(10_u64.pow(17)));
    assert_eq!(look(&mut world, ARB_WASM, fees, call), [COLD, 1]);
}

/// A call that cannot even pay for a warm account does not come to look at it (geth
/// `core/vm/operations_acl_arbitrum.go`).
#[test]
fn account_stays_cold_when_less_than_100_gas_are_left_for_its_call() {
    let mut world = World::new();
    let program = world.program(CAREFREE);
    let called = Address::repeat_byte(0xcc);
    let mut with_gas = |gas: u32| {
        let pushed = [&[0x62][..], &gas.to_be_bytes()[1..]].concat();
        let input = called.into_word().to_vec();
        let call = Transaction::call(ALICE, program, input);
        answer(&mut world, &looker(program, &pushed, called), call)
    };
    let least = (9_000..12_000)
        .find(|gas| with_gas(*gas)[1] == 1)
        .expect("enough to enter");
    assert_eq!(with_gas(least), [COLD, 1]);
    assert_eq!(with_gas(least + 99), [COLD, 1]);
    assert_eq!(with_gas(least + 100), [WARM, 1]);
}

//! Accounts with nothing in them that are present for having been touched: what `account_codehash` tells of them.
//!
//! Nitro's own answers hold the same (`touch` in tests/fixtures/nitro), but for calls of precompiles.

use super::world::{ALICE, World, words};
use alloy_primitives::{Address, B256, KECCAK256_EMPTY, U256, address, hex};
use stylus_chain::{Status, Transaction};

const NOBODY: Address = Address::repeat_byte(0xee);
/// BLAKE2F, which fails when its input is not 213 bytes long.
const BLAKE2F: Address = address!("0000000000000000000000000000000000000009");
const IDENTITY: Address = address!("0000000000000000000000000000000000000004");

/// Calls the account in the second word of calldata in the way that the first word names (0 call, 1 delegate call, 2 static
/// call), goes on whatever comes of it, and returns the code hash of the account in the third word.
const TELLER: &str = r#"(module
    (import "vm_hooks" "read_args" (func $read_args (param i32)))
    (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
    (import "vm_hooks" "account_codehash" (func $codehash (param i32 i32)))
    (import "vm_hooks" "call_contract" (func $call (param i32 i32 i32 i32 i64 i32) (result i32)))
    (import "vm_hooks" "delegate_call_contract" (func $delegate (param i32 i32 i32 i64 i32) (result i32)))
    (import "vm_hooks" "static_call_contract" (func $static (param i32 i32 i32 i64 i32) (result i32)))
    (memory (export "memory") 1 1)
    (func (export "user_entrypoint") (param i32) (result i32)
        (call $read_args (i32.const 0))
        (block $done
            (block $is_static
                (block $is_delegate
                    (block $is_call (br_table $is_call $is_delegate $is_static (i32.load8_u (i32.const 31))))
                    (drop (call $call (i32.const 44) (i32.const 0) (i32.const 0) (i32.const 512) (i64.const 1000000) (i32.const 600)))
                    (br $done))
                (drop (call $delegate (i32.const 44) (i32.const 0) (i32.const 0) (i64.const 1000000) (i32.const 600)))
                (br $done))
            (drop (call $static (i32.const 44) (i32.const 0) (i32.const 0) (i64.const 1000000) (i32.const 600))))
        (call $codehash (i32.const 76) (i32.const 128))
        (call $write_result (i32.const 128) (i32.const 32))
        (i32.const 0)))"#;

#[derive(Clone, Copy)]
enum Way {
    Call = 0,
    Delegate = 1,
    Static = 2,
}

/// The code hash of an account once `called` was called, and in the transaction after that.
fn told(world: &mut World, way: Way, called: Address, about: Address) -> B256 {
    let teller = world.program(TELLER);
    let way = U256::from(way as u8).to_be_bytes::<32>();
    let input = [
        &way[..],
        called.into_word().as_slice(),
        about.into_word().as_slice(),
    ]
    .concat();
    let first = world.call(teller, &input);
    let alone = U256::ZERO.to_be_bytes::<32>();
    let ask = [
        &alone[..],
        ALICE.into_word().as_slice(),
        about.into_word().as_slice(),
    ]
    .concat();
    let next = world.call(teller, &ask);
    assert_eq!(
        words(&next.output),
        [B256::ZERO],
        "gone with its transaction"
    );
    words(&first.output)[0]
}

/// An account with this code.
fn code(world: &mut World, code: &[u8]) -> Address {
    let account = Address::repeat_byte(0x55);
    world.chain.set_code(account, code.to_vec());
    account
}

/// Code that calls [`NOBODY`] statically and then goes on with `rest`.
fn static_caller(rest: &[u8]) -> Vec<u8> {
    [
        &hex!("5f5f5f5f73")[..],
        NOBODY.as_slice(),
        &hex!("5afa"),
        rest,
    ]
    .concat()
}

#[test]
fn static_call_makes_nobody_present() {
    assert_eq!(
        told(&mut World::new(), Way::Static, NOBODY, NOBODY),
        KECCAK256_EMPTY
    );
}

#[test]
fn call_without_value_and_delegate_call_do_not() {
    for way in [Way::Call, Way::Delegate] {
        assert_eq!(told(&mut World::new(), way, NOBODY, NOBODY), B256::ZERO);
    }
}

#[test]
fn static_call_counts_from_any_frame() {
    for way in [Way::Call, Way::Delegate, Way::Static] {
        let mut world = World::new();
        let caller = code(&mut world, &static_caller(&hex!("00")));
        assert_eq!(told(&mut world, way, caller, NOBODY), KECCAK256_EMPTY);
    }
}

#[test]
fn touch_is_undone_with_its_frame() {
    for failing in [&hex!("5f5ffd")[..], &hex!("fe")] {
        let mut world = World::new();
        let caller = code(&mut world, &static_caller(failing));
        assert_eq!(told(&mut world, Way::Call, caller, NOBODY), B256::ZERO);
    }
}

#[test]
fn heir_of_nothing_is_present() {
    let mut world = World::new();
    let destroyed = code(
        &mut world,
        &[&hex!("73")[..], NOBODY.as_slice(), &hex!("ff")].concat(),
    );
    assert_eq!(
        told(&mut world, Way::Call, destroyed, NOBODY),
        KECCAK256_EMPTY
    );
}

#[test]
fn heir_is_not_present_when_destroying_is_not_allowed_or_costs_too_much() {
    let mut world = World::new();
    let destroyed = code(
        &mut world,
        &[&hex!("73")[..], NOBODY.as_slice(), &hex!("ff")].concat(),
    );
    assert_eq!(told(&mut world, Way::Static, destroyed, NOBODY), B256::ZERO);

    let mut world = World::new();
    // passes on 100 gas
    let forward =
        |to: Address| [&hex!("5f5f5f5f5f73")[..], to.as_slice(), &hex!("6064f100")].concat();
    let destroyed = code(
        &mut world,
        &[&hex!("73")[..], NOBODY.as_slice(), &hex!("ff")].concat(),
    );
    let forwarder = Address::repeat_byte(0x56);
    world.chain.set_code(forwarder, forward(destroyed));
    assert_eq!(told(&mut world, Way::Call, forwarder, NOBODY), B256::ZERO);
}

/// geth `core/vm/evm.go`: `Call` makes the account of a precompile before it runs, and undoes that if it fails.
#[test]
fn precompile_that_is_called_and_does_not_fail_is_present() {
    for way in [Way::Call, Way::Static] {
        assert_eq!(
            told(&mut World::new(), way, IDENTITY, IDENTITY),
            KECCAK256_EMPTY
        );
        assert_eq!(told(&mut World::new(), way, BLAKE2F, BLAKE2F), B256::ZERO);
    }
    assert_eq!(
        told(&mut World::new(), Way::Delegate, IDENTITY, IDENTITY),
        B256::ZERO
    );
}

/// For the EVM an account with nothing in it is none (EIP-1052, EIP-161).
#[test]
fn bytecode_cannot_tell() {
    let mut world = World::new();
    let asks = [&hex!("73")[..], NOBODY.as_slice(), &hex!("3f5f5260205ff3")].concat();
    let caller = code(&mut world, &static_caller(&asks));
    let receipt = world.sent(Transaction::call(ALICE, caller, Vec::new()));
    assert_eq!(receipt.status, Status::Success);
    assert_eq!(words(&receipt.output), [B256::ZERO]);
}

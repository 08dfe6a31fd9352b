//! A store that fails in the middle of what is done.

use crate::watched::{Watched, Watcher, failure, watched};
use alloy_primitives::{Address, Bytes, U256, hex};
use stylus_chain::chain::{EstimateError, Executed};
use stylus_chain::{Chain, DEV_ACCOUNTS, Transaction, TxError, compress, deploy};

const ALICE: Address = DEV_ACCOUNTS[0];
const CALLER: Address = Address::repeat_byte(0x53);
const LOADER: Address = Address::repeat_byte(0x52);
const PROGRAM: Address = Address::repeat_byte(0x54);
/// Returns the slot that its calldata names, and reverts if that is zero.
const LOADER_CODE: [u8; 17] = hex!("5f355480600a575f5ffd5b5f5260205ff3");
/// Calls the account in the first word of its calldata with the rest, and succeeds whatever comes of it.
const CALLER_CODE: [u8; 20] = hex!("602036038060205f375f5f825f345f355af15000");
/// Returns the slot that its calldata names, and the code hash and the balance of the account with that number are looked at.
const PROGRAM_TEXT: &str = r#"(module
    (import "vm_hooks" "read_args" (func $read_args (param i32)))
    (import "vm_hooks" "storage_load_bytes32" (func $load (param i32 i32)))
    (import "vm_hooks" "account_codehash" (func $codehash (param i32 i32)))
    (import "vm_hooks" "account_balance" (func $balance (param i32 i32)))
    (import "vm_hooks" "account_code_size" (func $size (param i32) (result i32)))
    (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
    (memory (export "memory") 1 1)
    (func (export "user_entrypoint") (param $len i32) (result i32)
        (call $read_args (i32.const 0))
        (call $codehash (i32.const 12) (i32.const 64))
        (call $balance (i32.const 12) (i32.const 96))
        (drop (call $size (i32.const 12)))
        (call $load (i32.const 0) (i32.const 32))
        (call $write_result (i32.const 32) (i32.const 32))
        (i32.const 0)))"#;

/// A chain with a contract that swallows what befalls the one it calls, and whom it may call.
fn chain() -> (Chain<Watched>, Watcher) {
    let (mut chain, watcher) = watched();
    let wasm = wat::parse_str(PROGRAM_TEXT).expect("the program assembles");
    chain
        .edit(|state| {
            state.set_code(CALLER, Bytes::from_static(&CALLER_CODE));
            state.set_code(LOADER, Bytes::from_static(&LOADER_CODE));
            state.set_code(PROGRAM, compress(&wasm).into());
            for account in [LOADER, PROGRAM] {
                state.set_slot(account, U256::from(3), U256::from(42));
            }
        })
        .expect("the store works");
    let deposit = U256::from(10_u64.pow(18));
    let activated = chain.send(deploy::activate(ALICE, PROGRAM, deposit));
    assert!(activated.is_ok_and(|executed| executed.receipt.status.is_success()));
    (chain, watcher)
}

/// Asks an account for a slot, through the contract that swallows reverts.
fn ask(account: Address) -> Transaction {
    let input =
        [account.into_word().into(), U256::from(3)].map(|word: U256| word.to_be_bytes::<32>());
    Transaction::call(ALICE, CALLER, input.concat()).gas_limit(1_000_000)
}

/// Does something with a store that fails ever later, until it does not: each time the failure is what comes of it.
fn fails_until<T, E>(
    chain: &mut Chain<Watched>,
    watcher: &Watcher,
    mut act: impl FnMut(&mut Chain<Watched>) -> Result<T, E>,
    expected: &E,
) -> T
where
    E: std::fmt::Debug + PartialEq,
{
    let block = chain.block_number();
    for times in 0.. {
        watcher.fail_after(Some(times));
        let result = act(chain);
        watcher.fail_after(None);
        match result {
            Ok(result) => {
                assert!(times > 3, "the store was asked {times} times");
                return result;
            }
            Err(error) => assert_eq!(&error, expected, "after {times} good turns"),
        }
        assert_eq!(chain.block_number(), block);
    }
    unreachable!("numbers do not end")
}

#[test]
fn failure_of_the_store_is_an_error_of_its_own_wherever_it_comes() {
    let expected = TxError::Store(failure());
    for asked in [LOADER, PROGRAM] {
        let (mut chain, watcher) = chain();
        let (mut healthy, _) = self::chain();
        let right: Executed = healthy.send(ask(asked)).expect("a valid transaction");

        let called = fails_until(
            &mut chain,
            &watcher,
            |chain| chain.call(ask(asked)),
            &expected,
        );
        let rehearsed = fails_until(
            &mut chain,
            &watcher,
            |chain| chain.rehearse(&ask(asked)),
            &expected,
        );
        let sent = fails_until(
            &mut chain,
            &watcher,
            |chain| chain.send(ask(asked)),
            &expected,
        );

        assert_eq!(called.gas_used, right.gas_used);
        assert_eq!(rehearsed, right);
        assert_eq!(sent, right);
        assert_eq!(chain.last(), healthy.last());
        let right = healthy.changes(2).expect("a block");
        assert_eq!(chain.changes(2), Ok(right));
    }
}

#[test]
fn failure_of_the_store_is_no_lack_of_gas() {
    let (mut chain, watcher) = chain();
    let right = chain.estimate_gas(ask(LOADER)).expect("it succeeds");

    let expected = EstimateError::Transaction(TxError::Store(failure()));
    let estimate = |chain: &mut Chain<Watched>| chain.estimate_gas(ask(LOADER));
    assert_eq!(
        fails_until(&mut chain, &watcher, estimate, &expected),
        right
    );
}

#[test]
fn block_of_several_is_not_made_if_the_store_fails_at_the_last() {
    let (mut chain, watcher) = chain();
    let both = || {
        vec![
            ask(LOADER),
            Transaction::transfer(ALICE, LOADER, U256::ZERO),
        ]
    };
    let expected = TxError::Store(failure());

    let receipts = fails_until(
        &mut chain,
        &watcher,
        |chain| chain.send_all(both()),
        &expected,
    );

    assert_eq!(receipts.len(), 2);
    assert_eq!(chain.block_number(), 2);
}

#[test]
fn snapshot_is_still_there_after_the_store_failed_to_go_back() {
    let (mut chain, watcher) = chain();
    let snapshot = chain.snapshot();
    chain.send(ask(LOADER)).expect("a valid transaction");

    watcher.fail_after(Some(0));
    assert_eq!(chain.roll_back(snapshot), Err(failure()));
    assert_eq!(chain.block_number(), 2);

    watcher.fail_after(None);
    let gone = chain.roll_back(snapshot).expect("the store works");
    assert_eq!(gone.map(|gone| gone.len()), Some(1));
    assert_eq!(chain.block_number(), 1);
    assert_eq!(chain.roll_back(snapshot), Ok(None));
}

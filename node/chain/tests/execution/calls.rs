//! Calls in every direction between bytecode and programs.

use super::world::{ALICE, World, words};
use alloy_primitives::{Address, B256, U256, hex, keccak256};
use stylus_chain::arbos::predeploys::ARB_SYS;
use stylus_chain::trace::EventKind;
use stylus_chain::{Status, Transaction, init_code};

const RELAY: &str = include_str!("relay.wat");
const PROBE: &str = include_str!("probe.wat");
const FACTORY: &str = include_str!("factory.wat");
const TWICE: &str = include_str!("twice.wat");

/// Calls the account in the first word of its calldata with the rest and all value, and ends as that call does.
const CALLER: [u8; 32] = hex!("602036038060205f375f5f825f345f355af13d5f5f3e601c573d5ffd5b3d5ff3");
/// The same with `DELEGATECALL`.
const DELEGATE_CALLER: [u8; 31] =
    hex!("602036038060205f375f5f825f5f355af43d5f5f3e601b573d5ffd5b3d5ff3");
/// Calls the account in the first word of its calldata with the rest, and then reverts.
const REVERTER: [u8; 24] = hex!("602036038060205f375f5f825f5f5f355af1505f5ffd0000");

const CALL: u8 = 0;
const DELEGATE: u8 = 1;
const STATIC: u8 = 2;
const SLOT: U256 = U256::from_limbs([7, 0, 0, 0]);

fn word(number: u64) -> B256 {
    U256::from(number).into()
}

/// Calldata of the relay.
fn relayed(kind: u8, to: Address, rest: &[u8]) -> Vec<u8> {
    [
        B256::with_last_byte(kind).as_slice(),
        to.into_word().as_slice(),
        rest,
    ]
    .concat()
}

/// Calldata of the bytecode callers.
fn addressed(to: Address, rest: &[u8]) -> Vec<u8> {
    [to.into_word().as_slice(), rest].concat()
}

/// What the probe answers.
fn seen(contract: Address, sender: Address, value: u64, reentrant: bool, slot: u64) -> Vec<B256> {
    let reentrant = word(reentrant.into());
    vec![
        contract.into_word(),
        sender.into_word(),
        word(value),
        reentrant,
        word(slot),
    ]
}

#[test]
fn bytecode_calls_program_with_value() {
    let mut world = World::new();
    let (caller, probe) = (world.contract(&CALLER), world.program(PROBE));
    let input = addressed(probe, word(5).as_slice());
    let call = Transaction::call(ALICE, caller, input).value(U256::from(3));
    let receipt = world.sent(call);
    assert_eq!(words(&receipt.output), seen(probe, caller, 3, false, 0));
    assert_eq!(world.chain.storage(probe, SLOT), U256::from(5));
    assert_eq!(world.chain.balance(probe), U256::from(3));
    let log = &receipt.logs[0];
    assert_eq!((log.address, log.topics()), (probe, &[word(5)][..]));
}

#[test]
fn program_calls_program_with_value() {
    let mut world = World::new();
    let (relay, probe) = (world.program(RELAY), world.program(PROBE));
    let input = relayed(CALL, probe, word(5).as_slice());
    let receipt = world.sent(Transaction::call(ALICE, relay, input).value(U256::from(3)));
    assert_eq!(words(&receipt.output), seen(probe, relay, 3, false, 0));
    assert_eq!(world.chain.balance(probe), U256::from(3));
}

#[test]
fn program_borrowed_by_bytecode_acts_for_the_borrower() {
    let mut world = World::new();
    let (proxy, probe) = (world.contract(&DELEGATE_CALLER), world.program(PROBE));
    world.chain.set_storage(proxy, SLOT, U256::from(4));
    let input = addressed(probe, word(5).as_slice());
    let receipt = world.sent(Transaction::call(ALICE, proxy, input).value(U256::from(3)));
    assert_eq!(words(&receipt.output), seen(proxy, ALICE, 3, false, 4));
    assert_eq!(receipt.logs[0].address, proxy);
    assert_eq!(world.chain.storage(proxy, SLOT), U256::from(5));
    assert!(world.chain.storage_dump(probe).is_empty());
}

#[test]
fn program_borrowed_by_program_acts_for_the_borrower() {
    let mut world = World::new();
    let (relay, probe) = (world.program(RELAY), world.program(PROBE));
    let receipt = world.call(relay, &relayed(DELEGATE, probe, word(5).as_slice()));
    assert_eq!(words(&receipt.output), seen(relay, ALICE, 0, false, 0));
    assert_eq!(world.chain.storage(relay, SLOT), U256::from(5));
    assert!(world.chain.storage_dump(probe).is_empty());
}

#[test]
fn static_call_lets_no_program_write_through_whatever_it_calls() {
    let mut world = World::new();
    let (relay, caller, probe) = (
        world.program(RELAY),
        world.contract(&CALLER),
        world.program(PROBE),
    );
    let direct = relayed(STATIC, probe, word(5).as_slice());
    let through = relayed(STATIC, caller, &addressed(probe, word(5).as_slice()));
    let twice = relayed(STATIC, relay, &relayed(CALL, probe, word(5).as_slice()));
    for input in [direct, through, twice] {
        let receipt = world.chain.send(Transaction::call(ALICE, relay, input));
        let receipt = receipt.expect("a valid transaction");
        assert_eq!(
            (&receipt.status, receipt.output.len()),
            (&Status::Revert, 0)
        );
    }
    assert!(world.chain.storage_dump(probe).is_empty());
}

#[test]
fn program_sees_that_it_was_entered_before() {
    let mut world = World::new();
    let (relay, caller, probe) = (
        world.program(RELAY),
        world.contract(&CALLER),
        world.program(PROBE),
    );
    // relay -> bytecode -> relay, which borrows the probe: the relay acts in two frames of its own
    let inner = addressed(relay, &relayed(DELEGATE, probe, word(5).as_slice()));
    let receipt = world.call(relay, &relayed(CALL, caller, &inner));
    assert_eq!(words(&receipt.output), seen(relay, caller, 0, true, 0));
}

#[test]
fn what_a_program_wrote_is_undone_by_its_caller() {
    let mut world = World::new();
    let (reverter, probe) = (world.contract(&REVERTER), world.program(PROBE));
    let input = addressed(probe, word(5).as_slice());
    let call = Transaction::call(ALICE, reverter, input);
    let receipt = world.chain.send(call).expect("a valid transaction");
    assert_eq!((&receipt.status, receipt.logs.len()), (&Status::Revert, 0));
    assert!(
        receipt.gas_used > 40_000,
        "the probe ran: {}",
        receipt.gas_used
    );
    assert!(world.chain.storage_dump(probe).is_empty());
}

#[test]
fn program_creates_where_create2_says() {
    let mut world = World::new();
    let factory = world.program(FACTORY);
    let code = hex!("602a5f5260205ff3");
    let init = init_code(&code);
    let receipt = world.call(factory, &[word(9).as_slice(), &init].concat());
    let created = factory.create2(word(9), keccak256(&init));
    assert_eq!(words(&receipt.output), [created.into_word()]);
    assert_eq!(world.chain.code(created).as_ref(), code);
    assert_eq!(words(&world.call(created, &[]).output), [word(42)]);
}

#[test]
fn program_creates_program() {
    let mut world = World::new();
    let factory = world.program(FACTORY);
    let probe = world.program(PROBE);
    let code = world.chain.code(probe);
    let init = init_code(&code);
    world.call(factory, &[word(9).as_slice(), &init].concat());
    let created = factory.create2(word(9), keccak256(&init));
    // the activation belongs to the code, so the twin runs at once
    let receipt = world.call(created, word(5).as_slice());
    assert_eq!(words(&receipt.output), seen(created, ALICE, 0, false, 0));
}

#[test]
fn program_calls_a_precompile() {
    let mut world = World::new();
    let relay = world.program(RELAY);
    let identity = Address::with_last_byte(4);
    let receipt = world.call(relay, &relayed(CALL, identity, b"as it is"));
    assert_eq!(receipt.output.as_ref(), b"as it is");
}

#[test]
fn program_acts_for_an_account_delegated_to_it() {
    let mut world = World::new();
    let (relay, probe) = (world.program(RELAY), world.program(PROBE));
    let delegated = Address::repeat_byte(0xde);
    let designator = [&hex!("ef0100"), probe.as_slice()].concat();
    world.chain.set_code(delegated, designator);
    let receipt = world.call(relay, &relayed(CALL, delegated, word(5).as_slice()));
    assert_eq!(words(&receipt.output), seen(delegated, relay, 0, false, 0));
    let receipt = world.call(delegated, word(6).as_slice());
    assert_eq!(words(&receipt.output), seen(delegated, ALICE, 0, false, 5));
}

/// As geth has it in `core/vm/evm.go`: nothing is run, from ArbOS 50, for a precompile's code is none.
#[test]
fn account_delegated_to_a_precompile_runs_nothing() {
    for (arbos, ran) in [(41, true), (61, false)] {
        let mut world = World::at(arbos);
        let (relay, caller) = (world.program(RELAY), world.contract(&CALLER));
        let delegated = Address::repeat_byte(0xde);
        let designator = [&hex!("ef0100"), ARB_SYS.as_slice()].concat();
        world.chain.set_code(delegated, designator);
        let calls = [
            (delegated, Vec::new()),
            (relay, relayed(CALL, delegated, &[])),
            (caller, addressed(delegated, &[])),
        ];
        for (to, input) in calls {
            let call = Transaction::call(ALICE, to, input);
            let receipt = world.chain.send(call).expect("a valid transaction");
            assert_eq!(receipt.status.is_success(), !ran, "{to} at {arbos}");
            assert_eq!(receipt.output.len(), 0);
        }
    }
}

#[test]
fn host_call_may_be_the_entry_of_a_program() {
    let mut world = World::new();
    // the pointer is the length of the calldata: at 1 is account zero, which has no code, at 0 is ArbSys, which has
    let program = world.program(
        r#"(module
            (import "vm_hooks" "account_code_size" (func $size (param i32) (result i32)))
            (memory (export "memory") 1 1)
            (data (i32.const 19) "\64")
            (export "user_entrypoint" (func $size)))"#,
    );
    world.call(program, &[0]);
    let call = Transaction::call(ALICE, program, Vec::new());
    let receipt = world.chain.send(call).expect("a valid transaction");
    assert_eq!(receipt.status, Status::Revert);
}

#[test]
fn call_that_is_refused_leaves_no_data_of_the_one_before() {
    let mut world = World::new();
    let (relay, twice) = (world.program(RELAY), world.program(TWICE));
    let answer = world.contract(&hex!("602a5f5260205ff3"));
    world.chain.set_balance(twice, U256::from(1));
    // in a static frame nobody may send value
    let receipt = world.call(
        relay,
        &relayed(STATIC, twice, answer.into_word().as_slice()),
    );
    assert_eq!(receipt.output.as_ref(), [32, 0, 2]);
    let receipt = world.call(twice, answer.into_word().as_slice());
    assert_eq!(receipt.output.as_ref(), [32, 32, 0]);
}

#[test]
fn pages_of_a_program_are_given_back_when_it_ends() {
    let mut world = World::new();
    let probe = world.program(PROBE);
    let call = [&hex!("5f5f5f5f5f73")[..], probe.as_slice(), &hex!("5af150")].concat();
    let four_times = world.contract(&call.repeat(4));
    let receipt = world.call(four_times, &[]);
    let paid = receipt
        .trace
        .events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Entry(entry) => Some(entry.page_gas),
            _ => None,
        });
    assert_eq!(paid.collect::<Vec<_>>(), [0; 4]);
}

#[test]
fn refund_of_a_called_program_reaches_the_transaction() {
    let mut world = World::new();
    let (relay, probe) = (world.program(RELAY), world.program(PROBE));
    world.chain.set_storage(probe, SLOT, U256::from(9));
    let input = relayed(CALL, probe, B256::ZERO.as_slice());
    let calldata: u64 = input
        .iter()
        .map(|byte| if *byte == 0 { 4 } else { 16 })
        .sum();
    let receipt = world.call(relay, &input);
    let Some(EventKind::End(end)) = receipt.trace.events.last().map(|event| &event.kind) else {
        panic!("no end in {:?}", receipt.trace);
    };
    // EIP-3529: 4,800 for a slot that is emptied
    assert_eq!(receipt.gas_used, 21_000 + calldata + end.gas_used - 4_800);
}

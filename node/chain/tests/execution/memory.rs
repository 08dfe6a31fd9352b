//! Growing memory.

use super::world::{ALICE, World};
use stylus_chain::ArbOs;
use stylus_chain::Transaction;
use stylus_chain::trace::{End, EventKind};
use stylus_chain::wasm::activate::activate;

/// Grows its memory by nothing and by a page, which it cannot, and imports a host call of one parameter.
fn fixed(import: &str) -> String {
    format!(
        r#"(module (import "vm_hooks" "{import}" (func (param i32))) (memory (export "memory") 2 2)
            (func (export "user_entrypoint") (param i32) (result i32)
                (i32.or
                    (i32.ne (memory.grow (i32.const 0)) (i32.const 2))
                    (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))))"#
    )
}

fn ended(wat: &str) -> End {
    let mut world = World::new();
    let program = world.program(wat);
    let receipt = world.sent(Transaction::call(ALICE, program, Vec::new()));
    let ends = receipt.trace.events.into_iter();
    let end = ends.filter_map(|event| match event.kind {
        EventKind::End(end) => Some(end),
        _ => None,
    });
    end.last().expect("an end")
}

/// Nitro puts the payment before `memory.grow` only where there is something to grow
/// (`crates/prover/src/programs/heap.rs`).
#[test]
fn memory_that_cannot_grow_does_not_pay_for_it() {
    // two names of equal length, so that the programs differ in nothing else
    let (with, without) = (fixed("pay_for_memory_grow"), fixed("storage_flush_cache"));
    assert_eq!(ended(&with), ended(&without));
    let estimates = [with, without].map(|wat| {
        let wasm = wat::parse_str(wat).expect("the program assembles");
        activate(&wasm, ArbOs::LATEST, 128)
            .expect("a program")
            .estimates
    });
    assert_eq!(estimates[0], estimates[1]);
}

/// Copying nothing is no writing: the pointer is not looked at. Reading nothing of a code is.
#[test]
fn reading_none_of_the_return_data_takes_any_pointer() {
    let program = |call: &str| {
        format!(
            r#"(module
                (import "vm_hooks" "call_contract"
                    (func $call (param i32 i32 i32 i32 i64 i32) (result i32)))
                (import "vm_hooks" "read_return_data"
                    (func $read_return_data (param i32 i32 i32) (result i32)))
                (import "vm_hooks" "account_code"
                    (func $account_code (param i32 i32 i32 i32) (result i32)))
                (memory (export "memory") 1 1)
                (data (i32.const 19) "\04")
                (func (export "user_entrypoint") (param i32) (result i32)
                    (drop (call $call
                        (i32.const 0) (i32.const 0) (i32.const 32) (i32.const 32) (i64.const -1)
                        (i32.const 96)))
                    {call}))"#
        )
    };
    let bad = "(i32.const -1)";
    let mut world = World::new();
    let read = format!("(call $read_return_data {bad} (i32.const 0) (i32.const 0))");
    let reader = world.program(&program(&read));
    world.call(reader, &[]);
    let code = format!("(call $account_code (i32.const 0) (i32.const 0) (i32.const 0) {bad})");
    let coder = world.program(&program(&code));
    let call = Transaction::call(ALICE, coder, Vec::new());
    let receipt = world.chain.send(call).expect("a valid transaction");
    assert!(!receipt.status.is_success());
}

//! Words of stack that a function takes, counted by hand: the greatest height of its values, its locals that are not
//! parameters, and four.

use stylus_chain::ArbOs;
use stylus_chain::wasm::activate::activate;
use wasmparser::{Operator, Parser, Payload};

const TYPES: &str = "
    (type $two (func (param i32 i32) (result i32)))
    (type $four (func (param i32 i32 i32 i32) (result i32)))";

/// The words that the first function of a program takes when it is entered.
fn words(arbos: u64, function: &str) -> i32 {
    let wat = format!(
        r#"(module {TYPES} (table 1 1 funcref) (memory (export "memory") 1 1) {function}
            (func (export "user_entrypoint") (param i32) (result i32) (i32.const 0)))"#
    );
    let wasm = wat::parse_str(wat).expect("the program assembles");
    let arbos = ArbOs::try_from(arbos).expect("a known version");
    let module = activate(&wasm, arbos, 128).expect("a program").module;
    let body = Parser::new(0)
        .parse_all(&module)
        .find_map(|payload| match payload.expect("a valid module") {
            Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        })
        .expect("a function");
    let mut ops = body.get_operators_reader().expect("operators");
    let (_, compared) = (ops.read(), ops.read());
    match compared {
        Ok(Operator::I32Const { value }) => value,
        other => panic!("not the words of a frame: {other:?}"),
    }
}

/// The results are pushed while the arguments and the table index are still there.
#[test]
fn indirect_call_has_its_index_and_its_result_on_the_stack_at_once() {
    // two arguments, the index, the result
    let two = "(func (param i32 i32) (result i32)
        (call_indirect (type $two) (local.get 0) (local.get 1) (i32.const 0)))";
    assert_eq!(words(61, two), (2 + 1 + 1) + 4);
    let four = "(func (param i32 i32) (result i32) (call_indirect (type $four)
        (local.get 0) (local.get 1) (local.get 1) (local.get 1) (i32.const 0)))";
    assert_eq!(words(61, four), (4 + 1 + 1) + 4);
    // a direct call has no index
    let direct = "(func $g (param i32 i32) (result i32) (call $g (local.get 0) (local.get 1)))";
    assert_eq!(words(61, direct), (2 + 1) + 4);
}

/// Before ArbOS 60 a block may have parameters. They leave the stack where it begins, and inside there are none.
#[test]
fn block_takes_its_parameters_off_the_stack() {
    let taken = "(func (i32.const 1) (i32.const 2)
        (block (param i32 i32) (drop) (drop)
            (i32.const 3) (i32.const 4) (i32.const 5) (drop) (drop) (drop)))";
    assert_eq!(words(51, taken), 3 + 4);
}

/// An operator that takes one and gives one leaves the height alone, one that takes two lowers it by one, and it does
/// not go below zero.
#[test]
fn dead_operator_does_not_raise_the_stack() {
    for operator in [
        "i32.eqz",
        "i32.load",
        "i64.extend_i32_u",
        "i32.add",
        "i64.eq",
        "select",
    ] {
        // the result of the operator lies below three constants, and is not counted
        let dead = format!(
            "(func unreachable {operator} i32.const 1 i32.const 1 i32.const 1 drop drop drop drop)"
        );
        assert_eq!(words(61, &dead), 3 + 4, "{operator}");
    }
}

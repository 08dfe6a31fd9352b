//! Each limit of a program, held just so and passed by one: the refusal names what was found and what is allowed.

use stylus_chain::ArbOs;
use stylus_chain::wasm::activate::{Counted, Refusal, activate};
use stylus_chain::wasm::code::{CodeError, compress, decompress};
use stylus_chain::wasm::meter::DepthError;

const MEMORY: &str = r#"(memory (export "memory") 1 1)"#;
const ENTRY: &str = r#"(func (export "user_entrypoint") (param i32) (result i32) (i32.const 0))"#;
const READ_ARGS: &str = r#"(import "vm_hooks" "read_args" (func (param i32)))"#;

fn refusal_of(fields: &str) -> Option<Refusal> {
    let wasm = wat::parse_str(format!("(module {fields})")).expect("the program assembles");
    activate(&wasm, ArbOs::LATEST, 100).err()
}

/// A program with more in front of its memory, and more behind its entry.
fn program(head: &str, tail: &str) -> String {
    format!("{head} {MEMORY} {ENTRY} {tail}")
}

/// A limit: a program of a size, the largest size that is accepted, and the refusal of one more with its words.
type Limit = (fn(usize) -> String, usize, Refusal, &'static str);

const fn too_many(what: Counted, max: u64) -> Refusal {
    let got = max + 1;
    Refusal::TooMany { what, got, max }
}

fn counted() -> [Limit; 8] {
    [
        (
            |size| program(&READ_ARGS.repeat(size), ""),
            513,
            too_many(Counted::Imports, 513),
            "too many wasm imports: 514 > 513",
        ),
        (
            |size| program("", &r#"(data "")"#.repeat(size)),
            128,
            too_many(Counted::Datas, 128),
            "too many wasm datas: 129 > 128",
        ),
        (
            |size| program("(table 1 1 funcref)", &"(elem (i32.const 0))".repeat(size)),
            128,
            too_many(Counted::Elements, 128),
            "too many wasm elements: 129 > 128",
        ),
        (
            |size| program("", &"(func)".repeat(size - 1)),
            4_096,
            too_many(Counted::Functions, 4_096),
            "too many wasm functions: 4097 > 4096",
        ),
        (
            |size| program("", &"(global i32 (i32.const 0))".repeat(size)),
            32_768,
            too_many(Counted::Globals, 32_768),
            "too many wasm globals: 32769 > 32768",
        ),
        (
            |size| program("", &format!("(func (local {}))", "i32 ".repeat(size))),
            348,
            too_many(Counted::Locals, 348),
            "too many wasm locals: 349 > 348",
        ),
        (
            |size| program(&format!("(table {size} funcref)"), ""),
            4_096,
            too_many(Counted::TableEntries, 4_096),
            "too many wasm table entries: 4097 > 4096",
        ),
        (
            // six bytes of the segment are not entries
            |size| {
                let entries = "0 ".repeat(size - 6);
                let segment = format!("(elem (i32.const 0) {entries})");
                program("(table 4096 funcref)", &segment)
            },
            4_096,
            too_many(Counted::ElementEntries, 4_096),
            "too many wasm element entries: 4097 > 4096",
        ),
    ]
}

fn measured() -> [Limit; 8] {
    [
        (
            |size| format!(r#"(memory (export "memory") {size} {size}) {ENTRY}"#),
            100,
            Refusal::MemoryLimit { got: 101, max: 100 },
            "memory exceeds limit: 101 > 100",
        ),
        (
            |size| program(&format!("${}", "m".repeat(size)), ""),
            512,
            Refusal::NameTooLong { got: 513, max: 512 },
            "wasm module name too long: 513 > 512",
        ),
        (
            |size| {
                let (pushed, dropped) = ("i32.const 0 ".repeat(size), "drop ".repeat(size));
                program("", &format!("(func {pushed} {dropped})"))
            },
            4_096,
            Refusal::Depth(DepthError::Values(1, 4_097)),
            "depth checker failure: too many values on the stack at once in func 1: 4097 > 4096",
        ),
        (
            // the opcode at its end, the charge of its one block, and the check of the stack
            |size| program("", &format!("(func {})", "nop ".repeat(size - 30))),
            65_536,
            Refusal::TooManyOpcodes {
                function: 1,
                got: 65_537,
                max: 65_536,
            },
            "too many opcodes in func 1: 65537 > 65536",
        ),
        (
            |size| program("", &format!(r#"(data (i32.const {}) "a")"#, size - 1)),
            65_536,
            Refusal::OutOfBounds {
                what: "data",
                len: 1,
                offset: 65_536,
                room: 65_536,
            },
            "out-of-bounds data segment: 1 at 65536, there are 65536",
        ),
        (
            |size| {
                let segment = format!("(elem (i32.const {}) 0)", size - 1);
                program("(table 9 funcref)", &segment)
            },
            9,
            Refusal::OutOfBounds {
                what: "element",
                len: 1,
                offset: 9,
                room: 9,
            },
            "out-of-bounds element segment: 1 at 9, there are 9",
        ),
        (
            |size| program("", &format!(r#"(data "{}")"#, "a".repeat(size))),
            86_938,
            Refusal::TooCostly {
                which: "cached",
                got: 65_536,
                max: 65_535,
            },
            "cached cost too high: out of range integral type conversion attempted, 65536 > 65535",
        ),
        (
            |size| program("", &format!(r#"(@custom "a" "{}")"#, "a".repeat(size))),
            509_463,
            Refusal::TooCostly {
                which: "init",
                got: 65_536,
                max: 65_535,
            },
            "init cost too high: out of range integral type conversion attempted, 65536 > 65535",
        ),
    ]
}

#[test]
fn each_limit_is_held_and_its_refusal_names_what_was_found_and_what_is_allowed() {
    for (make, most, refusal, words) in counted().into_iter().chain(measured()) {
        assert_eq!(refusal_of(&make(most)), None, "{words}");
        assert_eq!(refusal_of(&make(most + 1)), Some(refusal.clone()));
        assert_eq!(refusal.to_string(), words);
    }
}

#[test]
fn memory_of_more_than_128_pages_and_a_frame_of_many_words_are_refused_before_other_limits() {
    let large = format!(r#"(memory (export "memory") 129 129) {ENTRY}"#);
    let bound = Refusal::MemoryBound { got: 129, max: 128 };
    assert_eq!(bound.to_string(), "memory size 129 exceeds bound 128");
    assert_eq!(refusal_of(&large), Some(bound));

    // its locals, the four words of any frame, and two for its charge
    let locals = "i32 ".repeat(10_235);
    let frame = Refusal::Depth(DepthError::Frame(1, 10_241));
    let words = "depth checker failure: frame too large in func 1: 10241 > 10240-word limit";
    assert_eq!(frame.to_string(), words);
    let refused = refusal_of(&program("", &format!("(func (local {locals}))")));
    assert_eq!(refused, Some(frame));
}

#[test]
fn code_of_more_wasm_than_the_chain_allows_is_refused_with_the_limit() {
    let code = compress(&[0; 1_000]);
    assert_eq!(decompress(&code, 1_000), Ok(vec![0; 1_000]));
    let refused = CodeError::TooLong { max: 999 };
    assert_eq!(refused.to_string(), "WASM of more than 999 bytes");
    assert_eq!(decompress(&code, 999), Err(refused));
}

#[test]
fn what_a_program_may_not_have_is_refused_by_name() {
    let no_entry = r#"(func (export "other"))"#;
    let wrong_entry = r#"(func (export "user_entrypoint") (param i64))"#;
    let named = |module: &str, name: &str| {
        let import = format!(r#"(import "{module}" "{name}" (func (param i32)))"#);
        program(&import, "")
    };
    let cases = [
        (
            program("", "(func $s) (start $s)"),
            "start functions not allowed",
        ),
        (
            format!(r#"(import "a" "b" (global i32)) {MEMORY} {ENTRY}"#),
            "unsupported import kind Global(GlobalType { content_type: I32, mutable: false, shared: false })",
        ),
        (
            program("", r#"(func (data.drop 0)) (data "")"#),
            "unsupported section type DataCountSection { count: 1, range: 62..63 }",
        ),
        (
            program("", r#"(func (export "a__stylus_b"))"#),
            "binary exports reserved symbol stylus_b",
        ),
        (
            program(READ_ARGS, r#"(func (export "a__read_args"))"#),
            "binary exports an import with the same name read_args",
        ),
        (
            named("a", "stylus_b"),
            "binary imports reserved symbol stylus_b",
        ),
        (
            format!("{MEMORY} {no_entry}"),
            "missing export with name user_entrypoint",
        ),
        (
            format!("{MEMORY} {wrong_entry}"),
            "wrong type for user_entrypoint: λ(i64)",
        ),
        (ENTRY.into(), "missing memory export with name memory"),
        (
            format!("(memory 1 1) {ENTRY}"),
            "missing memory with export name memory",
        ),
        (
            format!(r#"(memory (export "memory") 1 2) {ENTRY}"#),
            "missing import pay_for_memory_grow",
        ),
        (
            program(
                "(table 1 1 funcref)",
                "(func (table.copy (i32.const 0) (i32.const 0) (i32.const 0)))",
            ),
            "dynamic ink meter failure: opcode not supported",
        ),
        (
            named("vm_hooks", "b"),
            "No such import b in vm_hooks for user",
        ),
        (
            named("env", "read_args"),
            "No such import read_args in env for user",
        ),
        (
            named("vm_hooks", "msg_sender2"),
            "No such import msg_sender2 in vm_hooks for user",
        ),
        (
            named("vm_hooks", "msg_reentrant"),
            "Import msg_reentrant for user has different function signature than export",
        ),
        (
            program("", "(func (param f32) (drop (f32.neg (local.get 0))))"),
            "No implementation for floating point operation F32Neg in user",
        ),
    ];
    for (fields, words) in cases {
        let refusal = refusal_of(&fields).map(|refusal| refusal.to_string());
        assert_eq!(refusal.as_deref(), Some(words));
    }
}

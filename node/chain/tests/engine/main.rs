//! The engine that runs programs, against a second one: random programs, metered on the chain and as they are on V8, must hand
//! out the same memory or trap for the same reason. A program that could not pay for memory, which V8 does not ask for, is not
//! compared.
//!
//! `scripts/engine.sh` runs a million, or as many as named, and begins with another program where one is named.
#![allow(missing_docs)]

mod dice;
mod program;

use alloy_primitives::{Address, U256};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::process::Command;
use std::{env, fs, thread};
use stylus_chain::ArbOs;
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::trace::{EndStatus, EventKind, Halt};
use stylus_chain::{Chain, Config, Executed, Transaction, deploy};

/// Programs in every run of the tests.
const PROGRAMS: u64 = 1_500;
/// Programs that V8 gets at a time.
const BATCH: u64 = 3_000;

/// What a program came to: the hash of what it handed out, or why it trapped.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ended {
    Out([u8; 32]),
    Trap(String),
    /// It could not pay for the memory it wanted, which V8 does not ask for.
    OutOfInk,
}

/// How many programs could not pay, and how many trapped for which reason.
#[derive(Default)]
struct Came {
    unpaid: u64,
    traps: BTreeMap<String, u64>,
}

impl Came {
    fn add(&mut self, other: Self) {
        self.unpaid += other.unpaid;
        for (reason, times) in other.traps {
            *self.traps.entry(reason).or_default() += times;
        }
    }
}

#[test]
fn random_programs_end_as_on_v8() {
    let number = |name: &str, otherwise| {
        env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
    };
    let (programs, first) = (
        number("ENGINE_PROGRAMS", PROGRAMS),
        number("ENGINE_SEED", 1),
    );
    let mut came = Came::default();
    for from in (first..first + programs).step_by(BATCH as usize) {
        let to = (from + BATCH).min(first + programs);
        let half = from.midpoint(to);
        // Programs know nothing of each other, so two threads share them.
        thread::scope(|scope| {
            let parts = [from..half, half..to].map(|seeds| scope.spawn(|| compared(seeds)));
            for part in parts {
                came.add(part.join().expect("no program ends otherwise"));
            }
        });
        if programs > BATCH {
            let done = to - first;
            let line = format!("{done} of {programs} random programs end as on V8\n");
            std::io::stderr()
                .write_all(line.as_bytes())
                .expect("a line");
        }
    }
    let Came { unpaid, traps } = came;
    println!("{programs} programs; trapped {traps:?}; could not pay {unpaid}");
    assert!(
        unpaid <= programs / 20,
        "few programs should want much memory: {unpaid}"
    );
    let trapped: u64 = traps.values().sum();
    assert!(
        trapped > 0 && trapped < programs / 3,
        "few programs should trap: {traps:?}"
    );
}

/// Runs programs on V8 and on a chain of their own, where each must end alike.
fn compared(seeds: Range<u64>) -> Came {
    let wasm: Vec<_> = seeds.clone().map(program::random).collect();
    let expected = on_v8(&wasm);
    let mut came = Came::default();
    let mut chain = chain();
    for ((seed, wasm), expected) in seeds.zip(&wasm).zip(expected) {
        let ended = on_chain(&mut chain, seed, wasm);
        if ended == Ended::OutOfInk {
            assert!(
                program::grows_memory(wasm),
                "program {seed} ran out of ink and wanted no memory: {}",
                kept(seed, wasm)
            );
            came.unpaid += 1;
            continue;
        }
        assert_eq!(ended, expected, "program {seed}: {}", kept(seed, wasm));
        if let Ended::Trap(reason) = ended {
            *came.traps.entry(reason).or_default() += 1;
        }
    }
    came
}

/// The smallest program that wasmi 2.0.0 computes wrong: its `select` gives what was computed last, whatever the condition.
#[test]
fn select_of_a_value_just_computed_heeds_its_condition() {
    let wasm = wat::parse_str(
        r#"(module
            (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
            (memory (export "memory") 1 1)
            (func $chosen (param $a i32) (param $c i32) (result i32) (local $z i32)
                (select (local.get $a) (i32.ge_u (local.get $z) (local.get $z)) (i32.eqz (local.get $c))))
            (func (export "user_entrypoint") (param i32) (result i32)
                (i32.store (i32.const 0) (call $chosen (i32.const 7) (i32.const 0)))
                (i32.store (i32.const 4) (call $chosen (i32.const 7) (i32.const 1)))
                (call $write_result (i32.const 0) (i32.const 8))
                (i32.const 0)))"#,
    )
    .expect("the program assembles");
    let expected = Ended::Out(Sha256::digest([7, 0, 0, 0, 1, 0, 0, 0]).into());
    assert_eq!(on_chain(&mut chain(), 0, &wasm), expected);
    assert_eq!(on_v8(&[wasm]), [expected]);
}

fn chain() -> Chain {
    Chain::new(Config {
        // the deepest stack that a chain has allowed: the programs are to end by themselves
        arbos: ArbOs::try_from(41).expect("a known version"),
        base_fee: 0,
        trace: true,
        ..Config::default()
    })
}

fn on_chain(chain: &mut Chain, seed: u64, wasm: &[u8]) -> Ended {
    let from = DEV_ACCOUNTS[0];
    let program = Address::left_padding_from(&(seed + (1 << 32)).to_be_bytes());
    chain.set_code(program, uncompressed(wasm));
    // what activations cost rises with how many there are at a time
    chain.increase_time(3_600);
    let activation = deploy::activate(from, program, U256::from(10_u64.pow(18)));
    let activated = chain.send(activation).expect("a valid transaction");
    assert!(
        activated.status.is_success(),
        "program {seed} is not activated: {activated:?}"
    );
    let call = Transaction::call(from, program, Vec::new());
    ended(&chain.send(call).expect("a valid transaction"))
}

/// Code of a program as it is deployed, made quickly: nobody pays for its size here.
fn uncompressed(wasm: &[u8]) -> Vec<u8> {
    let mut code = vec![0xef, 0xf0, 0x00, 0x00];
    let params = brotli::enc::BrotliEncoderParams {
        quality: 0,
        lgwin: 18,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*wasm, &mut code, &params).expect("memory takes all");
    code
}

fn ended(receipt: &Executed) -> Ended {
    let ends = receipt
        .trace
        .events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::End(end) => Some(&end.status),
            _ => None,
        });
    match ends.last().expect("an end") {
        EndStatus::Success => Ended::Out(Sha256::digest(&receipt.output).into()),
        EndStatus::Failure(reason) => Ended::Trap(kind(reason)),
        EndStatus::Halt(Halt::OutOfInk) => Ended::OutOfInk,
        other => Ended::Trap(format!("{other:?}")),
    }
}

/// The reason of a trap in the words of `v8.mjs`.
fn kind(reason: &str) -> String {
    let kinds = [
        ("unreachable", "unreachable"),
        ("divide by zero", "division by zero"),
        ("integer overflow", "overflow"),
        ("out of bounds memory", "memory"),
        ("out of bounds table", "table"),
        ("undefined element", "table"),
        ("uninitialized element", "signature"),
        ("indirect call type", "signature"),
    ];
    let known = kinds.iter().find(|(words, _)| reason.contains(words));
    known.map_or_else(|| reason.to_owned(), |(_, kind)| (*kind).to_owned())
}

/// How each program ends on V8.
fn on_v8(programs: &[Vec<u8>]) -> Vec<Ended> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    for wasm in programs {
        file.write_all(&(wasm.len() as u32).to_le_bytes())
            .expect("room");
        file.write_all(wasm).expect("room");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/engine/v8.mjs");
    let output = Command::new("node")
        .arg(script)
        .arg(file.path())
        .output()
        .expect("node is installed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let answers = output.stdout.chunks_exact(33).map(|answer| match answer {
        [0, hash @ ..] => Ended::Out(hash.try_into().expect("32 bytes")),
        [_, reason @ ..] => {
            let reason = String::from_utf8_lossy(reason);
            Ended::Trap(reason.trim_end_matches('\0').to_owned())
        }
        [] => unreachable!("33 bytes"),
    });
    let answers: Vec<_> = answers.collect();
    assert_eq!(answers.len(), programs.len());
    answers
}

/// Keeps a program in a file, and says where.
fn kept(seed: u64, wasm: &[u8]) -> String {
    let path = env::temp_dir().join(format!("engine-difference-{seed}.wasm"));
    match fs::write(&path, wasm) {
        Ok(()) => format!("kept as {}", path.display()),
        Err(error) => format!("not kept: {error}"),
    }
}

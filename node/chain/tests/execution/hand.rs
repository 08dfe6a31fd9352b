//! Programs whose price was counted by hand: for each there is a list of its basic blocks with how often they run, and
//! the prices are written down here once more, from the published table and not from the chain's.

use super::world::{ALICE, World};
use alloy_primitives::hex;
use std::path::{Path, PathBuf};
use stylus_chain::Transaction;
use stylus_chain::trace::EventKind;

/// Ink of entering a block.
const BLOCK: u64 = 2_450;

fn opcode(word: &str) -> u64 {
    let (name, number) = match word.split_once([':', '+']) {
        Some((name, number)) => (name, number.parse::<u64>().expect("a number")),
        None => (word, 0),
    };
    match name {
        "i32.const" | "i64.const" | "block" | "loop" | "else" | "end" | "return" => 1,
        "br" | "br_if" | "if" => 765,
        "br_table" => 2_400 + 325 * number,
        "select" => 1_250,
        "call" => 3_800,
        "call_indirect" => 13_610 + 650 * number,
        "local.get" | "local.tee" => 75,
        "local.set" => 210,
        "global.get" => 225,
        "global.set" => 575,
        "i32.load8_u" => 670,
        "i64.load8_u" => 680,
        "i32.store" | "i32.store8" => 825,
        "i64.store" => 950,
        "memory.size" => 3_000,
        "memory.copy" | "memory.fill" => 950 + 100 * number,
        "i32.eqz" | "i32.lt_u" | "i32.ge_u" => 170,
        "i64.eqz" | "i64.ne" | "i64.lt_u" | "i64.gt_u" => 225,
        "i64.ctz" => 210,
        "i32.add" | "i32.sub" | "i32.shl" => 70,
        "i64.add" | "i64.sub" | "i64.and" | "i64.xor" | "i64.shr_u" | "i64.rotl" => 100,
        "i32.mul" | "i64.mul" => 160,
        "i32.rem_u" => 1_120,
        "i64.rem_u" => 1_270,
        "i64.popcnt" => 6_000,
        "i64.extend_i32_u" => 100,
        _ => panic!("no price for {word}"),
    }
}

fn host_call(name: &str, what: &str) -> u64 {
    let beyond = || what.parse::<u64>().expect("a length").saturating_sub(32);
    match (name, what) {
        ("read_args", _) => 8_400 + 5_040 + 30 * beyond(),
        ("write_result", _) => 8_400 + 2 * (16_381 + 55 * beyond()),
        ("native_keccak256", len) => {
            let words = len.parse::<u64>().expect("a length").div_ceil(32);
            121_800 + 21_000 * words.saturating_sub(2)
        }
        ("storage_load_bytes32", "cold") => 18_480 + (2_100 + 5) * 10_000,
        ("storage_cache_bytes32", "first") => 18_480,
        // the slot is warm since its load
        ("storage_flush_cache", "fill") => 68_073 + 20_000 * 10_000,
        _ => panic!("no price for {name} {what}"),
    }
}

/// A list of blocks: what the program costs, is given and answers.
struct Listing {
    ink: u64,
    input: Vec<u8>,
    output: Vec<u8>,
}

fn listing(text: &str) -> Listing {
    let mut listing = Listing {
        ink: 0,
        input: Vec::new(),
        output: Vec::new(),
    };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["input", bytes] => listing.input = hex::decode(bytes).expect("hex"),
            ["output", bytes] => listing.output = hex::decode(bytes).expect("hex"),
            [times, "host", name, what] => {
                listing.ink += times.parse::<u64>().expect("a number") * host_call(name, what);
            }
            [times, "x", ref opcodes @ ..] => {
                let repeated = opcodes.iter().map(|word| match word.split_once('*') {
                    Some((word, times)) => opcode(word) * times.parse::<u64>().expect("a number"),
                    None => opcode(word),
                });
                let block = BLOCK + repeated.sum::<u64>();
                listing.ink += times.parse::<u64>().expect("a number") * block;
            }
            _ => panic!("not a line of a listing: {line}"),
        }
    }
    listing
}

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/hand");
    let files = std::fs::read_dir(folder).expect("the programs are checked in");
    let mut programs: Vec<_> = files
        .map(|file| file.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "wat"))
        .collect();
    programs.sort();
    programs
}

#[test]
fn ink_is_what_was_counted_by_hand() {
    let programs = programs();
    assert_eq!(programs.len(), 11);
    for path in programs {
        let text = |path: &Path| std::fs::read_to_string(path).expect("the file is checked in");
        let listed = listing(&text(&path.with_extension("blocks")));
        let mut world = World::new();
        let program = world.program(&text(&path));
        let call = Transaction::call(ALICE, program, listed.input);
        let receipt = world.sent(call);
        let ends = receipt
            .trace
            .events
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::End(end) => end.ink_used,
                _ => None,
            });
        let name = path.display();
        assert_eq!(receipt.output, listed.output, "output of {name}");
        assert_eq!(ends.collect::<Vec<_>>(), [listed.ink], "ink of {name}");
    }
}

//! The selectors a program answers are exactly its file's.

use super::{Subject, subjects, unknown};
use alloy_sol_types::{SolCall, sol};
use lineage_tests::World;
use lineage_tests::dice::Dice;
use std::collections::BTreeSet;
use stylus_chain::Status;
use wasmparser::{Operator, Parser, Payload};

sol! {
    function stylus_constructor();
}

const RANDOM: usize = 10_000;
const SEED: u64 = 4;

#[test]
fn registry_answers_its_selectors_and_no_others() {
    answers_its_selectors_and_no_others(0);
}

#[test]
fn licensing_answers_its_selectors_and_no_others() {
    answers_its_selectors_and_no_others(1);
}

#[test]
fn router_answers_its_selectors_and_no_others() {
    answers_its_selectors_and_no_others(2);
}

#[test]
fn provenance_answers_its_selectors_and_no_others() {
    answers_its_selectors_and_no_others(3);
}

#[test]
fn renderer_answers_its_selectors_and_no_others() {
    answers_its_selectors_and_no_others(4);
}

fn answers_its_selectors_and_no_others(number: usize) {
    let world = World::new();
    let subject = &subjects(&world)[number];
    let declared: BTreeSet<[u8; 4]> = subject
        .functions()
        .map(|function| function.selector().0)
        .collect();
    let mut known = declared.clone();
    let constructor = stylus_constructorCall::SELECTOR;
    if subject.constructed {
        known.insert(constructor);
    }
    for selector in &known {
        assert_ne!(
            refusal(&world, subject, selector),
            Some(unknown(*selector)),
            "0x{}",
            hex::encode(selector)
        );
    }
    let mut candidates = candidates(&subject.wasm());
    // What the program compares with must be among what is tried, or the search proves nothing.
    for selector in &declared {
        assert!(
            candidates.contains(selector),
            "0x{} is no constant of {}",
            hex::encode(selector),
            subject.name
        );
    }
    candidates.insert(constructor);
    let mut dice = Dice::new(SEED);
    let random = std::iter::repeat_with(|| (dice.word() as u32).to_be_bytes()).take(RANDOM);
    for selector in candidates
        .into_iter()
        .chain(random)
        .filter(|selector| !known.contains(selector))
    {
        let expected = Some(unknown(selector));
        assert_eq!(
            refusal(&world, subject, &selector),
            expected,
            "0x{}",
            hex::encode(selector)
        );
    }
    // Shorter calldata is padded with zeros; without any, only a program that declares receive has more to say.
    for length in 1..4 {
        let mut padded = [0; 4];
        padded[..length].fill(0xfe);
        assert_eq!(
            refusal(&world, subject, &padded[..length]),
            Some(unknown(padded))
        );
    }
    if subject.abi.receive.is_none() {
        assert_eq!(refusal(&world, subject, &[]), Some(unknown([0; 4])));
    }
}

fn refusal(world: &World, subject: &Subject, calldata: &[u8]) -> Option<Vec<u8>> {
    let outcome = world.call(world.alice, subject.address, calldata.to_vec());
    (outcome.status == Status::Revert).then(|| outcome.output.to_vec())
}

/// Every four bytes the program could compare a selector with: halves of its constants and places in its data, both ways
/// round.
fn candidates(wasm: &[u8]) -> BTreeSet<[u8; 4]> {
    let mut found = BTreeSet::new();
    let mut add = |bytes: [u8; 4]| {
        let mut swapped = bytes;
        swapped.reverse();
        found.extend([bytes, swapped]);
    };
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.expect("a valid module") {
            Payload::CodeSectionEntry(body) => {
                for operator in body.get_operators_reader().expect("a valid module") {
                    match operator.expect("a valid module") {
                        Operator::I32Const { value } => add(value.to_be_bytes()),
                        Operator::I64Const { value } => {
                            add(((value >> 32) as i32).to_be_bytes());
                            add((value as i32).to_be_bytes());
                        }
                        _ => {}
                    }
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    let data = data.expect("a valid module").data;
                    data.windows(4)
                        .for_each(|bytes| add(bytes.try_into().expect("four bytes")));
                }
            }
            _ => {}
        }
    }
    found
}

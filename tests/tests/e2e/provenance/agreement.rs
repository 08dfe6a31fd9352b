//! The contract and the reader of proofs decide alike, on records and changes that nobody chose.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall as _;
use lineage_tests::World;
use lineage_tests::abi::IProvenance::{Step, verifyStepCall};
use lineage_tests::dice::Dice;
use logic::step::StepKind;
use record::cid::Hasher;
use record::{Found, Reading, Record, Salts, StepProof};
use serde_json::{Map, Value, json};

/// Records of one run, each with a proof and the changes below.
const RECORDS: u64 = 40;
/// Changes of a proof, the first of which is none.
const CHANGES: u64 = 14;
/// What texts are made of: what JSON escapes, what Unicode writes in two ways, what turns or hides.
const PIECES: [&str; 12] = [
    "a duck",
    "\"",
    "\\",
    "\u{0}",
    "\n",
    "\u{7f}",
    "é",
    "e\u{301}",
    "\u{202e}",
    "\u{fffd}",
    "🦆",
    "{\"a\":1,\"a\":2}",
];

fn text(dice: &mut Dice) -> String {
    (0..dice.below(6)).map(|_| dice.pick(&PIECES)).collect()
}

fn particulars(dice: &mut Dice) -> Map<String, Value> {
    let mut meta = Map::new();
    for _ in 0..dice.below(3) {
        let value = match dice.below(5) {
            0 => json!(dice.below(1 << 53)),
            1 => json!(dice.below(1 << 50) as f64 + 0.25),
            2 => json!([null, true, text(dice)]),
            3 => json!({ text(dice): text(dice) }),
            _ => json!(text(dice)),
        };
        meta.insert(text(dice), value);
    }
    meta
}

/// A record of a file of eight bytes, of up to 40 steps.
fn record(creator: Address, dice: &mut Dice) -> Record {
    let mut hasher = Hasher::default();
    hasher.update(&dice.word().to_be_bytes());
    let mut reading = Reading::default();
    for _ in 0..dice.below(40) {
        reading.found.push(Found {
            kind: dice.pick(&StepKind::ALL),
            content: text(dice),
            meta: particulars(dice),
            from: String::new(),
        });
    }
    let (name, salts) = ("duck.png".to_owned(), &mut Salts::Repeatable(dice.word()));
    Record::new(name, &hasher.finish(), &reading, creator, salts).expect("a record")
}

/// A bit of a word, the other way round.
fn flipped(mut word: B256, dice: &mut Dice) -> B256 {
    word.0[dice.below(32) as usize] ^= 1 << dice.below(8);
    word
}

fn changed(mut proof: StepProof, change: u64, dice: &mut Dice) -> StepProof {
    match change {
        1 => proof.index ^= 1 << dice.below(16),
        2 => proof.step_count ^= 1 << dice.below(16),
        3 => proof.step.kind = dice.pick(&StepKind::ALL),
        4 => proof.step.content_hash = flipped(proof.step.content_hash, dice),
        5 => proof.step.meta_hash = flipped(proof.step.meta_hash, dice),
        6 => proof.step.salt = flipped(proof.step.salt, dice),
        7 => proof.leaf = flipped(proof.leaf, dice),
        8 => proof.process_root = flipped(proof.process_root, dice),
        9 => proof.creator = Address::from_word(flipped(proof.creator.into_word(), dice)),
        10 => proof.proof.push(dice.bytes32().into()),
        11 => proof.proof.truncate(proof.proof.len().saturating_sub(1)),
        12 => proof.proof.reverse(),
        // The node above as the leaf: what a tree without leaves hashed twice would take.
        13 if !proof.proof.is_empty() => {
            proof.leaf = logic::merkle::root_of_proof(
                |it| alloy_primitives::keccak256(it).0,
                proof.leaf.0,
                [&proof.proof[0].0],
            )
            .into();
            proof.proof.remove(0);
        }
        _ => {}
    }
    proof
}

#[test]
fn prop_contract_and_proof_agree_on_any_record() {
    let seed = 0x9e37;
    let (mut world, mut dice) = (World::new(), Dice::new(seed));
    let (alice, provenance) = (world.alice, world.provenance);
    let (mut held, mut fell) = (0, 0);
    for number in 0..RECORDS {
        let record = record(alice, &mut dice);
        let again = record
            .to_statement()
            .and_then(|it| Record::from_statement(&it));
        assert_eq!(
            again.expect("a record"),
            record,
            "seed {seed}, record {number}"
        );
        let minting = world.mint(alice).with(|request| {
            request.outputHash = record.output_hash;
            request.processRoot = record.process_root();
            request.stepCount = record.step_count();
        });
        let token_id = U256::from(minting.send());
        let index = dice.below(record.step_count().into()) as u16;
        let revealed = record.reveal(index).expect("a step");
        for change in 0..CHANGES {
            let proof = changed(revealed.clone(), change, &mut dice);
            let call = verifyStepCall {
                tokenId: token_id,
                index: proof.index,
                step: Step {
                    kind: proof.step.kind as u8,
                    contentHash: proof.step.content_hash,
                    metaHash: proof.step.meta_hash,
                    salt: proof.step.salt,
                },
                proof: proof.proof.clone(),
            };
            let outcome = world.call(alice, provenance, call.abi_encode());
            // What the contract reads from its own record, and what it returns.
            let is_claim = (proof.creator, proof.process_root, proof.step_count)
                == (alice, record.process_root(), record.step_count());
            let accepted = is_claim
                && outcome.status.is_success()
                && outcome.output[..] == *proof.leaf.as_slice();
            let file = proof.to_json().and_then(|it| StepProof::from_json(&it));
            let holds = file.is_ok_and(|file| {
                file == proof && file.check().is_ok() && file.check_against(&record).is_ok()
            });
            assert_eq!(
                holds, accepted,
                "seed {seed}, record {number}, step {index}, change {change}"
            );
            assert!(
                holds == (proof == revealed),
                "seed {seed}, record {number}, step {index}, change {change}"
            );
            match holds {
                true => held += 1,
                false => fell += 1,
            }
        }
    }
    assert!(
        held >= RECORDS && fell > 8 * RECORDS,
        "{held} held, {fell} fell"
    );
}

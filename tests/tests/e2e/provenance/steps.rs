//! Revealing one step: what the root contains is proven, anything else is refused.

use alloy_primitives::{Address, B256, U256};
use lineage::file::WorkFile;
use lineage_tests::World;
use lineage_tests::abi::IProvenance::{self, Step, verifyStepCall};
use lineage_tests::root::root;
use lineage_tests::world::ETHER;
use record::{Record, Salts};
use serde_json::Value;

fn word(value: &Value) -> B256 {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("a word")
}

/// A step, its leaf and its proof.
type Proven = (Step, B256, Vec<B256>);

/// The processes of the vectors that @openzeppelin/merkle-tree made: creator, root, steps.
fn golden() -> Vec<(Address, B256, Vec<Proven>)> {
    let text = std::fs::read(root().join("tests/fixtures/golden/steps.json"))
        .expect("the vectors are there");
    let vectors: Value = serde_json::from_slice(&text).expect("JSON");
    let step = |step: &Value| {
        let leaf = word(&step["leaf"]);
        let kind = step["kind"].as_u64().expect("a kind") as u8;
        let proof = step["proof"]
            .as_array()
            .expect("a proof")
            .iter()
            .map(word)
            .collect();
        let [content_hash, meta_hash, salt] =
            ["contentHash", "metaHash", "salt"].map(|name| word(&step[name]));
        let step = Step {
            kind,
            contentHash: content_hash,
            metaHash: meta_hash,
            salt,
        };
        (step, leaf, proof)
    };
    let process = |process: &Value| {
        let creator = process["creator"]
            .as_str()
            .expect("a creator")
            .parse()
            .expect("an address");
        (
            creator,
            word(&process["processRoot"]),
            process["steps"]
                .as_array()
                .expect("steps")
                .iter()
                .map(step)
                .collect(),
        )
    };
    vectors["processes"]
        .as_array()
        .expect("processes")
        .iter()
        .map(process)
        .collect()
}

fn mint(world: &mut World, creator: Address, process_root: B256, steps: usize) -> U256 {
    world.chain.set_balance(creator, U256::from(ETHER));
    // The vectors' creators are small numbers, whom paying is of no use.
    let payees = [(world.alice, 10_000)];
    let minting = world.mint(creator).payees(&payees).with(|request| {
        request.processRoot = process_root;
        request.stepCount = steps as u16;
    });
    U256::from(minting.send())
}

fn verify(token_id: U256, index: usize, step: &Step, proof: &[B256]) -> verifyStepCall {
    verifyStepCall {
        tokenId: token_id,
        index: index as u16,
        step: step.clone(),
        proof: proof.to_vec(),
    }
}

#[test]
fn every_step_of_the_golden_vectors_is_proven() {
    let mut world = World::new();
    let processes = golden();
    assert!(processes.len() > 3);
    for (creator, process_root, steps) in processes {
        let token_id = mint(&mut world, creator, process_root, steps.len());
        for (index, (step, leaf, proof)) in steps.iter().enumerate() {
            assert_eq!(
                world.view(world.provenance, verify(token_id, index, step, proof)),
                *leaf
            );
        }
    }
}

#[test]
fn step_with_anything_else_in_it_is_refused() {
    let mut world = World::new();
    let provenance = world.provenance;
    let (creator, process_root, steps) = golden()
        .into_iter()
        .find(|process| process.2.len() > 2)
        .expect("one of three");
    let token_id = mint(&mut world, creator, process_root, steps.len());
    let (step, leaf, proof) = &steps[1];
    let flipped = |mut word: B256| {
        word.0[31] ^= 1;
        word
    };
    let mut shortened = proof.clone();
    shortened.pop();
    let mut changed = proof.clone();
    changed[0] = flipped(changed[0]);
    let lengthened = [&proof[..], &[B256::ZERO]].concat();
    let wrong = [
        (
            1,
            Step {
                kind: (step.kind + 1) % 8,
                ..step.clone()
            },
            proof.clone(),
        ),
        (
            1,
            Step {
                contentHash: flipped(step.contentHash),
                ..step.clone()
            },
            proof.clone(),
        ),
        (
            1,
            Step {
                metaHash: flipped(step.metaHash),
                ..step.clone()
            },
            proof.clone(),
        ),
        (
            1,
            Step {
                salt: flipped(step.salt),
                ..step.clone()
            },
            proof.clone(),
        ),
        (0, step.clone(), proof.clone()),
        (2, step.clone(), proof.clone()),
        (1, step.clone(), Vec::new()),
        (1, step.clone(), shortened),
        (1, step.clone(), changed),
        (1, step.clone(), lengthened),
    ];
    for (index, step, proof) in wrong {
        let refusal = IProvenance::StepProofInvalid {
            tokenId: token_id,
            index: index as u16,
        };
        world
            .act(creator, provenance, verify(token_id, index, &step, &proof))
            .refused(refusal);
    }
    assert_eq!(
        world.view(provenance, verify(token_id, 1, step, proof)),
        *leaf
    );
}

#[test]
fn copied_root_proves_nothing_for_the_copier() {
    let mut world = World::new();
    let (bob, provenance) = (world.bob, world.provenance);
    let (_, process_root, steps) = golden().swap_remove(1);
    let copied = mint(&mut world, bob, process_root, steps.len());
    for (index, (step, _, proof)) in steps.iter().enumerate() {
        let refusal = IProvenance::StepProofInvalid {
            tokenId: copied,
            index: index as u16,
        };
        world
            .act(bob, provenance, verify(copied, index, step, proof))
            .refused(refusal);
    }
}

#[test]
fn number_of_steps_is_proven_with_each() {
    let mut world = World::new();
    let provenance = world.provenance;
    let (creator, process_root, steps) = golden().swap_remove(1);
    // One more is claimed than the root was made of.
    let token_id = mint(&mut world, creator, process_root, steps.len() + 1);
    let (step, _, proof) = &steps[0];
    let refusal = IProvenance::StepProofInvalid {
        tokenId: token_id,
        index: 0,
    };
    world
        .act(creator, provenance, verify(token_id, 0, step, proof))
        .refused(refusal);
}

#[test]
fn steps_out_of_range_and_unknown_kinds_are_refused() {
    let mut world = World::new();
    let (alice, provenance) = (world.alice, world.provenance);
    let (creator, process_root, steps) = golden().swap_remove(1);
    let count = steps.len() as u16;
    let token_id = mint(&mut world, creator, process_root, steps.len());
    let empty = mint(&mut world, alice, B256::ZERO, 0);
    let (step, _, proof) = &steps[0];
    for (token_id, got, count) in [
        (token_id, count, count),
        (token_id, u16::MAX, count),
        (empty, 0, 0),
    ] {
        let refusal = IProvenance::StepOutOfRange { got, count };
        world
            .act(
                creator,
                provenance,
                verify(token_id, usize::from(got), step, proof),
            )
            .refused(refusal);
    }
    for kind in [8, 255] {
        let step = Step {
            kind,
            ..step.clone()
        };
        let refusal = IProvenance::UnknownStepKind { kind };
        world
            .act(creator, provenance, verify(token_id, 0, &step, proof))
            .refused(refusal);
    }
    let nothing = token_id + U256::from(7);
    let refusal = IProvenance::ERC721NonexistentToken { tokenId: nothing };
    world
        .act(creator, provenance, verify(nothing, 0, step, proof))
        .refused(refusal);
}

#[test]
fn record_of_a_real_file_proves_each_of_its_steps() {
    let mut world = World::new();
    let alice = world.alice;
    let file = root().join("tests/fixtures/works/automatic1111_cropped.png");
    let file = WorkFile::read(&file).expect("the fixture is there");
    let record = Record::new(
        "duck.png".to_owned(),
        &file.hashes,
        &file.reading,
        alice,
        &mut Salts::Random,
    )
    .expect("a record");
    assert!(record.step_count() > 3);
    let minting = world.mint(alice).with(|request| {
        request.outputHash = record.output_hash;
        request.processRoot = record.process_root();
        request.stepCount = record.step_count();
    });
    let token_id = U256::from(minting.send());
    for index in 0..record.step_count() {
        let made = &record.steps[usize::from(index)];
        let step = Step {
            kind: made.kind as u8,
            contentHash: made.content_hash,
            metaHash: made.meta_hash,
            salt: made.salt,
        };
        let proof = record.proof(index).expect("a proof");
        let leaf = world.view(
            world.provenance,
            verify(token_id, index.into(), &step, &proof),
        );
        assert_eq!(Some(leaf), record.leaf(index));
    }
}

#[test]
fn contract_and_the_file_of_a_proof_agree() {
    let mut world = World::new();
    let (alice, provenance) = (world.alice, world.provenance);
    let file = root().join("tests/fixtures/works/automatic1111_cropped.png");
    let file = WorkFile::read(&file).expect("the fixture is there");
    let salts = &mut Salts::Random;
    let record = Record::new(
        "duck.png".to_owned(),
        &file.hashes,
        &file.reading,
        alice,
        salts,
    )
    .expect("a record");
    let minting = world.mint(alice).with(|request| {
        request.outputHash = record.output_hash;
        request.processRoot = record.process_root();
        request.stepCount = record.step_count();
    });
    let token_id = U256::from(minting.send());
    let mut agreed = [0, 0];
    for index in 0..record.step_count() {
        let proof = record.reveal(index).expect("a step");
        let mut all = vec![proof.clone(); 9];
        all[1].index = (index + 1) % record.step_count();
        all[2].index = record.step_count();
        all[3].step.kind = logic::step::StepKind::Other;
        all[4].step.content_hash.0[0] ^= 1;
        all[5].step.meta_hash.0[0] ^= 1;
        all[6].step.salt.0[0] ^= 1;
        all[7].proof.push(B256::ZERO);
        all[8].proof[0].0[0] ^= 1;
        for (at, proof) in all.iter().enumerate() {
            let step = Step {
                kind: proof.step.kind as u8,
                contentHash: proof.step.content_hash,
                metaHash: proof.step.meta_hash,
                salt: proof.step.salt,
            };
            let call = verify(token_id, proof.index.into(), &step, &proof.proof);
            let receipt = world.act(alice, provenance, call).receipt();
            let holds = proof.check().is_ok();
            assert_eq!(
                receipt.status.is_success(),
                holds,
                "step {index}, changed as {at}"
            );
            agreed[usize::from(holds)] += 1;
        }
    }
    let count = usize::from(record.step_count());
    assert_eq!(agreed, [8 * count, count]);
}

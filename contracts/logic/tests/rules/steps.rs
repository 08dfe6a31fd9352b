//! Leaves, trees and commitments against `tests/fixtures/golden/steps.json`, which JavaScript made.

use crate::bytes::{keccak256, unhex};
use logic::{
    commitment,
    merkle::{root_of_proof, Tree},
    step::{self, Step, StepKind},
};
use proptest::{array::uniform32, collection::vec, prelude::*};
use serde_json::Value;

fn golden() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/golden/steps.json"))
        .expect("golden vectors")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn bytes<const N: usize>(value: &Value) -> [u8; N] {
    unhex(value.as_str().expect("hex digits"))
}

fn step_of(value: &Value) -> Step {
    let code = value["kind"].as_u64().expect("a kind");
    Step {
        kind: StepKind::from_code(code as u8).expect("a known kind"),
        content_hash: bytes(&value["contentHash"]),
        meta_hash: bytes(&value["metaHash"]),
        salt: bytes(&value["salt"]),
    }
}

/// Creator, and (step, leaf, proof) of each step, and the root.
type Process = ([u8; 20], Vec<(Step, [u8; 32], Vec<[u8; 32]>)>, [u8; 32]);

fn processes() -> Vec<Process> {
    let golden = golden();
    let processes = list(&golden["processes"]).iter().map(|process| {
        let steps = list(&process["steps"]).iter().map(|step| {
            let proof = list(&step["proof"]).iter().map(bytes).collect();
            (step_of(step), bytes(&step["leaf"]), proof)
        });
        (
            bytes(&process["creator"]),
            steps.collect(),
            bytes(&process["processRoot"]),
        )
    });
    processes.collect()
}

#[test]
fn domains_are_the_hashes_of_their_names() {
    assert_eq!(step::DOMAIN, keccak256(b"lineage.step.v1"));
    assert_eq!(commitment::DOMAIN, keccak256(b"lineage.commitment.v1"));
}

#[test]
fn leaves_are_the_golden_ones() {
    for (creator, steps, _) in processes() {
        let count = steps.len() as u16;
        for (index, (step, leaf, _)) in (0..).zip(&steps) {
            assert_eq!(step::leaf(keccak256, &creator, index, count, step), *leaf);
        }
    }
}

#[test]
fn roots_and_proofs_are_the_golden_ones() {
    for (_, steps, root) in processes() {
        let leaves: Vec<[u8; 32]> = steps.iter().map(|(_, leaf, _)| *leaf).collect();
        let tree = Tree::new(keccak256, &leaves).expect("a tree");
        assert_eq!(tree.root(), root);
        for (_, leaf, proof) in &steps {
            assert_eq!(tree.proof(leaf).as_ref(), Some(proof));
            assert_eq!(root_of_proof(keccak256, *leaf, proof), root);
        }
    }
}

#[test]
fn commitments_are_the_golden_ones() {
    for case in list(&golden()["commitments"]) {
        let hash = commitment::hash(
            keccak256,
            &bytes(&case["creator"]),
            &bytes(&case["outputHash"]),
            &bytes(&case["processRoot"]),
            &bytes(&case["salt"]),
        );
        assert_eq!(hash, bytes(&case["commitment"]));
    }
}

#[test]
fn leaf_binds_creator_index_count_and_every_field() {
    let step = Step {
        kind: StepKind::Prompt,
        content_hash: [1; 32],
        meta_hash: [2; 32],
        salt: [3; 32],
    };
    let leaf = |creator, index, count, step: Step| {
        step::leaf(keccak256, &[creator; 20], index, count, &step)
    };
    let leaves = [
        leaf(1, 2, 3, step),
        leaf(9, 2, 3, step),
        leaf(1, 9, 3, step),
        leaf(1, 2, 9, step),
        leaf(
            1,
            2,
            3,
            Step {
                kind: StepKind::Other,
                ..step
            },
        ),
        leaf(
            1,
            2,
            3,
            Step {
                content_hash: [9; 32],
                ..step
            },
        ),
        leaf(
            1,
            2,
            3,
            Step {
                meta_hash: [9; 32],
                ..step
            },
        ),
        leaf(
            1,
            2,
            3,
            Step {
                salt: [9; 32],
                ..step
            },
        ),
    ];
    let mut distinct = leaves.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), leaves.len());
}

#[test]
fn no_leaves_make_no_tree() {
    assert_eq!(Tree::new(keccak256, &[]), None);
}

#[test]
fn kinds_stop_at_other() {
    assert_eq!(StepKind::from_code(7), Some(StepKind::Other));
    assert_eq!(StepKind::from_code(8), None);
    for (code, kind) in (0..).zip(StepKind::ALL) {
        assert_eq!(kind as u8, code, "{}", kind.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn prop_every_leaf_is_proven_and_no_other(leaves in vec(uniform32(any::<u8>()), 1..40), other in uniform32(any::<u8>())) {
        let tree = Tree::new(keccak256, &leaves).expect("a tree");
        for leaf in &leaves {
            let proof = tree.proof(leaf).expect("a proof");
            prop_assert_eq!(root_of_proof(keccak256, *leaf, &proof), tree.root());
            prop_assert_ne!(root_of_proof(keccak256, other, &proof), tree.root());
        }
        prop_assert_eq!(tree.proof(&other), None);
    }

    #[test]
    fn prop_root_does_not_depend_on_the_order_of_leaves(leaves in vec(uniform32(any::<u8>()), 1..20)) {
        let reversed: Vec<_> = leaves.iter().rev().copied().collect();
        prop_assert_eq!(Tree::new(keccak256, &leaves), Tree::new(keccak256, &reversed));
    }
}

use super::*;
use crate::cid::Hasher;
use crate::{Reading, Salts};
use alloy_primitives::keccak256;

/// The record of a file of which a prompt, a negative prompt with its role, and parameters are known.
fn record(creator: u8) -> Record {
    let text = "a duck\nNegative prompt: rain\nSteps: 20, Sampler: Euler, Model: reeds, Model hash: c0d1994c73";
    let mut reading = Reading::default();
    let fields = crate::field::Field {
        place: "PNG tEXt".into(),
        name: "parameters".to_owned(),
        text: text.to_owned(),
    };
    reading.prompt("a duck", &fields);
    reading.negative("rain", &fields);
    reading.model("reeds", Some("c0d1994c73"), &fields);
    reading.parameters(&fields);
    let mut hasher = Hasher::default();
    hasher.update(b"the file");
    Record::new(
        "duck.png".to_owned(),
        &hasher.finish(),
        &reading,
        Address::repeat_byte(creator),
        &mut Salts::Repeatable(0),
    )
    .expect("a record")
}

fn value(proof: &StepProof) -> Value {
    serde_json::from_slice(&proof.to_json().expect("JSON")).expect("JSON")
}

/// What is said against a proof with this in place of a member.
fn said(proof: &StepProof, member: &str, wrong: Value) -> String {
    let mut altered = value(proof);
    altered[member] = wrong;
    against(altered.to_string().as_bytes())
}

fn against(text: &[u8]) -> String {
    let checked = StepProof::from_json(text).and_then(|proof| proof.check());
    format!("{:#}", checked.expect_err("it is refused"))
}

#[test]
fn every_step_is_proven_by_its_file_alone() {
    let record = record(1);
    for index in 0..record.step_count() {
        let proof = record.reveal(index).expect("a step");
        let read = StepProof::from_json(&proof.to_json().expect("JSON")).expect("a proof");
        assert_eq!(read, proof);
        read.check().expect("it holds");
        read.check_against(&record).expect("it is of the record");
    }
    let error = record.reveal(5).expect_err("there are five").to_string();
    assert_eq!(error, "there is no step 5: the record has 5, from 0");
}

#[test]
fn proof_has_its_documented_shape() {
    let record = record(1);
    let proof = record.reveal(1).expect("a step");
    let word = |word: B256| word.to_string();
    let salt = keccak256(2_u64.to_be_bytes());
    let shape = json!({
        "content": "rain",
        "contentHash": word(sha256(b"rain")),
        "creator": "0x0101010101010101010101010101010101010101",
        "index": 1,
        "kind": "prompt",
        "leaf": word(record.leaf(1).expect("a leaf")),
        "meta": { "role": "negative" },
        "metaHash": word(sha256(br#"{"role":"negative"}"#)),
        "outputHash": word(sha256(b"the file")),
        "processRoot": word(record.process_root()),
        "proof": record.proof(1),
        "salt": word(salt),
        "stepCount": 5,
        "type": "urn:lineage:step-proof:v1",
    });
    let written = proof.to_json().expect("JSON");
    assert_eq!(String::from_utf8(written).expect("text"), shape.to_string());
}

#[test]
fn proof_says_nothing_of_other_steps() {
    let record = record(1);
    let text = record.reveal(1).and_then(|proof| proof.to_json());
    let text = String::from_utf8(text.expect("JSON")).expect("text");
    for (index, step) in record.steps.iter().enumerate().filter(|(at, _)| *at != 1) {
        let mut hidden = vec![step.salt.to_string()];
        if index + 1 < record.steps.len() {
            hidden.extend([
                step.content_hash.to_string(),
                step.content.clone().expect("a text"),
            ]);
        }
        for hidden in hidden {
            assert!(!text.contains(&hidden), "step {index}: {hidden}");
        }
    }
    assert!(!text.contains(&record.claim_salt.to_string()));
}

#[test]
fn altered_member_is_named() {
    let proof = record(1).reveal(1).expect("a step");
    let other = B256::repeat_byte(7).to_string();
    let leaf = "its leaf is not that of its creator, stepCount, index, kind, contentHash, metaHash and salt: one of these is not \
                what was committed to";
    let content = "its content is not the text that its contentHash is of";
    let root = "its proof does not lead from its leaf to its processRoot";
    for (member, wrong, says) in [
        (
            "type",
            json!("urn:x"),
            "its type is \"urn:x\", known is urn:lineage:step-proof:v1",
        ),
        ("content", json!("sun"), content),
        (
            "content",
            json!(1),
            "its content is neither a text nor null",
        ),
        (
            "content",
            json!(null),
            "it has no content, and is not the step that its outputHash is of",
        ),
        ("contentHash", json!(other), content),
        (
            "creator",
            json!("0x0202020202020202020202020202020202020202"),
            leaf,
        ),
        ("creator", json!("alice"), "its creator is no address"),
        ("index", json!(2), leaf),
        (
            "index",
            json!(5),
            "its index is 5, and its stepCount 5: steps are counted from 0",
        ),
        (
            "index",
            json!(65_536),
            "its index is no number below 65,536",
        ),
        ("index", json!("1"), "its index is no number below 65,536"),
        ("kind", json!("model"), leaf),
        ("kind", json!("song"), "a step is of unknown kind \"song\""),
        ("leaf", json!(other), leaf),
        ("meta", json!({}), "its meta is not what its metaHash is of"),
        ("meta", json!("none"), "its meta is no object"),
        (
            "metaHash",
            json!(other),
            "its meta is not what its metaHash is of",
        ),
        ("processRoot", json!(other), root),
        (
            "processRoot",
            json!("0x"),
            "processRoot is no 32-byte word: invalid string length",
        ),
        ("proof", json!([]), root),
        ("proof", json!([other]), root),
        (
            "proof",
            json!(vec![&other; 17]),
            "its proof has 17 siblings, at most 16 lead to a root",
        ),
        (
            "proof",
            json!([1]),
            "its proof holds what is no 32-byte word",
        ),
        ("proof", json!(other), "its proof is no list"),
        ("salt", json!(other), leaf),
        ("stepCount", json!(6), leaf),
        (
            "note",
            json!("signed"),
            "it has \"note\", which nothing in a proof vouches for",
        ),
    ] {
        assert_eq!(
            said(&proof, member, wrong.clone()),
            says,
            "{member} {wrong}"
        );
    }
    // Which file a root is of stands in no leaf, but in that of the output.
    let mut of_other = proof.clone();
    of_other.output_hash = B256::repeat_byte(7);
    of_other
        .check()
        .expect("only the record or the chain can tell");
    let output = record(1).reveal(4).expect("the output");
    assert_eq!(
        said(&output, "outputHash", json!(other)),
        "it has no content, and is not the step that its outputHash is of"
    );
}

#[test]
fn member_that_is_missing_or_there_twice_is_told() {
    let proof = record(1).reveal(1).expect("a step");
    for member in MEMBERS {
        let mut lacking = value(&proof);
        lacking.as_object_mut().expect("an object").remove(member);
        assert_eq!(
            against(lacking.to_string().as_bytes()),
            format!("it has no {member}")
        );
    }
    let text = value(&proof).to_string();
    let twice = text.replacen('{', "{\"content\":\"sun\",", 1);
    assert_eq!(against(twice.as_bytes()), "a member stands in it twice");
    let twice = text.replacen("{\"role\"", "{\"role\":\"style\",\"role\"", 1);
    assert_eq!(against(twice.as_bytes()), "a member stands in it twice");
}

#[test]
fn file_that_is_no_proof_or_too_large_is_told() {
    let many = format!("[{}0]", "0,".repeat(MAX_VALUES));
    let large = vec![b' '; MAX_PROOF + 1];
    for (text, says) in [
        (
            &b"{"[..],
            "it is not JSON: EOF while parsing an object at line 1 column 1",
        ),
        (b"\xff", "it is not JSON: expected value at line 1 column 1"),
        (b"[]", "it is no JSON object"),
        (
            b"{}",
            "its type is null, known is urn:lineage:step-proof:v1",
        ),
        (
            many.as_bytes(),
            "it holds more values than any proof of a step",
        ),
        (
            &large,
            "it has more than 33554432 bytes, and no proof of a step has",
        ),
    ] {
        assert_eq!(against(text), says);
    }
    let deep = "[".repeat(999);
    assert!(against(deep.as_bytes()).starts_with("it is not JSON: recursion limit exceeded"));
}

#[test]
fn proof_of_another_claim_is_told_by_the_member_that_differs() {
    let (ours, theirs) = (record(1), record(2));
    let proof = theirs.reveal(0).expect("a step");
    proof.check().expect("it holds by itself");
    let error = proof.check_against(&ours).expect_err("it is another's");
    assert_eq!(error.to_string(), "its creator is not that of the record");
}

#[test]
fn marks_within_a_text_are_no_values() {
    let mut record = record(1);
    let text = "a, b: [c] {d} \\\", ".repeat(1_000);
    record.steps[0].content_hash = sha256(text.as_bytes());
    record.steps[0].content = Some(text);
    let proof = record.reveal(0).expect("a step");
    let read = StepProof::from_json(&proof.to_json().expect("JSON")).expect("a proof");
    read.check().expect("it holds");
}

/// A creator who commits to more than there is could show one thing today and another tomorrow.
#[test]
fn proof_from_a_tree_of_more_leaves_is_refused() {
    let mut record = record(1);
    record.steps.truncate(1);
    let shown = record.reveal(0).expect("a step");
    let mut hidden = shown.clone();
    hidden.step.salt = B256::repeat_byte(7);
    hidden.leaf = hidden.step.leaf(&hidden.creator, 0, 1);
    let both = merkle::Tree::new(keccak, &[shown.leaf.0, hidden.leaf.0]).expect("a tree");
    for mut proof in [shown, hidden] {
        proof.process_root = both.root().into();
        let siblings = both.proof(&proof.leaf.0).expect("a leaf of it");
        proof.proof = siblings.into_iter().map(Into::into).collect();
        assert_eq!(
            proof.check().expect_err("it is refused").to_string(),
            "its proof has 1 siblings, and in a tree of 1 leaves at most 0 lead to the root: it holds others as well"
        );
    }
}

#[test]
fn most_siblings_are_those_of_a_tree() {
    let leaf = |at: u16| keccak(&at.to_be_bytes());
    for count in (1..=66).chain([127, 128, 129, 1_000]) {
        let leaves: Vec<_> = (0..count).map(leaf).collect();
        let tree = merkle::Tree::new(keccak, &leaves).expect("a tree");
        let siblings = leaves.iter().filter_map(|leaf| tree.proof(leaf));
        let longest = siblings.map(|proof| proof.len()).max();
        assert_eq!(longest, Some(most_siblings(count)), "{count}");
    }
    assert_eq!(most_siblings(u16::MAX), MAX_SIBLINGS);
}

/// Canonical JSON writes both numbers as 9007199254740992.
#[test]
fn number_that_shares_its_hash_with_another_is_refused() {
    let mut proof = record(1).reveal(1).expect("a step");
    for number in [
        "9007199254740993",
        "-9007199254740993",
        "[1e300]",
        "{\"a\":99999999999999999999}",
    ] {
        let meta = format!("{{\"seed\":{number}}}");
        let hash =
            serde_json_canonicalizer::to_vec(&serde_json::from_str::<Value>(&meta).expect("JSON"));
        proof.step.meta_hash = sha256(&hash.expect("JSON"));
        proof.step.meta = serde_json::from_str(&meta).expect("an object");
        assert_eq!(
            against(&proof.to_json().expect("JSON")),
            "its meta has a number beyond 2^53, for which canonical JSON has no room: write it as a text",
            "{number}"
        );
    }
}

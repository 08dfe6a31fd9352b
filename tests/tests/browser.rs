//! The reader for browsers gives the answers of the native one, to the byte: on every fixture, and on the samples of the record's
//! tests. It runs under node. scripts/browser.sh builds it and runs these.

use lineage_tests::root::root;
use record::cid::Hasher;
use record::{Inspection, Record, Salts, StepProof, Subject, Trust};
use serde_json::{Value, json};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Most bytes of the module in gzip, as a server sends it.
const MOST: u64 = 1_500_000;

fn module(name: &str) -> PathBuf {
    let path = root().join("target/browser/node").join(name);
    assert!(
        path.is_file(),
        "{} is missing: run `cargo xtask browser`",
        path.display()
    );
    path
}

/// What node says of each file of a folder.
fn answers(folder: &Path) -> Vec<Value> {
    let ran = Command::new("node")
        .arg(root().join("tests/browser/answers.cjs"))
        .arg(module("lineage_record.js"))
        .arg(folder)
        .output()
        .expect("node runs");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let lines = String::from_utf8(ran.stdout).expect("text");
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    lines.collect()
}

/// A value, or the words of an error, as the script has them.
fn said<E: std::fmt::Display>(answer: Result<Value, E>) -> Value {
    match answer {
        Ok(value) => json!({ "is": value }),
        Err(error) => json!({ "error": format!("{error:#}") }),
    }
}

fn text(bytes: Vec<u8>) -> Value {
    String::from_utf8(bytes).expect("text").into()
}

/// What the native reader says of a file, with the record that node made of it, whose salts are random.
fn native(name: &str, bytes: &[u8], theirs: &Value) -> Value {
    let mut hasher = Hasher::default();
    hasher.update(bytes);
    let hashes = hasher.finish();
    let trust = Trust::unchecked();
    let subject = Subject {
        file: name,
        bytes: bytes.len() as u64,
        hashes: Some(hashes),
        sidecars: &[],
        trust: &trust,
    };
    let inspection = Inspection::of(subject, &mut Cursor::new(bytes));
    let mut answer = json!({
        "name": name,
        "inspect": { "is": record::to_json(&inspection).expect("JSON") },
        "cid": hashes.cid.to_string(),
        "proofs": [],
    });
    if bytes.is_empty() {
        answer["statement"] = json!({ "error": format!("{name} is empty") });
        return answer;
    }
    let reading = record::read_trusting(&mut Cursor::new(bytes), &[], &trust);
    let creator = alloy_primitives::Address::repeat_byte(1);
    let ours = Record::new(
        name.to_owned(),
        &hashes,
        &reading,
        creator,
        &mut Salts::Random,
    );
    let mut ours = match ours {
        Ok(ours) => ours,
        Err(error) => {
            answer["statement"] = said(Err(error));
            return answer;
        }
    };
    let statement = theirs["statement"]["is"].as_str().expect("a statement");
    let read = Record::from_statement(statement.as_bytes()).expect("a record");
    ours.claim_salt = read.claim_salt;
    for (step, theirs) in ours.steps.iter_mut().zip(&read.steps) {
        step.salt = theirs.salt;
    }
    answer["statement"] = said(ours.to_statement().map(text));
    answer["checked"] = json!({
        "creator": ours.creator.to_checksum(None),
        "outputHash": ours.output_hash,
        "processRoot": ours.process_root(),
        "stepCount": ours.step_count(),
        "claimSalt": ours.claim_salt,
        "commitment": ours.commitment(),
    });
    let check = |text: &str| {
        let proof = StepProof::from_json(text.as_bytes());
        said(proof.and_then(|proof| proof.check().map(|()| Value::Null)))
    };
    let proofs = (0..=ours.step_count()).map(|step| {
        let proof = ours.reveal(step).and_then(|proof| proof.to_json());
        let proof = said(proof.map(text));
        match proof["is"].as_str() {
            None => json!({ "proof": proof }),
            Some(text) => {
                let altered = text.replacen("\"index\":", "\"index\":1", 1);
                json!({ "proof": proof, "checks": [check(text), check(&altered)] })
            }
        }
    });
    answer["proofs"] = proofs.collect();
    answer
}

fn assert_same(folder: &Path, least: usize) {
    let answers = answers(folder);
    assert!(
        answers.len() >= least,
        "{} files of {}",
        answers.len(),
        folder.display()
    );
    for theirs in answers {
        let name = theirs["name"].as_str().expect("a name");
        let bytes = fs::read(folder.join(name)).expect("a file");
        let ours = native(name, &bytes, &theirs);
        let stale = "they differ; if record/ has changed, run `cargo xtask browser`";
        assert_eq!(theirs, ours, "{}: {stale}", folder.join(name).display());
    }
}

#[test]
#[ignore = "scripts/browser.sh builds what it needs"]
fn answers_for_every_fixture_are_the_native_ones() {
    for (name, least) in [("cases", 20), ("works", 15), ("media", 1), ("pictures", 1)] {
        assert_same(&root().join("tests/fixtures").join(name), least);
    }
}

/// JavaScript would take an ArrayBuffer for an empty file, and null for step 0.
#[test]
#[ignore = "scripts/browser.sh builds what it needs"]
fn values_of_other_kinds_are_refused() {
    let ran = Command::new("node")
        .arg(root().join("tests/browser/refused.cjs"))
        .arg(module("lineage_record.js"))
        .output()
        .expect("node runs");
    assert_eq!(
        String::from_utf8_lossy(&ran.stdout),
        "cid of ArrayBuffer: the file is no Uint8Array\n\
         cid of text: the file is no Uint8Array\n\
         cid of list: the file is no Uint8Array\n\
         cid of Float64Array: the file is no Uint8Array\n\
         cid of null: the file is no Uint8Array\n\
         cid of nothing: the file is no Uint8Array\n\
         inspect of ArrayBuffer: the file is no Uint8Array\n\
         record of ArrayBuffer: the file is no Uint8Array\n\
         record of no bytes: poem.txt is empty\n\
         checkStatement of text: the statement is no Uint8Array\n\
         checkProof of text: the proof is no Uint8Array\n\
         reveal of null: the step is no number\n\
         reveal of undefined: the step is no number\n\
         reveal of \"\": the step is no number\n\
         reveal of \"0\": the step is no number\n\
         reveal of true: the step is no number\n\
         reveal of []: the step is no number\n\
         sidecar as ArrayBuffer: the file poem.txt beside is no Uint8Array\n\
         sidecars as Map: the files beside are in a Map: give an object whose members are their names\n\
         cid of another window's array: gives string\n\
         cid of Buffer: gives string\n"
    );
}

/// With `SAMPLES=FOLDER` the record's tests put there what they read.
#[test]
#[ignore = "scripts/browser.sh keeps the samples"]
fn answers_for_every_sample_that_was_kept_are_the_native_ones() {
    let folder = std::env::var_os("SAMPLES").expect("the folder that scripts/browser.sh names");
    assert_same(&root().join(folder), 100);
}

#[test]
#[ignore = "scripts/browser.sh builds it"]
fn module_is_small_enough_to_be_sent() {
    let path = module("lineage_record_bg.wasm");
    let script = "const z = require('zlib'), f = require('fs'); console.log(z.gzipSync(f.readFileSync(process.argv[1])).length)";
    let ran = Command::new("node").args(["-e", script]).arg(path).output();
    let ran = String::from_utf8(ran.expect("node runs").stdout).expect("text");
    let size: u64 = ran.trim().parse().expect("a number");
    assert!(size <= MOST, "{size} bytes in gzip, at most {MOST}");
}

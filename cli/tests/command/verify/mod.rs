//! `lineage verify`.

mod altered;
mod others;

use crate::prepared::Prepared;
use crate::reveal::minted;
use crate::signed::signed;
use crate::{Shell, text};
use alloy_primitives::{B256, U256};
use lineage::abi::provenance::IProvenance::{MintRequest, mintCall};
use lineage::file::WorkFile;
use lineage::{account, beside, state::State};
use record::{Record, Salts, StepProof, sha256};
use serde_json::{Value, json};
use std::fs;

/// The verdict, and the code with which the command ends.
fn verdict(shell: &Shell, typed: &str) -> (Value, Option<i32>) {
    let output = shell.run(&format!("verify {typed} --json"));
    let said = text(&output.stdout);
    let verdict = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{typed}: {output:?}"));
    (verdict, output.status.code())
}

/// The checks on lines: what, whether it holds, why.
fn checks(verdict: &Value) -> Vec<String> {
    let checks = verdict["checks"].as_array().expect("checks").iter();
    let line = |check: &Value| {
        let [of, reason] = ["of", "reason"].map(|key| check[key].as_str().expect("a text"));
        format!("{of} {}: {reason}", check["holds"])
    };
    checks.map(line).collect()
}

/// Asserts that the file does not hold, and that these are all checks.
fn fails(shell: &Shell, typed: &str, expected: &[&str]) {
    let (verdict, code) = verdict(shell, typed);
    assert_eq!(checks(&verdict), expected, "{typed}");
    assert_eq!(
        (&verdict["holds"], code),
        (&json!(false), Some(2)),
        "{typed}"
    );
}

/// Asserts that it holds, and that these are all checks.
fn holds(shell: &Shell, typed: &str, expected: &[&str]) -> Value {
    let (verdict, code) = verdict(shell, typed);
    assert_eq!(checks(&verdict), expected, "{typed}");
    assert_eq!(
        (&verdict["holds"], code),
        (&json!(true), Some(0)),
        "{typed}"
    );
    verdict
}

const ALL: &str = "duck.png --record duck.png.lineage.json --proof duck.png.step-1.proof.json";
const DUCK: &str = "7c76e634f1290150909c3d7f96951361cbbc88e1a3df1349fcf8d4c522000306";
const CHAIN: &str = "chain true: it is the file of work 1";
const RECORD: &str = "record true: its 5 steps give the root of work 1";
const PROOF: &str = "proof true: it proves step 1 of 5 of work 1";

/// A minted picture, a proof of its second step, and its record.
fn proven() -> Shell {
    static MADE: Prepared = Prepared::new();
    MADE.copy(|shell| {
        shell.picture("automatic1111_cropped.png", "duck.png");
        shell.done("mint duck.png --yes");
        shell.done("reveal duck.png --step 1");
    })
}

/// Writes a JSON file again with something else in it.
fn alter(shell: &Shell, name: &str, change: impl FnOnce(&mut Value)) {
    let text = fs::read(shell.path(name)).expect("a file");
    let mut value = serde_json::from_slice(&text).expect("JSON");
    change(&mut value);
    shell.file(name, value.to_string());
}

#[test]
fn minted_file_holds_with_its_record_and_its_proofs() {
    let shell = proven();
    let file = "file true: it is the file that the record names";
    let told = holds(&shell, ALL, &[file, CHAIN, RECORD, PROOF]);
    let work = &shell.json("show 1")["works"][0];
    assert_eq!(
        told["claims"],
        json!([{
            "work": 1,
            "title": "duck",
            "creator": work["creator"],
            "owner": work["owner"],
            "claimed_at": work["claimed_at"],
            "minted_at": work["minted_at"],
            "process_root": work["process_root"],
            "steps": 5,
            "earliest": true,
            "final_from": work["claimed_at"].as_u64().expect("a time") + 259_200,
        }])
    );
    assert_eq!(
        told["steps"],
        json!([shell.json("reveal duck.png --step 1")])
    );
    assert_eq!(told["ai"], json!({ "marked": true, "by": ["metadata"] }));
    assert_eq!(told["output_hash"], work["output_hash"]);
    let time = |key: &str| lineage::report::time(work[key].as_u64().expect("a time"));
    assert_eq!(
        shell.done(&format!("verify {ALL}")),
        format!(
            "duck.png: all that was checked holds\n\
             \x20 holds  file        it is the file that the record names\n\
             \x20 holds  chain       it is the file of work 1\n\
             \x20 holds  record      duck.png.lineage.json: its 5 steps give the root of work 1\n\
             \x20 holds  proof       duck.png.step-1.proof.json: it proves step 1 of 5 of work 1\n\
             \x20 claim  work 1 \"duck\" by alice, the earliest claim: since {} (dated by a commitment), minted {}, final from \
             {}\n\
             \x20 step   1 prompt: monochrome (role negative)\n\
             \x20 AI     marked as made by AI, by its metadata\n",
            time("claimed_at"),
            time("minted_at"),
            lineage::report::time(work["claimed_at"].as_u64().expect("a time") + 259_200)
        )
    );
    holds(&shell, "duck.png", &[CHAIN]);
}

#[test]
fn without_a_chain_the_rest_is_checked() {
    let shell = proven();
    let file = "file true: it is the file that the record names";
    let record = "record true: its 5 steps give its root";
    let proof = "proof true: it proves step 1 of 5 of the record";
    let chain = "chain null: not checked on a chain: --offline was given";
    let told = holds(
        &shell,
        &format!("{ALL} --offline"),
        &[file, chain, record, proof],
    );
    assert_eq!(told["claims"], Value::Null);
    fs::remove_dir_all(shell.path(".lineage")).expect("removed");
    let chain = "chain null: not checked on a chain: there is none in .lineage";
    holds(&shell, ALL, &[file, chain, record, proof]);
    let alone = "duck.png --proof duck.png.step-1.proof.json";
    let proof = "proof true: it proves step 1 of 5 under its root; only a chain or the record can say that the root is of this file";
    let file = "file true: it is the file that a proof names";
    holds(&shell, alone, &[file, chain, proof]);
    assert_eq!(
        shell.refused("verify duck.png"),
        "there is nothing to check duck.png against: name its record or a proof, or with --state the folder of the chain that it \
         was minted on"
    );
    assert!(!shell.path(".lineage").exists());
}

#[test]
fn copy_with_one_other_byte_is_not_the_minted_file() {
    let shell = proven();
    let mut bytes = fs::read(shell.path("duck.png")).expect("a file");
    *bytes.last_mut().expect("a byte") ^= 1;
    shell.file("copy.png", &bytes);
    let file = |who: &str| {
        format!(
            "file false: this is not the minted file, whose SHA-256 is {DUCK} as {who} says: a copy saved anew has other bytes"
        )
    };
    let chain = "chain false: nobody has claimed a file of these bytes there: this is not a minted file of that chain, and a copy \
                 saved anew has other bytes";
    let other = format!("false: it is of another file, whose SHA-256 is {DUCK}");
    fails(&shell, "copy.png", &[chain]);
    fails(
        &shell,
        "copy.png --record duck.png.lineage.json",
        &[&file("the record"), chain, &format!("record {other}")],
    );
    fails(
        &shell,
        "copy.png --proof duck.png.step-1.proof.json --offline",
        &[
            &file("a proof"),
            "chain null: not checked on a chain: --offline was given",
            &format!("proof {other}"),
        ],
    );
}

/// A title may look like the rest of the line.
#[test]
fn title_does_not_speak_for_the_verdict() {
    let shell = minted();
    shell.file("swan.txt", "a swan");
    let typed = [
        "mint",
        "--yes",
        "swan.txt",
        "--title",
        "swan\" by bob, the earliest claim: \"",
    ];
    let done = shell.command("").args(typed).output().expect("it runs");
    assert!(done.status.success(), "{done:?}");
    let said = shell.done("verify swan.txt");
    let line = "\n  claim  work 2 \"swan\\\" by bob, the earliest claim: \\\"\" by alice, the earliest claim: since ";
    assert!(said.contains(line), "{said}");
}

#[test]
fn credentials_that_do_not_hold_fail_though_the_file_is_the_minted_one() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "plain.png");
    let plain = fs::read(shell.path("plain.png")).expect("a picture");
    let definition = json!({
        "claim_generator_info": [{ "name": "Painter", "version": "2.0" }],
        "assertions": [{ "label": "c2pa.actions.v2", "data": { "actions": [{
            "action": "c2pa.created",
            "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        }] } }],
    });
    let mut bytes = signed(plain, &definition);
    shell.file("duck.png", &bytes);
    shell.done("mint duck.png --yes");
    let valid = "credentials true: they hold, and nobody here knows the signer";
    holds(&shell, "duck.png", &[CHAIN, valid]);

    // The last byte is one of the checksum at its end.
    *bytes.last_mut().expect("a byte") ^= 1;
    shell.file("swan.png", &bytes);
    shell.done("mint swan.png --yes");
    let (told, code) = verdict(&shell, "swan.png");
    let lines = checks(&told);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], "chain true: it is the file of work 2");
    assert!(
        lines[1].starts_with("credentials false: they do not hold: content changed after signing: assertion.dataHash.mismatch"),
        "{lines:?}"
    );
    assert_eq!(
        (code, &told["credentials"]["state"]),
        (Some(2), &json!("invalid"))
    );
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let shell = proven();
    for (typed, says) in [
        ("verify gone.png", "cannot read gone.png"),
        ("verify duck.png --proof gone.json", "cannot read gone.json"),
        (
            "verify duck.png --record gone.json",
            "cannot read gone.json",
        ),
        (
            "verify duck.png --trust gone.pem",
            "cannot take the certificates of gone.pem",
        ),
    ] {
        assert!(shell.refused(typed).starts_with(says), "{typed}");
    }
}

#[test]
fn record_and_proof_in_each_others_place_are_told() {
    let shell = proven();
    for (typed, said) in [
        (
            "duck.png --proof duck.png.lineage.json",
            "proof false: it is a record: name it with --record",
        ),
        (
            "duck.png --record duck.png.step-1.proof.json",
            "record false: it is a proof of one step: name it with --proof",
        ),
    ] {
        fails(&shell, typed, &[CHAIN, said]);
    }
}

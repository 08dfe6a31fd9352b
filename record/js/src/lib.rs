//! The reader of files and the record, for browsers and node: what goes in are bytes, what comes out is JSON as the command
//! prints it. Nothing is fetched and nothing is kept. Each function throws an `Error` in the words of the command.

use anyhow::ensure;
use js_sys::{Object, Reflect, Uint8Array};
use record::cid::{Hasher, Hashes};
use record::{Inspection, Record, Salts, Sidecar, StepProof, Subject, Trust};
use std::io::Cursor;
use wasm_bindgen::prelude::*;

fn thrown(error: anyhow::Error) -> JsError {
    JsError::new(&format!("{error:#}"))
}

fn hashes(bytes: &[u8]) -> Hashes {
    let mut hasher = Hasher::default();
    hasher.update(bytes);
    hasher.finish()
}

/// The files beside one by their names, in the order in which the record looks for them.
fn beside(name: &str, files: Option<Object>) -> Vec<(String, Vec<u8>)> {
    let Some(files) = files else {
        return Vec::new();
    };
    let read = |name: String| {
        let bytes = Reflect::get(&files, &name.as_str().into()).ok()?;
        let bytes = bytes.dyn_into::<Uint8Array>().ok()?;
        Some((name, bytes.to_vec()))
    };
    record::sidecars(name)
        .into_iter()
        .filter_map(read)
        .collect()
}

fn sidecars(files: &[(String, Vec<u8>)]) -> Vec<Sidecar<'_>> {
    let files = files.iter();
    files.map(|(name, bytes)| Sidecar { name, bytes }).collect()
}

/// What `lineage inspect --json` says of a file with this name, but that Content Credentials are unchecked. `sidecars` holds the bytes
/// of files beside it by their names.
#[wasm_bindgen]
pub fn inspect(bytes: &[u8], name: &str, sidecars: Option<Object>) -> Result<String, JsError> {
    let files = beside(name, sidecars);
    let subject = Subject {
        file: name,
        bytes: bytes.len() as u64,
        hashes: Some(hashes(bytes)),
        sidecars: &self::sidecars(&files),
        trust: &Trust::default(),
    };
    let inspection = Inspection::of(subject, &mut Cursor::new(bytes));
    record::to_json(&inspection).map_err(|error| thrown(error.into()))
}

/// The names that files beside one may have for the record to read them.
#[wasm_bindgen(js_name = sidecarNames)]
pub fn sidecar_names(name: &str) -> Vec<String> {
    record::sidecars(name)
}

/// The statement of a new record with random salts: what the command keeps in FILE.lineage.json. Whoever has it can prove the steps;
/// it cannot be made again.
#[wasm_bindgen]
pub fn record(
    bytes: &[u8],
    name: &str,
    creator: &str,
    sidecars: Option<Object>,
) -> Result<String, JsError> {
    let files = beside(name, sidecars);
    let reading = record::read_with(&mut Cursor::new(bytes), &self::sidecars(&files));
    let made = || {
        let creator = record::creator(creator)?;
        let name = name.to_owned();
        Record::new(name, &hashes(bytes), &reading, creator, &mut Salts::Random)?.to_statement()
    };
    text(made().map_err(thrown)?)
}

/// Checks every hash of a statement. Returns as JSON what a mint takes from it: `creator`, `outputHash`, `processRoot`, `stepCount`,
/// `claimSalt`, and the `commitment` that dates the claim.
#[wasm_bindgen(js_name = checkStatement)]
pub fn check_statement(statement: &[u8]) -> Result<String, JsError> {
    let record = Record::from_statement(statement).map_err(thrown)?;
    let taken = serde_json::json!({
        "creator": record.creator.to_checksum(None),
        "outputHash": record.output_hash,
        "processRoot": record.process_root(),
        "stepCount": record.step_count(),
        "claimSalt": record.claim_salt,
        "commitment": record.commitment(),
    });
    Ok(taken.to_string())
}

/// The proof of one step of a statement, counted from 0: the file that `lineage reveal` writes.
// JavaScript has one kind of number. Taken as 16 bits it would wrap, and another step be disclosed.
#[wasm_bindgen]
pub fn reveal(statement: &[u8], step: f64) -> Result<String, JsError> {
    let proof = || {
        let index = step as u16;
        ensure!(
            f64::from(index) == step,
            "{step} is no step: they are counted from 0"
        );
        Record::from_statement(statement)?.reveal(index)?.to_json()
    };
    text(proof().map_err(thrown)?)
}

/// Checks that a proof of a step holds by itself: text, hashes, leaf and root. Whether the root is that of a work is for the chain to
/// say.
#[wasm_bindgen(js_name = checkProof)]
pub fn check_proof(proof: &[u8]) -> Result<(), JsError> {
    let checked = StepProof::from_json(proof).and_then(|proof| proof.check());
    checked.map_err(thrown)
}

/// The CID that IPFS gives a file.
#[wasm_bindgen]
pub fn cid(bytes: &[u8]) -> String {
    hashes(bytes).cid.to_string()
}

fn text(json: Vec<u8>) -> Result<String, JsError> {
    String::from_utf8(json).map_err(|error| thrown(error.into()))
}

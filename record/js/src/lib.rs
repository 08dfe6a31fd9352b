//! The reader of files and the record, for browsers and node: what goes in are bytes, what comes out is JSON as the command
//! prints it. Nothing is fetched and nothing is kept. Each function throws an `Error` in the words of the command.

use anyhow::{Context as _, Result, ensure};
use js_sys::{Map, Object, Reflect, Symbol, Uint8Array};
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

/// Most bytes of a file beside another that are read, as the command has it: a longer one is told.
const MOST_BESIDE: u32 = (4 << 20) + 1;

/// The bytes themselves, also of another window, whose Uint8Array is not that of this one.
// What is no Uint8Array has no length that JavaScript would miss: an ArrayBuffer would be read as an empty file, a text as zeros, and
// the record be of these.
fn array<'a>(bytes: &'a JsValue, what: &str) -> Result<&'a Uint8Array> {
    let name = bytes
        .is_object()
        .then(|| Reflect::get(bytes, &Symbol::to_string_tag()).ok())
        .flatten();
    ensure!(
        name.is_some_and(|name| name == "Uint8Array"),
        "{what} is no Uint8Array"
    );
    Ok(bytes.unchecked_ref())
}

/// A copy of bytes.
fn copied(bytes: &Uint8Array, what: &str) -> Result<Vec<u8>> {
    let length = bytes.length() as usize;
    let mut copy = Vec::new();
    let room = copy.try_reserve_exact(length).ok();
    room.with_context(|| format!("there is no memory here for the {length} bytes of {what}"))?;
    copy.resize(length, 0);
    bytes.copy_to(&mut copy);
    Ok(copy)
}

fn bytes_of(bytes: &JsValue, what: &str) -> Result<Vec<u8>> {
    copied(array(bytes, what)?, what)
}

/// The files beside one by their names, in the order in which the record looks for them.
fn beside(name: &str, files: Option<Object>) -> Result<Vec<(String, Vec<u8>)>> {
    let Some(files) = files else {
        return Ok(Vec::new());
    };
    ensure!(
        !files.is_instance_of::<Map>(),
        "the files beside are in a Map: give an object whose members are their names"
    );
    let mut read = Vec::new();
    for name in record::sidecars(name) {
        let bytes = Reflect::get(&files, &name.as_str().into()).unwrap_or_default();
        if !bytes.is_undefined() {
            let what = format!("the file {name} beside");
            let bytes = array(&bytes, &what)?.subarray(0, MOST_BESIDE);
            read.push((name, copied(&bytes, &what)?));
        }
    }
    Ok(read)
}

fn sidecars(files: &[(String, Vec<u8>)]) -> Vec<Sidecar<'_>> {
    let files = files.iter();
    files.map(|(name, bytes)| Sidecar { name, bytes }).collect()
}

/// What `lineage inspect --json` says of a file with this name, but that Content Credentials are unchecked. `sidecars` holds the bytes
/// of files beside it by their names.
#[wasm_bindgen]
pub fn inspect(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &JsValue,
    name: &str,
    sidecars: Option<Object>,
) -> Result<String, JsError> {
    let bytes = &bytes_of(bytes, "the file").map_err(thrown)?;
    let files = beside(name, sidecars).map_err(thrown)?;
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
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &JsValue,
    name: &str,
    creator: &str,
    sidecars: Option<Object>,
) -> Result<String, JsError> {
    let made = || {
        let bytes = &bytes_of(bytes, "the file")?;
        ensure!(!bytes.is_empty(), "{name} is empty");
        let files = beside(name, sidecars)?;
        let reading = record::read_with(&mut Cursor::new(bytes), &self::sidecars(&files));
        let creator = record::creator(creator)?;
        let name = name.to_owned();
        Record::new(name, &hashes(bytes), &reading, creator, &mut Salts::Random)?.to_statement()
    };
    text(made().map_err(thrown)?)
}

/// Checks every hash of a statement. Returns as JSON what a mint takes from it: `creator`, `outputHash`, `processRoot`, `stepCount`,
/// `claimSalt`, and the `commitment` that dates the claim.
#[wasm_bindgen(js_name = checkStatement)]
pub fn check_statement(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] statement: &JsValue,
) -> Result<String, JsError> {
    let record = bytes_of(statement, "the statement").and_then(|it| Record::from_statement(&it));
    let record = record.map_err(thrown)?;
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
// JavaScript has one kind of number. Taken as 16 bits it would wrap, and another step be disclosed; null and "" would be taken as 0.
#[wasm_bindgen]
pub fn reveal(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] statement: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] step: &JsValue,
) -> Result<String, JsError> {
    let proof = || {
        let number = step.as_f64();
        let number = number.context("the step is no number")?;
        let index = number as u16;
        ensure!(
            f64::from(index) == number,
            "{number} is no step: they are counted from 0"
        );
        let statement = bytes_of(statement, "the statement")?;
        Record::from_statement(&statement)?.reveal(index)?.to_json()
    };
    text(proof().map_err(thrown)?)
}

/// Checks that a proof of a step holds by itself: text, hashes, leaf and root. Whether the root is that of a work is for the chain to
/// say.
#[wasm_bindgen(js_name = checkProof)]
pub fn check_proof(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] proof: &JsValue,
) -> Result<(), JsError> {
    let proof = bytes_of(proof, "the proof").and_then(|it| StepProof::from_json(&it));
    proof.and_then(|proof| proof.check()).map_err(thrown)
}

/// The CID that IPFS gives a file.
#[wasm_bindgen]
pub fn cid(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &JsValue,
) -> Result<String, JsError> {
    let bytes = bytes_of(bytes, "the file").map_err(thrown)?;
    Ok(hashes(&bytes).cid.to_string())
}

fn text(json: Vec<u8>) -> Result<String, JsError> {
    String::from_utf8(json).map_err(|error| thrown(error.into()))
}

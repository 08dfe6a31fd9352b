//! The record beside a file.

use alloy_primitives::{Address, address, b256};
use lineage::beside;
use lineage::file::WorkFile;
use record::{Record, Salts};
use serde_json::Value;
use std::path::{Path, PathBuf};

const ALICE: Address = address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

fn duck() -> (tempfile::TempDir, PathBuf, Vec<u8>) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/works/automatic1111_cropped.png");
    let bytes = std::fs::read(fixture).expect("checked in");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("duck.png");
    std::fs::write(&path, &bytes).expect("a file");
    (folder, path, bytes)
}

fn open(path: &Path, bytes: &[u8]) -> anyhow::Result<Record> {
    beside::open_or_write(path, &WorkFile::of(bytes), ALICE, &mut Salts::Random)
}

#[test]
fn a_record_is_written_once_and_read_back() {
    let (_folder, path, bytes) = duck();
    let written = open(&path, &bytes).expect("written");
    let read = open(&path, &bytes).expect("read");
    assert_eq!(written, read);
    // sha256sum of the fixture
    let digest = b256!("7c76e634f1290150909c3d7f96951361cbbc88e1a3df1349fcf8d4c522000306");
    assert_eq!(written.output_hash, digest);
    assert_eq!(written.step_count(), 5);
}

#[test]
fn two_records_of_one_file_differ_in_every_leaf() {
    let (_first_folder, first, bytes) = duck();
    let (_second_folder, second, _) = duck();
    let (first, second) = (open(&first, &bytes), open(&second, &bytes));
    let (first, second) = (first.expect("written"), second.expect("written"));
    for index in 0..5 {
        assert_ne!(first.leaf(index), second.leaf(index));
    }
    assert_ne!(first.commitment(), second.commitment());
}

#[test]
fn a_record_of_other_bytes_is_not_overwritten() {
    let (_folder, path, bytes) = duck();
    let record = open(&path, &bytes).expect("written");
    let error = open(&path, b"something else").expect_err("refused");
    assert!(
        error.to_string().contains("the record of another claim"),
        "{error}"
    );
    assert_eq!(
        beside::read(&beside::path_of(&path)).expect("still there"),
        record
    );
}

#[test]
fn an_altered_text_is_noticed() {
    let (_folder, path, bytes) = duck();
    open(&path, &bytes).expect("written");
    let beside = beside::path_of(&path);
    let text = std::fs::read_to_string(&beside).expect("there");
    std::fs::write(&beside, text.replace("photo of a duck", "photo of a swan")).expect("written");
    let error = format!("{:#}", beside::read(&beside).expect_err("refused"));
    assert!(error.contains("the text of step 0"), "{error}");
}

#[test]
fn the_statement_names_the_file_by_digest_and_cid() {
    let (_folder, path, bytes) = duck();
    open(&path, &bytes).expect("written");
    let text = std::fs::read(beside::path_of(&path)).expect("there");
    let value: Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!(
        serde_json_canonicalizer::to_vec(&value).expect("JSON"),
        text
    );
    assert_eq!(value["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(value["subject"][0]["name"], "duck.png");
    assert_eq!(
        value["subject"][0]["uri"],
        "ipfs://bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday"
    );
}

#[test]
fn only_the_owner_can_read_a_record() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path, bytes) = duck();
    open(&path, &bytes).expect("written");
    let mode = std::fs::metadata(beside::path_of(&path))
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o077, 0);
}

#[test]
fn a_record_of_too_many_steps_is_refused() {
    let (_folder, path, bytes) = duck();
    open(&path, &bytes).expect("written");
    let beside = beside::path_of(&path);
    let text = std::fs::read(&beside).expect("a record");
    let mut record: Value = serde_json::from_slice(&text).expect("JSON");
    let steps = record["predicate"]["steps"].as_array_mut().expect("steps");
    // With 16 bits to count in, these would be the five that were there.
    let again = vec![steps[0].clone(); 1 << 16];
    steps.extend(again);
    std::fs::write(&beside, record.to_string()).expect("written");
    let error = beside::read(&beside).expect_err("refused");
    let error = format!("{error:#}");
    assert!(
        error.contains("it has 65541 steps, at most 1000 fit"),
        "{error}"
    );
}

//! `lineage reveal`.

use crate::Shell;
use crate::prepared::Prepared;
use serde_json::{Value, json};

/// A folder with a minted picture of five steps.
pub(crate) fn minted() -> Shell {
    static MADE: Prepared = Prepared::new();
    MADE.copy(|shell| {
        shell.picture("automatic1111_cropped.png", "duck.png");
        shell.done("mint duck.png --yes");
    })
}

fn read(shell: &Shell, name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(shell.path(name)).expect("a file")).expect("JSON")
}

#[test]
fn proof_is_written_beside_the_file_and_told() {
    let shell = minted();
    let record = read(&shell, "duck.png.lineage.json");
    let said = shell.done("reveal duck.png --step 1");
    let root = record["predicate"]["processRoot"].as_str().expect("a root");
    let expected = format!(
        "duck.png.step-1.proof.json discloses step 1 of 5\n\
         \x20 prompt      monochrome\n\
         \x20 role        negative\n\
         \x20 creator     alice\n\
         \x20 SHA-256     7c76e634f1290150909c3d7f96951361cbbc88e1a3df1349fcf8d4c522000306\n\
         \x20 root        {root}\n"
    );
    assert_eq!(said, expected);
    let proof = read(&shell, "duck.png.step-1.proof.json");
    assert_eq!(proof["salt"], record["predicate"]["steps"][1]["salt"]);
    let told = shell.json("reveal duck.png --step 1");
    assert_eq!(
        told,
        json!({
            "proof": "duck.png.step-1.proof.json",
            "index": 1,
            "steps": 5,
            "kind": "prompt",
            "content": "monochrome",
            "meta": { "role": "negative" },
            "creator": proof["creator"],
            "output_hash": proof["outputHash"],
            "process_root": root,
        })
    );
    // The record by itself gives the same file, in the same place.
    std::fs::remove_file(shell.path("duck.png.step-1.proof.json")).expect("removed");
    shell.done("reveal duck.png.lineage.json --step 1");
    assert_eq!(read(&shell, "duck.png.step-1.proof.json"), proof);
    shell.done("reveal duck.png --step 1 --out one.json");
    assert_eq!(read(&shell, "one.json"), proof);
}

#[test]
fn nothing_is_written_over() {
    let shell = minted();
    shell.file("one.json", "mine");
    assert_eq!(
        shell.refused("reveal duck.png --step 0 --out one.json"),
        "one.json holds something else: move it away, or name another file with --out"
    );
    assert_eq!(
        std::fs::read(shell.path("one.json")).expect("there"),
        b"mine"
    );
}

#[test]
fn step_past_the_last_gives_the_list() {
    let shell = minted();
    assert_eq!(
        shell.refused("reveal duck.png --step 5"),
        "there is no step 5; the record has these:\n\
         \x20   0  prompt      photo of a duck\n\
         \x20   1  negative    monochrome\n\
         \x20   2  model       realistic_realisticVisionV20_v20\n\
         \x20   3  parameters  Steps: 15, Sampler: UniPC, CFG scale: 5, Seed: 235284042, Size: 512x400, Model hash: c0d1994c73, Mod…\n\
         \x20   4  output      the file"
    );
    assert!(!shell.path("duck.png.step-5.proof.json").exists());
}

#[test]
fn file_without_its_record_is_refused() {
    let shell = minted();
    shell.file("swan.txt", "a swan");
    assert_eq!(
        shell.refused("reveal swan.txt --step 0"),
        "there is no record swan.txt.lineage.json: name the file that was minted, or its record where that lies elsewhere: swan.txt \
         is no record: it is not JSON: expected value at line 1 column 1"
    );
    shell.file("duck.png", "another duck");
    assert_eq!(
        shell.refused("reveal duck.png --step 0"),
        "duck.png is not the file that duck.png.lineage.json is of; to reveal a step of that one, name the record: lineage reveal \
         duck.png.lineage.json --step 0"
    );
}

#[test]
fn original_of_a_clean_copy_leads_to_the_copy() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "a duck.png");
    let typed = ["mint", "a duck.png", "--strip", "--yes"];
    let minted = shell.command("").args(typed).output().expect("it starts");
    assert!(minted.status.success(), "{minted:?}");
    let reveal = ["reveal", "a duck.png", "--step", "0"];
    let refused = shell.command("").args(reveal).output().expect("it starts");
    assert_eq!(
        crate::text(&refused.stderr),
        "error: a duck.png was not minted itself, but its clean copy: lineage reveal 'a duck.clean.png' --step 0\n"
    );
}

#[test]
fn proof_in_no_folder_is_refused_with_what_to_do() {
    let shell = minted();
    assert_eq!(
        shell.refused("reveal duck.png --step 0 --out out/one.json"),
        "there is no folder out: make it, and type this again"
    );
}

/// A record is small, and what is named in its place may be a model of many gigabytes.
#[test]
fn what_is_larger_than_any_record_is_not_read() {
    let shell = Shell::new();
    let file = std::fs::File::create(shell.path("large.bin")).expect("a file");
    file.set_len(1 << 40).expect("room that is not used");
    assert_eq!(
        shell.refused("reveal large.bin --step 0"),
        "there is no record large.bin.lineage.json: name the file that was minted, or its record where that lies elsewhere: \
         large.bin has 1099511627776 bytes, and no record has more than 268435456"
    );
}

/// The names of files are bytes, which need not be text.
#[cfg(unix)]
#[test]
fn proof_lies_beside_a_file_of_any_name() {
    use std::os::unix::ffi::OsStrExt as _;
    let shell = minted();
    let name = |ending: &[u8]| {
        let bytes = [&b"duck\xff.png"[..], ending].concat();
        shell.path("").join(std::ffi::OsStr::from_bytes(&bytes))
    };
    std::fs::rename(shell.path("duck.png.lineage.json"), name(b".lineage.json")).expect("moved");
    for step in ["0", "1"] {
        let mut command = shell.command("reveal --step");
        let done = command.arg(step).arg(name(b".lineage.json")).output();
        assert!(done.expect("it runs").status.success());
    }
    assert!(name(b".step-0.proof.json").exists() && name(b".step-1.proof.json").exists());
}

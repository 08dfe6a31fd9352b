//! Clean copies that are minted in place of their originals, and disks that are full.

use crate::Shell;
use record::sha256;
use serde_json::Value;
use std::fs;
use std::process::{Command, Output};

fn shell() -> Shell {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    shell
}

fn pixels(png: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png))
        .read_info()
        .expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("of a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    pixels
}

#[test]
fn clean_copy_is_minted_with_the_steps_of_the_original() {
    let shell = shell();
    let original = fs::read(shell.path("duck.png")).expect("a file");
    let minted = shell.json("mint duck.png --strip --yes");
    assert_eq!(
        shell.names(),
        [
            ".lineage",
            "duck.clean.png",
            "duck.clean.png.lineage.json",
            "duck.png"
        ]
    );
    assert_eq!(fs::read(shell.path("duck.png")).expect("a file"), original);
    let copy = fs::read(shell.path("duck.clean.png")).expect("a copy");
    assert_eq!(pixels(&copy), pixels(&original));
    assert_eq!(minted["output_hash"], sha256(&copy).to_string());
    assert_eq!(minted["clean_copy"], "duck.clean.png");
    assert_eq!(minted["record"], "duck.clean.png.lineage.json");
    assert_eq!(minted["title"], "duck");
    assert_eq!(minted["steps"], 5);
    let told = shell.json("inspect duck.clean.png");
    assert_eq!(
        (&told["steps"], &told["discloses"]),
        (&Value::Array(Vec::new()), &Value::Array(Vec::new()))
    );
    let record = fs::read_to_string(shell.path("duck.clean.png.lineage.json")).expect("a record");
    assert!(record.contains("photo of a duck"));
    let source_type = shell.json("show 1")["works"][0]["source_type"].clone();
    assert_eq!(source_type, "trainedAlgorithmicMedia");
}

#[test]
fn preview_says_what_is_gone_from_the_clean_copy() {
    let shell = shell();
    let shown = shell.ask("mint duck.png --strip").shown();
    assert!(
        shown.starts_with("duck.clean.png is to be minted as \"duck\" by alice\n"),
        "{shown}"
    );
    let end = "\n\nduck.clean.png is the clean copy to publish; gone from it: PNG tEXt parameters\nWho gets it no longer learns: prompt, model, parameters\n\nMint this? [y/N] ";
    assert!(shown.ends_with(end), "{shown}");
    assert!(
        shown.contains("texts and salts stay in duck.clean.png.lineage.json"),
        "{shown}"
    );
}

#[test]
fn copy_that_is_there_is_used_again_and_another_file_is_not_written_over() {
    let shell = shell();
    shell.file("duck.clean.png", "mine");
    let complaint = shell.refused("mint duck.png --strip --yes");
    assert_eq!(
        complaint,
        "duck.clean.png is there already and holds something else: move it away, and type this again"
    );
    assert_eq!(
        fs::read(shell.path("duck.clean.png")).expect("there"),
        b"mine"
    );
    assert_eq!(shell.names(), [".lineage", "duck.clean.png", "duck.png"]);
    fs::remove_file(shell.path("duck.clean.png")).expect("there");
    shell.done("mint duck.png --strip --yes");
    // By another creator, whose record lies elsewhere.
    fs::rename(
        shell.path("duck.clean.png.lineage.json"),
        shell.path("alice.json"),
    )
    .expect("moved");
    shell.done("mint duck.png --strip --from bob --yes");
}

#[test]
fn signed_file_is_stripped_only_by_name() {
    let shell = Shell::new();
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::new(&mut bytes, 1, 1)
        .write_header()
        .expect("a header");
    // A manifest store that nobody can read is one too.
    writer
        .write_chunk(png::chunk::ChunkType(*b"caBX"), b"\0\0\0\x08jumb")
        .expect("a chunk");
    writer.write_image_data(&[7]).expect("a pixel");
    writer.finish().expect("an end");
    shell.file("signed.png", &bytes);
    let complaint = shell.refused("mint signed.png --strip --yes");
    assert_eq!(
        complaint,
        "signed.png has Content Credentials, which a clean copy loses: add --strip-credentials to let them go, or leave --strip out to mint the file as it is"
    );
    assert_eq!(shell.names(), ["signed.png"]);
    let shown = shell
        .ask("mint signed.png --strip --strip-credentials")
        .shown();
    let untold = "\nWho gets it no longer learns: Content Credentials\n";
    assert!(shown.contains(untold), "{shown}");
    shell.done("mint signed.png --strip --strip-credentials --yes");
    let copy = fs::read(shell.path("signed.clean.png")).expect("a copy");
    assert!(!copy.windows(4).any(|bytes| bytes == b"caBX"));
    assert_eq!(fs::read(shell.path("signed.png")).expect("a file"), bytes);
    assert_eq!(
        shell
            .run("mint signed.png --strip-credentials --yes")
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn file_that_cannot_be_stripped_says_what_to_do() {
    let shell = Shell::new();
    shell.file("poem.txt", "a poem");
    let complaint = shell.refused("mint poem.txt --strip --yes");
    assert!(
        complaint.starts_with("poem.txt cannot be stripped: ")
            && complaint.ends_with("; leave --strip out to mint the file as it is"),
        "{complaint}"
    );
    assert_eq!(shell.names(), ["poem.txt"]);
}

#[test]
fn refused_mint_leaves_no_clean_copy_and_no_archive() {
    let shell = shell();
    shell.refused("derive duck.png --parent 9:10% --strip --car duck.car --yes");
    assert_eq!(shell.names(), [".lineage", "duck.png"]);
}

#[test]
fn half_written_copy_of_a_killed_mint_is_cleared_away() {
    let shell = shell();
    shell.file("duck.clean.png.lineage~a1B2c3.new", "half");
    shell.file("duck.car.lineage~a1B2c3.new", "half");
    shell.done("mint duck.png --strip --car duck.car --yes");
    let expected = [
        ".lineage",
        "duck.car",
        "duck.clean.png",
        "duck.clean.png.lineage.json",
        "duck.png",
    ];
    assert_eq!(shell.names(), expected);
}

/// A picture that takes about 300 kB however it is packed.
fn noise() -> Vec<u8> {
    let mut state = 7_u32;
    let bytes = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let pixels: Vec<u8> = bytes.take(550 * 550).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 550, 550);
    encoder
        .add_text_chunk("Comment".to_owned(), "a duck".to_owned())
        .expect("a text");
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

/// Runs a command for which no file may grow beyond 128 kB or so, as on a disk that is full.
fn on_a_full_disk(shell: &Shell, typed: &str) -> Output {
    let command = env!("CARGO_BIN_EXE_lineage");
    Command::new("bash")
        .args([
            "-c",
            &format!("trap '' XFSZ; ulimit -f 128; exec {command} {typed}"),
        ])
        .current_dir(shell.path("."))
        .output()
        .expect("a shell")
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_leaves_the_original_and_no_part_of_a_file() {
    let shell = Shell::new();
    let original = noise();
    assert!(original.len() > 200_000);
    shell.file("noise.png", &original);
    shell.file("long.txt", "long ".repeat(60_000));
    shell.done("show");
    for typed in [
        "mint noise.png --strip --yes",
        "mint noise.png --car noise.car --yes",
        "mint noise.png --step prompt=@long.txt --yes",
    ] {
        let output = on_a_full_disk(&shell, typed);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            complaint.contains("cannot write noise.") && complaint.contains("File too large"),
            "{complaint}"
        );
        assert_eq!(
            shell.names(),
            [".lineage", "long.txt", "noise.png"],
            "{typed}"
        );
        assert_eq!(fs::read(shell.path("noise.png")).expect("a file"), original);
    }
    shell.done("mint noise.png --strip --yes");
}

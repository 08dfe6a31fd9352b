//! Files that are broken, or made to break who reads them: a short answer, and never a panic.

use peak_alloc::PeakAlloc;
use record::Reading;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Memory that a file may take beside its own bytes.
const MOST: usize = 64 << 20;

/// Memory is counted for the whole process, so that one test runs at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(bytes: &[u8]) -> Reading {
    record::read(&mut Cursor::new(bytes))
}

/// Reads within the memory that is allowed.
fn read_within(bytes: &[u8]) -> Reading {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let reading = read(bytes);
    let taken = ALLOCATED.peak_usage() - before;
    assert!(taken <= MOST + bytes.len(), "{} MiB", taken >> 20);
    reading
}

/// Every sample and case.
fn samples() -> Vec<(PathBuf, Vec<u8>)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let folders = ["works", "cases"].map(|folder| fixtures.join(folder));
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder"));
    let paths = files.map(|file| file.expect("a file").path());
    let pictures = paths.filter(|path| {
        path.extension()
            .is_some_and(|is| is == "png" || is == "jpg")
    });
    pictures
        .map(|path| (path.clone(), fs::read(&path).expect("a file")))
        .collect()
}

#[test]
fn samples_that_break_off_are_read_to_the_break() {
    let _alone = alone();
    for (_, bytes) in samples() {
        for length in 0..bytes.len() {
            let _ = read(&bytes[..length]);
        }
    }
}

#[test]
fn samples_with_a_flipped_byte_are_read_or_not() {
    let _alone = alone();
    for (_, mut bytes) in samples() {
        for at in 0..bytes.len() {
            for mask in [0xff, 0x01, 0x80] {
                bytes[at] ^= mask;
                let _ = read(&bytes);
                bytes[at] ^= mask;
            }
        }
    }
}

/// A PNG with these chunks between its header and its end, each with a right checksum.
fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&[0, 0, 0, 1, 0, 0, 0, 1][..], &[8, 0, 0, 0, 0]].concat();
    let pixels = [0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1];
    let ends: [(&[u8; 4], Vec<u8>); 2] = [(b"IDAT", pixels.to_vec()), (b"IEND", Vec::new())];
    let header: [(&[u8; 4], Vec<u8>); 1] = [(b"IHDR", header)];
    for (kind, data) in header.iter().chain(chunks).chain(&ends) {
        let named = [&kind[..], data].concat();
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend(&named);
        bytes.extend(crc32fast::hash(&named).to_be_bytes());
    }
    bytes
}

/// A text chunk of a PNG.
fn text(keyword: &str, says: &str) -> Vec<u8> {
    png(&[(
        b"tEXt",
        [keyword.as_bytes(), &[0], says.as_bytes()].concat(),
    )])
}

/// The names of the fields that cannot be read.
fn unreadable(reading: &Reading) -> Vec<&str> {
    let fields = reading.unreadable.iter();
    fields.map(|unreadable| unreadable.field.as_str()).collect()
}

#[test]
fn json_of_depth_100_000_is_kept_whole_and_told() {
    let _alone = alone();
    let graph = r#"{"1": {"class_type": "KSampler", "inputs": "#;
    for inner in ["[", "{\"a\":"] {
        let says = format!("{graph}{}", inner.repeat(100_000));
        let reading = read_within(&text("prompt", &says));
        assert_eq!(unreadable(&reading), ["PNG tEXt prompt"]);
        assert!(reading.found[0].content == says, "kept whole");
    }
}

#[test]
fn graphs_of_50_000_nodes_are_read_or_told() {
    let _alone = alone();
    let chain = |at: usize| {
        format!(
            r#""{at}": {{"class_type": "Reroute", "inputs": {{"": ["{}", 0]}}}}"#,
            at + 1
        )
    };
    let star = |at: usize| {
        format!(r#""{at}": {{"class_type": "KSampler", "inputs": {{"positive": ["1", 0]}}}}"#)
    };
    for node in [&chain as &dyn Fn(usize) -> String, &star] {
        let nodes: Vec<_> = (0..50_000).map(node).collect();
        let reading = read_within(&text("prompt", &format!("{{{}}}", nodes.join(","))));
        assert!(!reading.found.is_empty());
    }
}

#[test]
fn texts_of_many_values_take_little_memory() {
    let _alone = alone();
    for value in ["[],", "0,", "{},", "{\"a\":0},", "\"\","] {
        let values = value.repeat((4 << 20) / value.len());
        let says = format!("{{\"1\": {{\"class_type\": \"A\", \"inputs\": [{values}0]}}}}");
        let reading = read_within(&text("prompt", &says));
        assert_eq!(unreadable(&reading), ["PNG tEXt prompt"]);
    }
}

#[test]
fn bombs_are_unpacked_up_to_a_limit() {
    let _alone = alone();
    let long = "[\"a\"],".repeat(40 << 17);
    let bomb = |keyword: &str| {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(long.as_bytes(), 9);
        let text = [keyword.as_bytes(), &[0, 0], &packed].concat();
        let unicode = [keyword.as_bytes(), &[0, 1, 0, 0, 0], &packed].concat();
        [(b"zTXt", text), (b"iTXt", unicode)]
    };
    let bytes = png(&["prompt", "workflow", "parameters"].map(bomb).concat());
    assert!(bytes.len() < 1 << 20);
    let reading = read_within(&bytes);
    assert_eq!(unreadable(&reading).len(), 6);
    // Ten of a size that each is read by itself.
    let long = "a duck, ".repeat(3 << 17);
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(long.as_bytes(), 9);
    let text = [&b"parameters\0\0"[..], &packed].concat();
    let _ = read_within(&png(&vec![(b"zTXt", text); 10]));
    // One that is as long as may be, and is read.
    for end in [
        "\nSteps: 20, Sampler: Euler",
        "\nNegative prompt: \nSteps: 20, Model: \u{e9}",
    ] {
        let long = format!("{}{end}", "a duck, ".repeat((3 << 17) + (7 << 14)));
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(long.as_bytes(), 9);
        let text = [&b"parameters\0\0"[..], &packed].concat();
        let reading = read_within(&png(&[(b"zTXt", text)]));
        assert_eq!(unreadable(&reading), [""; 0]);
    }
}

#[test]
fn chunks_that_claim_more_than_there_is_take_no_memory() {
    let _alone = alone();
    let whole = text("parameters", "a duck\nSteps: 20, Sampler: Euler");
    // The length of the text, of the pixels, of the end.
    let mut at = 8;
    while at < whole.len() {
        let length = u32::from_be_bytes(whole[at..at + 4].try_into().expect("four bytes"));
        let mut bytes = whole.clone();
        for claimed in [u32::MAX, i32::MAX as u32, 1 << 30] {
            bytes[at..at + 4].copy_from_slice(&claimed.to_be_bytes());
            let _ = read_within(&bytes);
        }
        at += length as usize + 12;
    }
}

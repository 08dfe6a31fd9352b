//! Pictures that say something, and what is read from them.
// Each of the tests uses a part of it.
#![allow(dead_code)]

use record::cid::Hasher;
use record::{Found, Inspection, Reading, Sidecar, Subject, Trust};
use std::io::Cursor;

/// A small PNG with these texts by their keywords.
pub(crate) fn picture(texts: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    for (keyword, text) in texts {
        let added = encoder.add_itxt_chunk((*keyword).to_owned(), (*text).to_owned());
        added.expect("a text");
    }
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[0]).expect("a pixel");
    writer.finish().expect("an end");
    bytes
}

/// Keeps a sample by its hash in the folder that SAMPLES names, if it does: the reader for browsers is tried on the same ones.
pub(crate) fn keep(bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("SAMPLES") {
        let name = format!("{:x}", record::sha256(bytes));
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).expect("a folder");
    }
}

/// What is read from such a picture.
pub(crate) fn read(texts: &[(&str, &str)]) -> Reading {
    read_bytes(&picture(texts))
}

/// A step on one line: its kind, its particulars, its text.
pub(crate) fn line(found: &Found) -> String {
    let mut line = found.kind.name().to_owned();
    for (key, value) in &found.meta {
        line.push_str(&format!(" {key}={}", value.as_str().unwrap_or("?")));
    }
    format!("{line}: {}", found.content)
}

/// All steps but parameters and tools, one a line.
pub(crate) fn lines(reading: &Reading) -> Vec<String> {
    let said = |found: &&Found| !["parameters", "tool"].contains(&found.kind.name());
    reading.found.iter().filter(said).map(line).collect()
}

/// All steps, each on a line: its kind, its particulars, its text.
pub(crate) fn steps(reading: &Reading) -> Vec<String> {
    let line = |found: &Found| {
        let meta = found.meta.values().filter_map(|value| value.as_str());
        let meta: String = meta.map(|value| format!(" {value}")).collect();
        format!("{}{meta}: {}", found.kind.name(), found.content)
    };
    reading.found.iter().map(line).collect()
}

/// The program that made it, where that is known.
pub(crate) fn program(reading: &Reading) -> Option<String> {
    reading.generator.as_ref().map(ToString::to_string)
}

/// Asserts that these are all steps: the kind of each, its text, and its role or hash.
pub(crate) fn finds(reading: &Reading, expected: &[(&str, &str, &str)]) {
    let steps = reading.found.iter().map(|found| {
        let meta = found.meta.values().filter_map(|value| value.as_str());
        let meta: Vec<_> = meta.collect();
        (found.kind.name(), &*found.content, meta.join(" "))
    });
    let steps: Vec<_> = steps.collect();
    let expected = expected
        .iter()
        .map(|(kind, text, meta)| (*kind, *text, (*meta).to_owned()));
    assert_eq!(steps, expected.collect::<Vec<_>>());
}

/// The program that made it, empty where that is not known.
pub(crate) fn generator(reading: &Reading) -> String {
    program(reading).unwrap_or_default()
}

/// A file of `tests/fixtures/media`.
pub(crate) fn media(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/media");
    std::fs::read(folder.join(name)).expect("a file")
}

/// What is read from these bytes.
pub(crate) fn read_bytes(bytes: &[u8]) -> Reading {
    keep(bytes);
    record::read(&mut Cursor::new(bytes))
}

/// Each step on a line, with the field that says it and the text shortened.
pub(crate) fn told(reading: &Reading) -> Vec<String> {
    let line = |found: &Found| {
        let text: String = line(found).chars().take(39).collect();
        format!("{text} < {}", found.from)
    };
    reading.found.iter().map(line).collect()
}

/// Reads a file that ends early, and one with a changed byte, at two hundred places or at every byte with EVERY_BYTE set, and
/// asserts that nothing panics.
pub(crate) fn break_everywhere(bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    let stride = match std::env::var_os("EVERY_BYTE") {
        Some(_) => 1,
        None => bytes.len() / 200 + 1,
    };
    for at in (0..bytes.len()).step_by(stride) {
        let _ = record::read(&mut Cursor::new(&bytes[..at]));
        for mask in [0xff, 0x01, 0x80] {
            bytes[at] ^= mask;
            let _ = record::read(&mut Cursor::new(&bytes));
            bytes[at] ^= mask;
        }
    }
}

/// All that is known of a file with these files beside it.
pub(crate) fn inspected(name: &str, bytes: &[u8], beside: &[Sidecar]) -> Inspection {
    keep(bytes);
    let mut hasher = Hasher::default();
    hasher.update(bytes);
    let source = &mut Cursor::new(bytes);
    let subject = Subject {
        file: name,
        bytes: bytes.len() as u64,
        hashes: Some(hasher.finish()),
        sidecars: beside,
        trust: &Trust::default(),
    };
    Inspection::of(subject, source)
}

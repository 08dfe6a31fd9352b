//! Kinds of pictures: where texts stand in them, and what is read there.

#[path = "../common/mod.rs"]
mod common;

mod disclosed;
mod exif;
mod frames;
mod heif;
mod hidden;
mod jpeg;
mod png;
mod svg;
mod xmp;

use common::{inspected, steps};
use record::{Inspection, Reading};

/// A text in the form of AUTOMATIC1111's, and what it says.
const TEXT: &str = "a heron\nNegative prompt: blurry\nSteps: 20, Sampler: Euler, Model: reeds";
const SAID: [&str; 4] = [
    "prompt: a heron",
    "prompt negative: blurry",
    "model: reeds",
    "parameters: Steps: 20, Sampler: Euler, Model: reeds",
];

fn read(bytes: &[u8]) -> Reading {
    common::read_bytes(bytes)
}

fn inspect(bytes: &[u8]) -> Inspection {
    inspected("", bytes, &[])
}

/// Where each text stands.
fn places(bytes: &[u8]) -> Vec<String> {
    let texts = inspect(bytes).discloses.into_iter();
    texts.map(|text| text.place).collect()
}

/// What cannot be read, and why.
fn unreadable(reading: &Reading) -> Vec<String> {
    let fields = reading.unreadable.iter();
    fields
        .map(|it| format!("{}: {}", it.field, it.reason))
        .collect()
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures");
    std::fs::read(format!("{folder}/{name}")).expect("the fixture is checked in")
}

/// Asserts that these bytes say the text, in this field alone.
fn says_the_text(bytes: &[u8], place: &str) {
    let reading = read(bytes);
    assert_eq!(steps(&reading), SAID, "{place}");
    assert_eq!(unreadable(&reading), [""; 0]);
    assert_eq!(places(bytes), [place]);
    assert!(reading.found.iter().all(|found| found.from == place));
}

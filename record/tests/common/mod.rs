//! Pictures that say something, and what is read from them.
// Each of the tests uses a part of it.
#![allow(dead_code)]

use record::{Found, Reading};
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

/// What is read from such a picture.
pub(crate) fn read(texts: &[(&str, &str)]) -> Reading {
    record::read(&mut Cursor::new(picture(texts)))
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

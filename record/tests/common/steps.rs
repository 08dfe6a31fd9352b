//! Every step that is found in a picture with some texts.

use crate::common::picture;
use record::Reading;
use std::io::Cursor;

/// Reads a picture with these texts.
pub(crate) fn read(texts: &[(&str, &str)]) -> Reading {
    record::read(&mut Cursor::new(picture(texts)))
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
    let generator = reading.generator.as_ref().map(ToString::to_string);
    generator.unwrap_or_default()
}

//! The kinds of files, and the texts that stand in them.

mod exif;
mod png;

use crate::Source;
use crate::field::Carried;
use std::io::{Read as _, SeekFrom};

/// Most bytes that one text may have.
const LONGEST_TEXT: usize = 4 << 20;
/// Most bytes that all texts of a file may have together.
pub(crate) const ALL_TEXTS: usize = 12 << 20;
/// Most texts of a file.
pub(crate) const MOST_TEXTS: usize = 10_000;

/// The text of bytes that are ASCII or Latin-1 by their standard (PNG, 11.3.3), up to a zero byte. Programs write UTF-8 all the
/// same, and what is valid UTF-8 beyond ASCII is practically never meant as Latin-1.
fn as_written(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0);
    let bytes = &bytes[..end.unwrap_or(bytes.len())];
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// The first bytes of a file tell its kind.
const HEAD: usize = 512;

/// All texts of a file. A file that breaks off gives what stands before the break.
pub(crate) fn read(source: &mut dyn Source) -> Carried {
    let mut carried = Carried::default();
    let Some(media_type) = media_type(source) else {
        return carried;
    };
    match media_type {
        "image/png" => png::read(source, &mut carried),
        "image/jpeg" => exif::read_jpeg(source, &mut carried),
        _ => {}
    }
    carried
}

/// What kind of file it is, by its first bytes; the source is at its start again.
pub(crate) fn media_type(source: &mut dyn Source) -> Option<&'static str> {
    let mut head = Vec::with_capacity(HEAD);
    source.rewind().ok()?;
    (&mut *source)
        .take(HEAD as u64)
        .read_to_end(&mut head)
        .ok()?;
    source.seek(SeekFrom::Start(0)).ok()?;
    infer::get(&head).map(|kind| kind.mime_type())
}

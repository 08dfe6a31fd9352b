//! The kinds of files, and the texts that stand in them.

mod exif;
mod png;

use crate::Source;
use crate::field::Carried;
use std::io::{Read as _, SeekFrom};

/// Most bytes that one compressed text may have.
const LONGEST_TEXT: usize = 4 << 20;
/// Most bytes that all compressed texts of a file may have together.
const ALL_TEXTS: usize = 12 << 20;

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
        "image/jpeg" => exif::read(source, &mut carried),
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

//! The kinds of files, and the texts that stand in them.

mod bytes;
mod exif;
mod gif;
mod heif;
mod hidden;
mod iptc;
mod jpeg;
mod png;
mod svg;
mod webp;
mod xmp;

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

/// Adds a comment that belongs to the file as a whole, unless it is empty.
fn comment(place: &'static str, bytes: &[u8], carried: &mut Carried) {
    let text = as_written(bytes);
    if !text.trim().is_empty() {
        carried.push(place, "Comment", text);
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
        "image/jpeg" => jpeg::read(source, &mut carried),
        "image/webp" => webp::read(source, &mut carried),
        "image/avif" | "image/heif" => heif::read(source, &mut carried),
        "image/jxl" => heif::read_jxl(source, &mut carried),
        "image/gif" => gif::read(source, &mut carried),
        "image/tiff" => exif::read_file(source, &mut carried),
        SVG => svg::read(source, &mut carried),
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
    if is_svg(&head) {
        return Some(SVG);
    }
    infer::get(&head).map(|kind| kind.mime_type())
}

const SVG: &str = "image/svg+xml";

/// Whether XML begins here whose first element is that of SVG, or which says so.
fn is_svg(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = head.trim_ascii_start();
    let begins = [&b"<svg"[..], b"<?xml", b"<!--", b"<!DOCTYPE svg"];
    let svg = |word: &[u8]| word.starts_with(b"<svg") || word.starts_with(b"<!DOCTYPE svg");
    begins.iter().any(|begin| head.starts_with(begin)) && head.windows(13).any(svg)
}

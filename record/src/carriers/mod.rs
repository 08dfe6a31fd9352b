//! The kinds of files, and the texts that stand in them.

pub(crate) mod codec;
pub(crate) mod exif;
mod gguf;
mod gif;
pub(crate) mod heif;
pub(crate) mod hidden;
mod id3;
mod iptc;
mod jpeg;
mod matroska;
pub(crate) mod mp4;
pub(crate) mod pdf;
pub(crate) mod png;
mod recorded;
mod riff;
pub(crate) mod safetensors;
pub(crate) mod stream;
pub(crate) mod svg;
pub(crate) mod text;
mod vorbis;
pub(crate) mod webp;
pub(crate) mod xmp;

use crate::Source;
use crate::field::Carried;
use std::io::Read as _;

/// Most bytes that one text may have.
pub(crate) const LONGEST_TEXT: usize = 4 << 20;
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

/// All texts of a file, and its kind. A file that breaks off gives what stands before the break.
pub(crate) fn read(source: &mut dyn Source) -> (Carried, Option<&'static str>) {
    let mut carried = Carried::default();
    let media_type = media_type(source);
    match media_type {
        Some("image/png") => png::read(source, &mut carried),
        Some("image/jpeg") => jpeg::read(source, &mut carried),
        Some("image/webp") => webp::read(source, &mut carried),
        Some("image/avif" | "image/heif") => heif::read(source, &mut carried),
        Some("image/jxl") => heif::read_jxl(source, &mut carried),
        Some("image/gif") => gif::read(source, &mut carried),
        Some("image/tiff") => exif::read_file(source, &mut carried),
        Some(SVG) => svg::read(source, &mut carried),
        Some("application/pdf") => pdf::read(source, &mut carried),
        Some("video/x-matroska") => matroska::read(source, "Matroska", &mut carried),
        Some("video/webm") => matroska::read(source, "WebM", &mut carried),
        Some("audio/x-wav") => riff::read(source, "WAV", &mut carried),
        Some("video/x-msvideo") => riff::read(source, "AVI", &mut carried),
        Some("audio/ogg" | "audio/opus") => drop(vorbis::read_ogg(source, 0, &mut carried)),
        Some("audio/mpeg" | "audio/aac" | "audio/x-flac") => sound(source, &mut carried),
        Some("video/mp4" | "video/quicktime" | "video/x-m4v" | "audio/m4a") => {
            mp4::read(source, &mut carried);
        }
        Some(_) => {}
        None => unnamed(source, &mut carried),
    }
    (carried, media_type)
}

/// Sound whose tag may stand before any kind.
fn sound(source: &mut dyn Source, carried: &mut Carried) {
    id3::read(source, u64::MAX, carried);
    let Ok(behind) = source.stream_position() else {
        return;
    };
    if vorbis::read_flac(source, carried).is_none() {
        let _ = vorbis::read_ogg(source, behind, carried);
    }
}

/// A file whose first bytes are no name of a kind.
fn unnamed(source: &mut dyn Source, carried: &mut Carried) {
    match unnamed_kind(source) {
        Unnamed::Gguf => gguf::read(source, carried),
        Unnamed::Safetensors => safetensors::read(source, carried),
        Unnamed::Bmff => mp4::read(source, carried),
        Unnamed::Text => text::read(source, carried),
    }
}

/// What kind of file it is, by its first bytes; the source is at its start again.
pub(crate) fn media_type(source: &mut dyn Source) -> Option<&'static str> {
    let head = head(source)?;
    if is_svg(&head) {
        return Some(SVG);
    }
    let kind = infer::get(&head)?.mime_type();
    // The crate looks for the name of the kind at one place, where other programs put other things.
    let says = |name: &[u8]| head.windows(name.len()).take(64).any(|at| at == name);
    match kind == "video/webm" && says(b"matroska") {
        true => Some("video/x-matroska"),
        false => Some(kind),
    }
}

/// What a file is whose first bytes are no name of a kind that has a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unnamed {
    Gguf,
    Safetensors,
    Bmff,
    Text,
}

/// What a file of no media type is.
pub(crate) fn unnamed_kind(source: &mut dyn Source) -> Unnamed {
    let head = head(source).unwrap_or_default();
    match &head[..] {
        head if head.starts_with(gguf::MAGIC) => Unnamed::Gguf,
        head if safetensors::is(head) => Unnamed::Safetensors,
        // One of the many brands of this kind that are not told apart.
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Unnamed::Bmff,
        _ => Unnamed::Text,
    }
}

/// The first bytes of a file; the source is at its start again.
fn head(source: &mut dyn Source) -> Option<Vec<u8>> {
    source.rewind().ok()?;
    let buffered = source.fill_buf().ok()?;
    if buffered.len() >= HEAD {
        return Some(buffered[..HEAD].to_vec());
    }
    let mut head = Vec::with_capacity(HEAD);
    (&mut *source)
        .take(HEAD as u64)
        .read_to_end(&mut head)
        .ok()?;
    source.rewind().ok()?;
    Some(head)
}

const SVG: &str = "image/svg+xml";

/// Whether XML begins here whose first element is that of SVG, by whatever prefix, or which says so.
fn is_svg(head: &[u8]) -> bool {
    let utf8: Vec<u8>;
    let head = match svg::is_utf16(head) {
        true => {
            utf8 = head.iter().copied().filter(|byte| *byte != 0).collect();
            utf8.strip_prefix(b"\xff\xfe")
                .or(utf8.strip_prefix(b"\xfe\xff"))
                .unwrap_or(&utf8)
        }
        false => head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head),
    };
    let head = head.trim_ascii_start();
    let begins = [&b"<?xml"[..], b"<!--", b"<!DOCTYPE svg"];
    let is_element = |from: &[u8]| {
        let name = from.strip_prefix(b"<").unwrap_or_default();
        let of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(byte);
        let length = name.iter().take_while(of_name).count();
        let name = &name[..length];
        name.starts_with(b"svg") || name.ends_with(b":svg")
    };
    let svg = |at: usize| {
        let from = &head[at..];
        is_element(from) || from.starts_with(b"<!DOCTYPE svg")
    };
    is_element(head)
        || begins.iter().any(|begin| head.starts_with(begin))
            && memchr::memchr_iter(b'<', head).any(svg)
}

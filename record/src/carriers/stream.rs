//! Pieces of a source, none longer than is asked for.

use super::LONGEST_TEXT;
use crate::Source;
use std::io::{Read, copy, sink};

/// The next bytes. [`None`] where the source ends before them.
pub(super) fn array<const N: usize>(source: &mut (impl Read + ?Sized)) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    source.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// The next bytes, so many. What a length claims is not taken before it is there.
pub(super) fn vec(source: &mut (impl Read + ?Sized), length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = source.take(length).read_to_end(&mut bytes).ok()?;
    (read as u64 == length).then_some(bytes)
}

/// Reads over so many bytes of what cannot be sought.
pub(super) fn skip(source: &mut (impl Read + ?Sized), length: u64) -> Option<()> {
    let read = copy(&mut source.take(length), &mut sink()).ok()?;
    (read == length).then_some(())
}

/// Goes on so many bytes, also beyond the end, where nothing is read any more.
pub(super) fn pass(source: &mut dyn Source, length: u64) -> Option<()> {
    source.seek_relative(i64::try_from(length).ok()?).ok()
}

/// Why a text of this length is not read.
pub(crate) fn too_long(length: u64) -> Option<String> {
    (length > LONGEST_TEXT as u64).then(|| format!("it has more than {LONGEST_TEXT} bytes"))
}

/// The text that bytes are which say to be UTF-8, without zero bytes at its end.
pub(super) fn utf8(bytes: Vec<u8>) -> Result<String, &'static str> {
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.truncate(text.trim_end_matches('\0').len());
            Ok(text)
        }
        Err(_) => Err("it is not the UTF-8 that it says to be"),
    }
}

/// The text that UTF-16 is, in the order that its mark says or else in this one, without zero units at its end.
pub(super) fn utf16(bytes: &[u8], little_endian: bool) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let little = match pairs.first() {
        Some([0xff, 0xfe]) => true,
        Some([0xfe, 0xff]) => false,
        _ => little_endian,
    };
    let units = pairs.iter().map(|pair| match little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    let text: String = char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.trim_start_matches('\u{feff}')
        .trim_end_matches('\0')
        .to_owned()
}

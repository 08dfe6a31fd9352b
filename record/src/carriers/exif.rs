//! EXIF, in whatever kind of file it stands.

use crate::Source;
use crate::field::Carried;
use exif::{Error, Field, Reader, Tag, Value};

const PLACE: &str = "EXIF";

/// Adds the texts of a file's EXIF.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let exif = match reader.read_from_container(&mut &mut *source) {
        Ok(exif) => exif,
        Err(Error::NotFound(_) | Error::Io(_)) => return,
        // What is broken is left out, and the rest is read.
        Err(error) => match error.distill_partial_result(|_| {}) {
            Ok(exif) => exif,
            Err(error) => return carried.fail(PLACE, "data", error),
        },
    };
    for field in exif.fields() {
        match text(field, exif.little_endian()) {
            Some(Ok(text)) if !text.trim().is_empty() => {
                carried.push(PLACE, field.tag.to_string(), text);
            }
            Some(Err(reason)) => carried.fail(PLACE, &field.tag.to_string(), reason),
            _ => {}
        }
    }
}

/// The text of a field, where it is one.
fn text(field: &Field, little_endian: bool) -> Option<Result<String, &'static str>> {
    match &field.value {
        Value::Undefined(bytes, _) if field.tag == Tag::UserComment => {
            Some(comment(bytes, little_endian))
        }
        Value::Ascii(lines) => {
            let lines: Vec<_> = lines
                .iter()
                .map(|line| String::from_utf8_lossy(line))
                .collect();
            Some(Ok(lines.join("\n")))
        }
        _ => None,
    }
}

/// A UserComment: eight bytes that name its encoding, then the text (EXIF 3.0, 4.6.5).
fn comment(bytes: &[u8], little_endian: bool) -> Result<String, &'static str> {
    let Some((encoding, text)) = bytes.split_first_chunk::<8>() else {
        return Ok(String::new());
    };
    match encoding {
        b"UNICODE\0" => Ok(utf16(text, little_endian)),
        b"JIS\0\0\0\0\0" => Err("its text is in JIS, which is not read"),
        _ => Ok(String::from_utf8_lossy(text)
            .trim_end_matches('\0')
            .to_owned()),
    }
}

/// UTF-16 in the order that its mark says, or else in the one that makes more of it Latin: programs write either, whatever the
/// order of the file.
fn utf16(bytes: &[u8], little_endian: bool) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    let little = match pairs.first() {
        Some([0xff, 0xfe]) => true,
        Some([0xfe, 0xff]) => false,
        _ if zeros(0) == zeros(1) => little_endian,
        _ => zeros(1) > zeros(0),
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

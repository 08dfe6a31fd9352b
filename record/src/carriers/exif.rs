//! EXIF: the texts of certain tags.

use super::as_written;
use crate::Source;
use crate::field::Carried;
use exif::{Exif, In, Reader, Tag, Value, get_exif_attr_from_jpeg};

const PLACE: &str = "EXIF";
/// Most bytes of EXIF: JPEG's segments hold 64 KiB, and a byte of it can take 24 in memory for each tag that is looked at.
const LONGEST: usize = 128 << 10;
/// The tags in which programs and people write, each looked at once: entries can be without number and share their data.
const TAGS: [Tag; 9] = [
    Tag::UserComment,
    Tag::ImageDescription,
    Tag::Make,
    Tag::Model,
    Tag::Software,
    Tag::Artist,
    Tag::Copyright,
    Tag::CameraOwnerName,
    Tag::BodySerialNumber,
];

/// Adds the texts of a JPEG's EXIF.
pub(super) fn read_jpeg(source: &mut dyn Source, carried: &mut Carried) {
    // An error is that there is none, or that the file breaks off before it.
    if let Ok(data) = get_exif_attr_from_jpeg(&mut &mut *source) {
        read(data, carried);
    }
}

/// Adds the texts of EXIF data. Of data that is broken, what can be read is.
pub(super) fn read(data: Vec<u8>, carried: &mut Carried) {
    if data.len() > LONGEST {
        carried.fail(PLACE, "data", format!("it has more than {LONGEST} bytes"));
        return;
    }
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let exif = reader.read_raw(data).or_else(|error| {
        error.distill_partial_result(|errors| {
            for error in errors {
                carried.fail(PLACE, "data", error);
            }
        })
    });
    match exif {
        Ok(exif) => texts(&exif, carried),
        Err(error) => carried.fail(PLACE, "data", error),
    }
}

fn texts(exif: &Exif, carried: &mut Carried) {
    for tag in TAGS {
        let Some(field) = exif.get_field(tag, In::PRIMARY) else {
            continue;
        };
        let texts = match &field.value {
            Value::Undefined(bytes, _) if tag == Tag::UserComment => {
                comment(bytes, exif.little_endian()).map(|text| vec![text])
            }
            // Several texts, each with its end.
            Value::Ascii(texts) => Ok(texts.iter().map(|text| as_written(text)).collect()),
            _ => Err("it is no text"),
        };
        match texts {
            Ok(texts) => {
                for text in texts.into_iter().filter(|text| !text.trim().is_empty()) {
                    carried.push(PLACE, tag.to_string(), text);
                }
            }
            Err(reason) => carried.fail(PLACE, &tag.to_string(), reason),
        }
    }
}

/// A UserComment: eight bytes that name its encoding, then the text (EXIF 3.0, 4.6.5). Some programs leave the name out.
fn comment(bytes: &[u8], little_endian: bool) -> Result<String, &'static str> {
    match bytes.split_first_chunk::<8>() {
        Some((b"UNICODE\0", text)) => Ok(utf16(text, little_endian)),
        Some((b"ASCII\0\0\0" | [0, 0, 0, 0, 0, 0, 0, 0], text)) => Ok(unnamed(text, little_endian)),
        Some((b"JIS\0\0\0\0\0", _)) => Err("its text is in JIS, which is not read"),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok(text.to_owned()),
            _ => Err("its encoding is not known"),
        },
    }
}

/// A text that says to be ASCII, or nothing of its encoding: UTF-16 all the same if Latin letters of it begin it.
fn unnamed(text: &[u8], little_endian: bool) -> String {
    match text {
        [0, letter, 0, _, ..] | [letter, 0, _, 0, ..] if letter.is_ascii_graphic() => {
            utf16(text, little_endian)
        }
        _ => as_written(text),
    }
}

/// UTF-16 in the order that its mark says, or else in the one that makes more of it Latin: programs write either, whatever the
/// order of the file. Plain ASCII that says to be UTF-16 is ASCII.
fn utf16(bytes: &[u8], little_endian: bool) -> String {
    let trimmed = bytes.trim_ascii_end();
    if trimmed.is_ascii() && !trimmed.contains(&0) {
        return as_written(bytes);
    }
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
    let text: String = char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.trim_start_matches('\u{feff}').to_owned()
}

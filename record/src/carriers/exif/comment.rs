//! The texts of EXIF in their encodings.

use super::super::as_written;
use encoding_rs::ISO_2022_JP;

/// A UserComment: eight bytes that name its encoding, then the text (EXIF 3.0, 4.6.5). Some programs leave the name out.
pub(super) fn comment(bytes: &[u8], little_endian: bool) -> Result<String, &'static str> {
    match bytes.split_first_chunk::<8>() {
        Some((b"UNICODE\0", text)) => Ok(utf16(text, little_endian)),
        Some((b"ASCII\0\0\0" | [0, 0, 0, 0, 0, 0, 0, 0], text)) => Ok(unnamed(text, little_endian)),
        Some((b"JIS\0\0\0\0\0", text)) => jis(text),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) if !text.trim_end_matches('\0').contains('\0') => {
                Ok(text.trim_end_matches('\0').to_owned())
            }
            _ => Err("its encoding is not known"),
        },
    }
}

/// JIS X 0208 with the escapes of ISO 2022, as EXIF's JIS is meant.
fn jis(text: &[u8]) -> Result<String, &'static str> {
    let end = text.iter().rposition(|byte| *byte != 0);
    let text = &text[..end.map_or(0, |end| end + 1)];
    match ISO_2022_JP.decode_without_bom_handling(text) {
        (text, false) => Ok(text.into_owned()),
        (_, true) => Err("it is not the JIS that it says to be"),
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
    // The bytes of a few letters of Chinese may be ASCII too, but hardly what people write.
    let is_written = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    if bytes.trim_ascii_end().iter().all(is_written) {
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
    units(pairs, little)
}

/// The text of a tag of Windows, which is UTF-16 with the low byte first whatever the order of the file.
pub(super) fn windows(bytes: &[u8]) -> String {
    units(bytes.as_chunks::<2>().0, true)
}

/// UTF-16 up to a zero.
fn units(pairs: &[[u8; 2]], little: bool) -> String {
    let units = pairs.iter().map(|pair| match little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    let text: String = char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.trim_start_matches('\u{feff}').to_owned()
}

//! The texts of strings.

use super::super::stream::utf16;

/// What bytes from 0x80 on are in PDFDocEncoding where they are not what Latin-1 has (ISO 32000-2, annex D.2).
const LETTERS: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// The text of a string: UTF-16 or UTF-8 with its mark, or else PDFDocEncoding (ISO 32000-2, 7.9.2.2). Programs write UTF-8 without
/// its mark as well.
pub(super) fn text(bytes: &[u8]) -> String {
    if let [0xfe, 0xff, ..] | [0xff, 0xfe, ..] = bytes {
        return utf16(bytes, false);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(letter).collect(),
    }
}

fn letter(byte: u8) -> char {
    let at = usize::from(byte).checked_sub(0x80);
    let known = at.and_then(|at| LETTERS.get(at)).copied();
    known.unwrap_or_else(|| char::from(byte))
}

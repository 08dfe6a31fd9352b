//! Strings of JSON (RFC 8259).

use alloc::vec::Vec;

/// Appends text as it must stand between the quotes of a JSON string.
///
/// Quotes, backslashes and control characters are escaped; bytes that are no UTF-8 become U+FFFD, one for each broken
/// sequence.
pub fn push_escaped(out: &mut Vec<u8>, text: &[u8]) {
    for chunk in text.utf8_chunks() {
        for byte in chunk.valid().bytes() {
            match byte {
                b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
                0..=0x1f | 0x7f => {
                    out.extend_from_slice(b"\\u00");
                    crate::base::push_hex(out, &[byte]);
                }
                _ => out.push(byte),
            }
        }
        if !chunk.invalid().is_empty() {
            out.extend_from_slice("\u{fffd}".as_bytes());
        }
    }
}

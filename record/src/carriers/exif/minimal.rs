//! EXIF that says how a picture is to be shown, and nothing else.

use super::HEAD;
use super::tiff::Tiff;
use std::io::Cursor;

/// How the picture is turned; its density across and down, and the unit of these (TIFF 6.0, section 8).
const TURNED: u16 = 0x0112;
const ACROSS: u16 = 0x011a;
const DOWN: u16 = 0x011b;
const UNIT: u16 = 0x0128;

/// The types of these (TIFF 6.0, section 2).
const SHORT: u16 = 3;
const RATIONAL: u16 = 5;

/// EXIF data, without `Exif` before it, that says how the picture is turned, if it is, and with `density` its density too; nothing
/// where there is none of it to say.
pub(crate) fn minimal(mut data: Vec<u8>, density: bool) -> Option<Vec<u8>> {
    if data.starts_with(HEAD) {
        data.drain(..HEAD.len());
    }
    let head = *data.first_chunk::<4>()?;
    let mut source = Cursor::new(data);
    let (mut tiff, first) = Tiff::open(&mut source)?;
    let little = tiff.little_endian;
    let wanted = |tag| tag == TURNED || density && [ACROSS, DOWN, UNIT].contains(&tag);
    let mut entries = Vec::new();
    for entry in tiff.directory(first, wanted) {
        let (kind, length) = match entry.tag {
            TURNED | UNIT => (SHORT, 2),
            _ => (RATIONAL, 8),
        };
        let value = tiff.value(entry, length).unwrap_or_default();
        let is_turned = || {
            let value = [value[0], value[1]];
            (2..=8).contains(&short(value, little))
        };
        let fits = entry.kind == kind && value.len() == length;
        if fits && (entry.tag != TURNED || is_turned()) {
            entries.push((entry.tag, kind, value));
        }
    }
    // A unit of nothing.
    if !entries.iter().any(|(tag, _, _)| *tag != UNIT) {
        return None;
    }
    entries.sort_by_key(|(tag, _, _)| *tag);
    Some(written(head, little, &entries))
}

fn short(bytes: [u8; 2], little: bool) -> u16 {
    match little {
        true => u16::from_le_bytes(bytes),
        false => u16::from_be_bytes(bytes),
    }
}

/// One directory, and behind it the values that have no place in it. All are in the order of bytes that the data had.
fn written(head: [u8; 4], little: bool, entries: &[(u16, u16, Vec<u8>)]) -> Vec<u8> {
    let two = |number: u16| match little {
        true => number.to_le_bytes(),
        false => number.to_be_bytes(),
    };
    let four = |number: u32| match little {
        true => number.to_le_bytes(),
        false => number.to_be_bytes(),
    };
    let mut bytes = [head, four(8)].concat();
    bytes.extend(two(entries.len() as u16));
    let mut behind: Vec<u8> = Vec::new();
    let end = 8 + 2 + 12 * entries.len() + 4;
    for (tag, kind, value) in entries {
        bytes.extend([two(*tag), two(*kind)].concat());
        bytes.extend(four(1));
        match value[..] {
            [a, b] => bytes.extend([a, b, 0, 0]),
            _ => {
                bytes.extend(four((end + behind.len()) as u32));
                behind.extend(value);
            }
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(behind);
    bytes
}

//! GIF: comments, and XMP in an application extension.

use super::stream::{array, pass};
use super::{LONGEST_TEXT, comment, xmp};
use crate::Source;
use crate::field::Carried;
use std::io::Read as _;

/// What begins a block (GIF89a, 20, 23, 24, 26, 27).
const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const COMMENT: u8 = 0xfe;
const APPLICATION: u8 = 0xff;
/// What stands behind XMP begins so.
const TRAILER: [u8; 4] = [0x01, 0xff, 0xfe, 0xfd];

/// Adds the texts of a GIF. What stands before a break is read.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let _ = blocks(source, carried);
}

fn blocks(source: &mut dyn Source, carried: &mut Carried) -> Option<()> {
    let head = array::<13>(source)?;
    pass(source, colours(head[10]))?;
    loop {
        match array::<1>(source)? {
            [IMAGE] => {
                let head = array::<9>(source)?;
                pass(source, colours(head[8]) + 1)?;
                skip(source)?;
            }
            [EXTENSION] => match array::<1>(source)? {
                [COMMENT] => match data(source, false)? {
                    Some(text) => comment("GIF", &text, carried),
                    None => carried.fail("GIF", "Comment", too_long()),
                },
                [APPLICATION] => application(source, carried)?,
                _ => skip(source)?,
            },
            _ => return None,
        }
    }
}

/// Bytes of the table of colours that these flags tell of.
fn colours(flags: u8) -> u64 {
    match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    }
}

/// XMP stands as it is and not in parts, so that what would be the length of a part is a letter of it. Behind it stand bytes
/// that lead to its end wherever a part would end (XMP 3, 1.1.2).
fn application(source: &mut dyn Source, carried: &mut Carried) -> Option<()> {
    let [length] = array::<1>(source)?;
    if length != 11 {
        pass(source, u64::from(length))?;
        return skip(source);
    }
    match &array::<11>(source)? {
        b"XMP DataXMP" => {
            let Some(packet) = data(source, true)? else {
                carried.fail("GIF", "XMP", too_long());
                return Some(());
            };
            let end = packet.windows(TRAILER.len()).position(|end| end == TRAILER);
            xmp::read(&packet[..end.unwrap_or(packet.len())], carried);
            Some(())
        }
        _ => skip(source),
    }
}

fn skip(source: &mut dyn Source) -> Option<()> {
    loop {
        match array::<1>(source)? {
            [0] => return Some(()),
            [length] => pass(source, u64::from(length))?,
        }
    }
}

fn too_long() -> String {
    format!("it has more than {LONGEST_TEXT} bytes")
}

/// The parts of some data one behind the other, with or without their lengths; nothing of data that is longer than a text may be.
fn data(source: &mut dyn Source, with_lengths: bool) -> Option<Option<Vec<u8>>> {
    let mut data = Some(Vec::new());
    loop {
        let [length] = array::<1>(source)?;
        if length == 0 {
            return Some(data);
        }
        let fits = |data: &mut Vec<u8>| data.len() + 256 <= LONGEST_TEXT;
        data = data.take_if(fits);
        let Some(data) = &mut data else {
            pass(source, u64::from(length))?;
            continue;
        };
        if with_lengths {
            data.push(length);
        }
        let read = (&mut *source).take(u64::from(length)).read_to_end(data);
        if read.ok()? != usize::from(length) {
            return None;
        }
    }
}

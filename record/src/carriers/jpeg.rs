//! JPEG: EXIF, XMP and IPTC in application segments, and comments.
//!
//! The segments before the picture are walked (ITU-T T.81, B.1.1); none of it is decoded. What stands before a break is read.

use super::stream::{array, pass, vec};
use super::xmp::Extended;
use super::{comment, exif, iptc, xmp};
use crate::Source;
use crate::field::Carried;

const COMMENT: u8 = 0xfe;
const APP1: u8 = 0xe1;
const APP13: u8 = 0xed;
/// Begins the picture, and ends the file.
const SCAN: u8 = 0xda;
const END: u8 = 0xd9;

/// What application segments begin with (EXIF 3.0, 4.7.2; XMP 3, 1.1.3; Photoshop's file format).
const EXIF: &[u8] = b"Exif\0\0";
const EXTENDED: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

/// Most bytes of Photoshop's resources, which may go over many segments. Texts stand at their begin.
const RESOURCES: usize = 1 << 20;

/// Adds the texts of a JPEG.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let mut extended = Extended::default();
    let mut resources = Vec::new();
    segments(source, &mut |marker, data| match marker {
        COMMENT => comment("JPEG", data, carried),
        APP1 => {
            if data.starts_with(EXIF) {
                exif::read(data.to_vec(), carried);
            } else if let Some(packet) = data.strip_prefix(xmp::SEGMENT) {
                xmp::read(packet, carried);
            } else if let Some(part) = data.strip_prefix(EXTENDED) {
                extended.add(part);
            }
        }
        _ => {
            if let Some(part) = data.strip_prefix(PHOTOSHOP) {
                let left = RESOURCES - resources.len();
                resources.extend(&part[..part.len().min(left)]);
            }
        }
    });
    extended.read(carried);
    iptc::resources(&resources, carried);
}

/// Gives the segments that may hold texts.
fn segments(source: &mut dyn Source, each: &mut dyn FnMut(u8, &[u8])) -> Option<()> {
    array::<2>(source)?;
    loop {
        let [mut byte] = array::<1>(source)?;
        if byte != 0xff {
            continue;
        }
        while byte == 0xff {
            [byte] = array::<1>(source)?;
        }
        let length = match byte {
            SCAN | END => return None,
            // These have no data.
            0x00 | 0x01 | 0xd0..=0xd8 => continue,
            _ => usize::from(u16::from_be_bytes(array(source)?)).checked_sub(2)?,
        };
        match byte {
            COMMENT | APP1 | APP13 => each(byte, &vec(source, length as u64)?),
            _ => pass(source, length as u64)?,
        }
    }
}

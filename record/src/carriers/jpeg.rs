//! JPEG: EXIF, XMP and IPTC in application segments, and comments.
//!
//! The segments before the picture are walked (ITU-T T.81, B.1.1); none of it is decoded. What stands before a break is read.

use super::stream::{array, pass};
use super::xmp::Extended;
use super::{comment, exif, iptc, xmp};
use crate::Source;
use crate::field::Carried;
use std::io::Read as _;

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
    let broken = segments(source, &mut |marker, data| match marker {
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
    if let Err(Broken(marker, head)) = broken {
        let (place, name) = match marker {
            COMMENT => ("JPEG", "Comment"),
            APP1 if head.starts_with(b"Exif") => ("EXIF", "data"),
            APP1 if head.starts_with(b"http") => ("XMP", "packet"),
            APP1 => ("JPEG", "APP1"),
            _ => ("JPEG", "APP13"),
        };
        carried.fail(place, name, "the file breaks off in it");
    }
    extended.read(carried);
    iptc::resources(&resources, carried);
}

/// A segment in which the file breaks off: its marker, and what there is of it.
struct Broken(u8, Vec<u8>);

/// Gives the segments that may hold texts.
///
/// # Errors
/// The file breaks off in one of these.
fn segments(source: &mut dyn Source, each: &mut dyn FnMut(u8, &[u8])) -> Result<(), Broken> {
    while let Some((marker, length)) = next(source) {
        if !matches!(marker, COMMENT | APP1 | APP13) {
            if pass(source, length).is_none() {
                break;
            }
            continue;
        }
        let mut data = Vec::new();
        let read = (&mut *source).take(length).read_to_end(&mut data);
        match read {
            Ok(read) if read as u64 == length => each(marker, &data),
            _ => return Err(Broken(marker, data)),
        }
    }
    Ok(())
}

/// The marker and the length of the next segment before the picture.
fn next(source: &mut dyn Source) -> Option<(u8, u64)> {
    loop {
        let [mut byte] = array::<1>(source)?;
        if byte != 0xff {
            continue;
        }
        while byte == 0xff {
            [byte] = array::<1>(source)?;
        }
        match byte {
            SCAN | END => return None,
            // These have no data, and the first of them begins the file.
            0x00 | 0x01 | 0xd0..=0xd8 => {}
            _ => {
                let length = u16::from_be_bytes(array(source)?).checked_sub(2)?;
                return Some((byte, u64::from(length)));
            }
        }
    }
}

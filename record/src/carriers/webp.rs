//! WebP, still or animated: EXIF and XMP in chunks of their own, and text hidden in the pixels.

use super::hidden::{self, MOST_PIXELS};
use super::stream::{array, pass, vec};
use super::{LONGEST_TEXT, exif, xmp};
use crate::Source;
use crate::field::Carried;

/// Adds the texts of a WebP: chunks of a name, a length and data, padded to even lengths (RFC 9649, 2.3).
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let picture = chunks(source, carried);
    if picture.is_lossless && picture.pixels <= MOST_PIXELS {
        hidden::in_webp(source, carried);
    }
}

/// What the chunks say of the picture.
#[derive(Default)]
struct Picture {
    /// Whether its pixels, or their alpha, are kept without loss.
    is_lossless: bool,
    /// The pixels that the lossy part of it says to have. The decoder takes memory for these, whatever the file says elsewhere.
    pixels: u64,
}

/// Adds the texts of chunks.
fn chunks(source: &mut dyn Source, carried: &mut Carried) -> Picture {
    let mut picture = Picture::default();
    if array::<12>(source).is_none() {
        return picture;
    }
    while let Some([a, b, c, d, length @ ..]) = array::<8>(source) {
        let length = u32::from_le_bytes(length);
        let padded = u64::from(length) + u64::from(length % 2);
        let read = match &[a, b, c, d] {
            b"EXIF" => exif_chunk,
            b"XMP " => xmp_chunk,
            name => {
                picture.is_lossless |= [b"VP8L", b"ALPH"].contains(&name);
                let mut padded = padded;
                if name == b"VP8 " && length >= 10 {
                    padded -= 10;
                    picture.pixels += array::<10>(source).map_or(0, pixels);
                }
                if pass(source, padded).is_none() {
                    break;
                }
                continue;
            }
        };
        if length as usize > LONGEST_TEXT {
            let name = String::from_utf8_lossy(&[a, b, c, d]).trim().to_owned();
            carried.fail(
                "WebP",
                &name,
                format!("it has more than {LONGEST_TEXT} bytes"),
            );
            if pass(source, padded).is_none() {
                break;
            }
            continue;
        }
        let Some(data) = vec(source, length.into()) else {
            break;
        };
        read(data, carried);
        if length % 2 == 1 && pass(source, 1).is_none() {
            break;
        }
    }
    picture
}

/// The pixels of a lossy picture by its head (RFC 6386, 9.1).
fn pixels(head: [u8; 10]) -> u64 {
    let [.., a, b, c, d] = head;
    let side = |low, high| u64::from(u16::from_le_bytes([low, high]) & 0x3fff);
    side(a, b) * side(c, d)
}

fn exif_chunk(data: Vec<u8>, carried: &mut Carried) {
    exif::read(data, carried);
}

fn xmp_chunk(data: Vec<u8>, carried: &mut Carried) {
    xmp::read(&data, carried);
}

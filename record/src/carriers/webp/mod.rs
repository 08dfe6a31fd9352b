//! WebP, still or animated: EXIF and XMP in chunks of their own, and text hidden in the pixels.

pub(crate) mod frame;

use super::hidden::{self, MOST_PIXELS, codes};
use super::stream::{array, pass, vec};
use super::{LONGEST_TEXT, exif, xmp};
use crate::Source;
use crate::field::Carried;
use std::io::{BufRead, Cursor, Read as _, SeekFrom};

/// Adds the texts of a WebP: chunks of a name, a length and data, padded to even lengths (RFC 9649, 2.3).
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let picture = chunks(source, carried);
    if picture.is_lossless {
        if picture.is_small() {
            hidden::in_webp(source, carried);
        }
        return;
    }
    // Programs read the first frame of an animation as they do a still picture.
    let first = picture
        .frame
        .filter(|(_, length)| *length <= frame::LONGEST);
    let first = first.and_then(|(start, length)| {
        source.seek(SeekFrom::Start(start)).ok()?;
        frame::still(&vec(source, length)?)
    });
    if let Some(still) = first {
        let mut still = Cursor::new(still);
        if is_small(&mut still) {
            hidden::in_webp(&mut still, carried);
        }
    }
}

/// Whether some of a still picture, or its alpha, is kept without loss.
pub(crate) fn is_lossless(source: &mut dyn Source) -> bool {
    source.rewind().is_ok() && chunks(source, &mut Carried::default()).is_lossless
}

/// Whether a still picture can be looked through in little memory.
pub(crate) fn is_small(source: &mut dyn Source) -> bool {
    source.rewind().is_ok() && chunks(source, &mut Carried::default()).is_small()
}

/// Whether some of a still picture is kept without loss, and is too large to be looked through for a text or cannot be decoded.
pub(crate) fn is_unseen(source: &mut dyn Source) -> bool {
    if source.rewind().is_err() {
        return true;
    }
    let picture = chunks(source, &mut Carried::default());
    picture.is_lossless && !(picture.is_small() && hidden::pixels_of_webp(source).is_some())
}

/// What the chunks say of the picture.
#[derive(Default)]
struct Picture {
    /// Whether its pixels, or their alpha, are kept without loss.
    is_lossless: bool,
    /// The pixels that the lossy part of it says to have. The decoder takes memory for these, whatever the file says elsewhere.
    pixels: u64,
    /// The size of the whole, where it is told before the parts.
    size: Option<(usize, usize)>,
    /// Whether the codes of its pixels, or of their alpha, take much memory or break off.
    has_many_codes: bool,
    /// Where its first frame begins, and the length of that.
    frame: Option<(u64, u64)>,
}

impl Picture {
    /// Whether it can be looked through in little memory.
    fn is_small(&self) -> bool {
        !self.has_many_codes && self.pixels <= MOST_PIXELS
    }

    /// Looks into a part of the picture.
    fn look(&mut self, source: &mut dyn Source, name: &[u8; 4], length: u64) -> Option<()> {
        let mut part = (&mut *source).take(length);
        match name {
            b"VP8X" => {
                let [_, _, _, _, a, b, c, d, e, f] = array(&mut part)?;
                let side = |bytes| u32::from_le_bytes(bytes) as usize + 1;
                self.size = Some((side([a, b, c, 0]), side([d, e, f, 0])));
            }
            b"VP8 " => self.pixels += array(&mut part).map_or(0, pixels),
            b"VP8L" => {
                self.is_lossless = true;
                let size = array(&mut part).and_then(codes::size);
                self.has_many_codes |= !size.is_some_and(|size| few(size, &mut part));
            }
            b"ALPH" => {
                self.is_lossless = true;
                // One that is not compressed has no codes (RFC 9649, 2.7.1.2).
                let [flags] = array(&mut part)?;
                let size = self.size.filter(|_| flags & 3 == 1);
                self.has_many_codes |= size.is_some_and(|size| !few(size, &mut part));
            }
            _ => {}
        }
        Some(())
    }
}

/// Whether a part of this size is small, and so are its codes.
fn few((width, height): (usize, usize), part: &mut dyn BufRead) -> bool {
    (width * height) as u64 <= MOST_PIXELS && codes::are_few(part, width, height)
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
                let Ok(start) = source.stream_position() else {
                    break;
                };
                let length = u64::from(length);
                if name == b"ANMF" {
                    picture.frame = picture.frame.or(Some((start, length)));
                }
                picture.look(source, name, length);
                if source.seek(SeekFrom::Start(start + padded)).is_err() {
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

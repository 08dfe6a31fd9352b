//! Text hidden in the lowest bits of pixels, as the extension `sd-webui-stealth-pnginfo` writes it, and NovelAI.
//!
//! The bits go down the columns, from the left. They are a signature, the length of the text in bits, and the text, by itself or
//! compressed by gzip. They stand in the alpha channel, a bit a pixel, or in the colours, three a pixel.

mod bits;
pub(super) mod codes;
mod cover;
mod png;
mod webp;

pub(crate) use cover::Cover;
pub(super) use png::read as in_png;
pub(crate) use png::{
    Header, covers as covers_in_png, hides_otherwise as hides_otherwise_in_png, open as rows_of_png,
};
pub(super) use webp::read as in_webp;
pub(crate) use webp::{MOST_PIXELS, covers as covers_in_webp, decoded as pixels_of_webp};

use super::LONGEST_TEXT;
use crate::field::Carried;
use bits::Bits;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// What such a text begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Signature {
    text: &'static [u8; LENGTH],
    channel: Channel,
    is_packed: bool,
}

/// Where the bits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Channel {
    Alpha,
    Colours,
}

/// Bytes of a signature.
const LENGTH: usize = 15;

const SIGNATURES: [Signature; 4] = [
    Signature::new(b"stealth_pnginfo", Channel::Alpha, false),
    Signature::new(b"stealth_pngcomp", Channel::Alpha, true),
    Signature::new(b"stealth_rgbinfo", Channel::Colours, false),
    Signature::new(b"stealth_rgbcomp", Channel::Colours, true),
];

/// Most bits that are kept: a text as long as may be, and what stands before it.
const MOST_BITS: usize = 8 * (LENGTH + 4 + LONGEST_TEXT);

impl Signature {
    const fn new(text: &'static [u8; LENGTH], channel: Channel, is_packed: bool) -> Self {
        Self {
            text,
            channel,
            is_packed,
        }
    }

    /// Whether some of it stands in a pixel by its number.
    fn is_at(&self, pixel: usize) -> bool {
        pixel * self.channel.bits() < 8 * LENGTH
    }

    /// Whether a pixel by its number has its bits.
    fn fits(&self, number: usize, pixel: &[u8]) -> bool {
        let bits = self.channel.bits();
        self.channel.of(pixel).is_some_and(|found| {
            (number * bits..).zip(&found[..bits]).all(|(at, bit)| {
                let expected = self.text.get(at / 8);
                expected.is_none_or(|byte| byte >> (7 - at % 8) & 1 == *bit)
            })
        })
    }
}

impl Channel {
    /// Bits of a pixel.
    const fn bits(self) -> usize {
        match self {
            Self::Alpha => 1,
            Self::Colours => 3,
        }
    }

    /// The lowest bits of a pixel. Of one without such a channel there are none.
    fn of(self, pixel: &[u8]) -> Option<[u8; 3]> {
        match (self, pixel) {
            (Self::Alpha, [.., alpha]) if pixel.len().is_multiple_of(2) => Some([alpha & 1, 0, 0]),
            (Self::Colours, [red, green, blue, ..]) => Some([red & 1, green & 1, blue & 1]),
            _ => None,
        }
    }
}

/// The signatures that a picture may still have, as its rows come from above.
struct Candidates {
    height: usize,
    left: Vec<Signature>,
}

impl Candidates {
    fn new(height: usize) -> Self {
        Self {
            height,
            left: SIGNATURES.to_vec(),
        }
    }

    /// Leaves out those that a row rules out.
    fn narrow(&mut self, row: usize, pixels: &[u8], size: usize) {
        let height = self.height;
        self.left.retain(|signature| {
            let columns = (0..).take_while(|column| signature.is_at(column * height + row));
            columns.into_iter().all(|column| {
                let pixel = pixels.get(column * size..(column + 1) * size);
                pixel.is_some_and(|pixel| signature.fits(column * height + row, pixel))
            })
        });
    }

    /// Leaves out those that the first pixel of a row rules out.
    fn begin(&mut self, row: usize, pixel: &[u8]) {
        self.left.retain(|signature| signature.fits(row, pixel));
    }

    /// Rows that are needed to tell.
    fn rows(&self) -> usize {
        self.height.min(8 * LENGTH)
    }
}

/// Adds the text behind a signature. Dialects find it as `parameters`.
fn add(signature: Signature, place: &'static str, bits: &Bits, carried: &mut Carried) {
    match text(signature, bits) {
        Ok(text) => carried.push(place, "parameters", text),
        Err(reason) => carried.fail(place, "parameters", reason),
    }
}

fn text(signature: Signature, bits: &Bits) -> Result<String, String> {
    let length = u32::from_be_bytes(std::array::from_fn(|at| bits.byte(LENGTH + at)));
    let length = length as usize / 8;
    if length > LONGEST_TEXT {
        return Err(format!("it has more than {LONGEST_TEXT} bytes"));
    }
    let start = LENGTH + 4;
    if start + length > bits.bytes() {
        return Err("it is longer than the picture".to_owned());
    }
    let bytes = (start..start + length).map(|at| bits.byte(at)).collect();
    let bytes = match signature.is_packed {
        true => unpacked(bytes)?,
        false => bytes,
    };
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

/// The content of a gzip file (RFC 1952, 2.3).
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let parts = deflated(&bytes).ok_or("it is not the gzip that it says to be")?;
    let text = decompress_to_vec_with_limit(parts.0, LONGEST_TEXT).map_err(|error| {
        format!("it cannot be unpacked to at most {LONGEST_TEXT} bytes: {error}")
    })?;
    match crc32fast::hash(&text) == parts.1 {
        true => Ok(text),
        false => Err("its checksum is wrong".to_owned()),
    }
}

/// What is compressed, and the checksum of what it was.
fn deflated(bytes: &[u8]) -> Option<(&[u8], u32)> {
    let ([0x1f, 0x8b, 8, flags, ..], mut rest) = bytes.split_first_chunk::<10>()? else {
        return None;
    };
    if flags & 4 != 0 {
        let (length, left) = rest.split_first_chunk::<2>()?;
        rest = left.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    // The name of the file, and a comment.
    for flag in [8, 16] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & 2 != 0 {
        rest = rest.get(2..)?;
    }
    let (rest, _length) = rest.split_last_chunk::<4>()?;
    let (rest, checksum) = rest.split_last_chunk::<4>()?;
    Some((rest, u32::from_le_bytes(*checksum)))
}

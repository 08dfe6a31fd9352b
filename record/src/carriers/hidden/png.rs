//! The pixels of a PNG, of which rows are decoded one at a time, and no more than are needed.
//!
//! A folder has thousands of pictures that hide nothing. The first pixels of two rows rule nearly all of them out, which takes a
//! tenth of the time that setting up a decoder does.

use super::bits::Bits;
use super::{Candidates, Channel, Cover, Signature, add};
use crate::Source;
use crate::field::Carried;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};
use png::{Decoder, Limits, Reader, Transformations};

/// Most bytes that the decoder takes, such as for its rows.
const MOST: usize = 16 << 20;
/// Most bytes of a picture that is unpacked as a whole.
const WHOLE: usize = 48 << 20;
/// Most bytes of a row of a picture that is ruled out by its first pixels.
const ROW: usize = 1 << 18;
/// Rows whose first pixels are looked at.
const ROWS: usize = 2;

/// What the header of a PNG says (PNG, 11.2.2).
#[derive(Clone, Copy)]
pub(crate) struct Header {
    height: usize,
    /// Bytes of a row, with the one that names its filter.
    row: usize,
    /// Bytes of a pixel.
    pixel: usize,
}

impl Header {
    /// The header of a picture that may hide a text: of colours with or without alpha, a byte each, in rows that come one behind
    /// the other.
    pub(crate) fn read(data: [u8; 13]) -> Option<Self> {
        let [a, b, c, d, e, f, g, h, depth, colour, _, _, interlaced] = data;
        let pixel = match (depth, colour, interlaced) {
            (8, 2, 0) => 3,
            (8, 6, 0) => 4,
            _ => return None,
        };
        let width = u32::from_be_bytes([a, b, c, d]) as usize;
        Some(Self {
            height: u32::from_be_bytes([e, f, g, h]) as usize,
            row: width.checked_mul(pixel)?.checked_add(1)?,
            pixel,
        })
    }

    /// How much of the picture's data is needed to rule it out.
    pub(in super::super) fn needed(&self) -> usize {
        ROWS * self.row.min(ROW) + 1_024
    }

    /// Whether a picture whose data begins so may hide a text.
    pub(in super::super) fn may_hide(&self, data: &[u8]) -> bool {
        if self.row > ROW {
            return true;
        }
        let flags = inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER
            | inflate_flags::TINFL_FLAG_HAS_MORE_INPUT
            | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let mut inflating = Box::<DecompressorOxide>::default();
        let mut candidates = Candidates::new(self.height);
        let mut rows = Vec::new();
        let mut above = vec![0; self.pixel];
        let (mut taken, mut given) = (0, 0);
        for at in 0..ROWS.min(self.height) {
            let start = at * self.row;
            // No more of a row is unpacked than its first pixel, with which most pictures are ruled out.
            rows.resize(start + 1 + self.pixel, 0);
            let left = &data[taken..];
            let (_, read, written) = decompress(&mut inflating, left, &mut rows, given, flags);
            (taken, given) = (taken + read, given + written);
            let row = rows.get(start..given).unwrap_or_default();
            let Some([filter, pixel @ ..]) = row.get(..=self.pixel) else {
                break;
            };
            // Nothing stands to the left (PNG, 9.2).
            for (above, byte) in above.iter_mut().zip(pixel) {
                *above = match filter {
                    2 | 4 => byte.wrapping_add(*above),
                    3 => byte.wrapping_add(*above / 2),
                    _ => *byte,
                };
            }
            candidates.begin(at, &above);
            if candidates.left.is_empty() {
                return false;
            }
        }
        true
    }
}

/// Adds the text hidden in a PNG.
pub(in super::super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let signature = open(source).and_then(signature);
    let Some(signature) = signature else {
        return;
    };
    let place = match signature.channel {
        Channel::Alpha => "PNG alpha",
        Channel::Colours => "PNG colours",
    };
    match open(source).and_then(|reader| bits(signature, reader)) {
        Some(bits) => add(signature, place, &bits, carried),
        None => carried.fail(place, "parameters", "the picture breaks off"),
    }
}

pub(crate) type Rows<'a> = Reader<&'a mut dyn Source>;

/// The rows of a PNG.
pub(crate) fn open(source: &mut dyn Source) -> Option<Rows<'_>> {
    decoder(source, Transformations::IDENTITY)
}

fn decoder(source: &mut dyn Source, transformations: Transformations) -> Option<Rows<'_>> {
    source.rewind().ok()?;
    let mut decoder = Decoder::new_with_limits(source, Limits { bytes: MOST });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.ignore_checksums(true);
    decoder.set_transformations(transformations);
    decoder.read_info().ok()
}

/// Whether a text is hidden in a picture of colours whose rows do not come one behind the other, or that have two bytes, of which
/// programs read the higher. [`None`] where it is too large to be looked through.
pub(crate) fn hides_otherwise(source: &mut dyn Source) -> Option<bool> {
    let Some(rows) = decoder(source, Transformations::STRIP_16) else {
        return Some(false);
    };
    if !rows.info().interlaced {
        return Some(!signatures(rows).is_empty());
    }
    hides_in_interlaced(rows)
}

fn hides_in_interlaced(mut rows: Rows<'_>) -> Option<bool> {
    let length = rows.output_buffer_size().filter(|size| *size <= WHOLE)?;
    let row = rows.output_line_size(rows.info().width)?;
    let size = size(&rows);
    let mut pixels = vec![0; length];
    // Of one that breaks off, what stands before the break.
    rows.next_frame(&mut pixels).ok();
    let mut candidates = Candidates::new(rows.info().height as usize);
    for (at, row) in pixels.chunks_exact(row).take(candidates.rows()).enumerate() {
        candidates.narrow(at, row, size);
    }
    Some(!candidates.left.is_empty())
}

/// Bytes of a pixel.
fn size(rows: &Rows<'_>) -> usize {
    rows.output_color_type().0.samples()
}

/// The bits that carry texts, which a picture can do in both channels; none of one that cannot be decoded so far as to tell.
/// [`None`] where a text begins in one that breaks off.
pub(crate) fn covers(source: &mut dyn Source) -> Option<Vec<Cover>> {
    let found = open(source).map_or_else(Vec::new, signatures);
    let cover = |signature| {
        let rows = open(source)?;
        let (width, height) = rows.info().size();
        let bits = bits(signature, rows)?;
        Some(Cover::new(
            signature,
            &bits,
            width as usize,
            height as usize,
        ))
    };
    found.into_iter().map(cover).collect()
}

fn signature(rows: Rows<'_>) -> Option<Signature> {
    signatures(rows).first().copied()
}

/// The signatures that stand in a picture.
fn signatures(mut rows: Rows<'_>) -> Vec<Signature> {
    let size = size(&rows);
    let mut candidates = Candidates::new(rows.info().height as usize);
    for at in 0..candidates.rows() {
        let Ok(Some(row)) = rows.next_row() else {
            return Vec::new();
        };
        candidates.narrow(at, row.data(), size);
        if candidates.left.is_empty() {
            break;
        }
    }
    candidates.left
}

fn bits(signature: Signature, mut rows: Rows<'_>) -> Option<Bits> {
    let size = size(&rows);
    let (width, height) = rows.info().size();
    let mut bits = Bits::new(signature.channel, width as usize, height as usize);
    for at in 0..height as usize {
        bits.take(at, rows.next_row().ok()??.data(), size);
    }
    Some(bits)
}

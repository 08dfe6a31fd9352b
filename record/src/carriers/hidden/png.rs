//! The pixels of a PNG, of which rows are decoded one at a time, and no more than are needed.

use super::bits::Bits;
use super::{Candidates, Channel, Signature, add};
use crate::Source;
use crate::field::Carried;
use png::{BitDepth, Decoder, Limits, Reader, Transformations};

/// Most bytes that the decoder takes, such as for its rows.
const MOST: usize = 16 << 20;

/// Adds the text hidden in a PNG. A picture whose rows do not come one behind the other has none.
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

type Rows<'a> = Reader<&'a mut dyn Source>;

fn open(source: &mut dyn Source) -> Option<Rows<'_>> {
    source.rewind().ok()?;
    let mut decoder = Decoder::new_with_limits(source, Limits { bytes: MOST });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.ignore_checksums(true);
    decoder.set_transformations(Transformations::EXPAND);
    let reader = decoder.read_info().ok()?;
    let (_, depth) = reader.output_color_type();
    let plain = depth == BitDepth::Eight && !reader.info().interlaced;
    plain.then_some(reader)
}

/// Bytes of a pixel.
fn size(rows: &Rows<'_>) -> usize {
    rows.output_color_type().0.samples()
}

fn signature(mut rows: Rows<'_>) -> Option<Signature> {
    let size = size(&rows);
    let mut candidates = Candidates::new(rows.info().height as usize);
    for at in 0..candidates.rows() {
        let row = rows.next_row().ok()??;
        candidates.narrow(at, row.data(), size);
        if candidates.left.is_empty() {
            return None;
        }
    }
    candidates.left.first().copied()
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

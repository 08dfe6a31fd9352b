//! The pixels of a WebP, which can only be decoded whole.

use super::bits::Bits;
use super::{Candidates, Channel, Cover, Signature, add};
use crate::Source;
use crate::field::Carried;
use image_webp::WebPDecoder;

/// Most pixels of a picture that is decoded, four bytes each and some more beside.
pub(crate) const MOST_PIXELS: u64 = 4 << 20;

/// Adds the text hidden in a WebP that keeps its pixels, or their alpha, without loss.
pub(in super::super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let Some((pixels, width, size)) = decoded(source) else {
        return;
    };
    let row = width * size;
    let Some(signature) = signatures(&pixels, row, size).first().copied() else {
        return;
    };
    let place = match signature.channel {
        Channel::Alpha => "WebP alpha",
        Channel::Colours => "WebP colours",
    };
    add(
        signature,
        place,
        &bits(signature, &pixels, width, size),
        carried,
    );
}

/// The signatures that stand in a picture.
fn signatures(pixels: &[u8], row: usize, size: usize) -> Vec<Signature> {
    let mut candidates = Candidates::new(pixels.len() / row);
    for at in 0..candidates.rows() {
        candidates.narrow(at, &pixels[at * row..][..row], size);
    }
    candidates.left
}

fn bits(signature: Signature, pixels: &[u8], width: usize, size: usize) -> Bits {
    let row = width * size;
    let mut bits = Bits::new(signature.channel, width, pixels.len() / row);
    for (at, pixels) in pixels.chunks_exact(row).enumerate() {
        bits.take(at, pixels, size);
    }
    bits
}

/// The bits that carry texts in such pixels.
pub(crate) fn covers(pixels: &[u8], width: usize, size: usize) -> Vec<Cover> {
    let row = width * size;
    let found = signatures(pixels, row, size).into_iter();
    let cover = |signature| {
        let bits = bits(signature, pixels, width, size);
        Cover::new(signature, &bits, width, pixels.len() / row)
    };
    found.map(cover).collect()
}

/// The pixels, how many stand in a row, and the bytes of each.
pub(crate) fn decoded(source: &mut dyn Source) -> Option<(Vec<u8>, usize, usize)> {
    source.rewind().ok()?;
    let mut decoder = WebPDecoder::new(source).ok()?;
    let (width, height) = decoder.dimensions();
    let few = u64::from(width) * u64::from(height) <= MOST_PIXELS;
    if !few || width == 0 || height == 0 || decoder.is_animated() {
        return None;
    }
    let mut pixels = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut pixels).ok()?;
    let size = if decoder.has_alpha() { 4 } else { 3 };
    Some((pixels, width as usize, size))
}

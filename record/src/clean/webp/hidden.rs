//! The pixels of a WebP without the text that their lowest bits carry.

use super::super::Uncleanable;
use super::super::walk::Walk;
use crate::carriers::hidden::{covers_in_webp, pixels_of_webp};
use image_webp::{ColorType, WebPEncoder};

/// The part that is packed again, by its name, and its data.
pub(super) struct Repacked(pub(super) Option<([u8; 4], Vec<u8>)>);

/// What stands in a file of lossless data before that data.
const BEFORE: usize = 20;
/// Bytes of such data that name it and tell its size, which alpha does not have (RFC 9649, 2.7.1.2).
const SIZE: usize = 5;
/// What begins alpha that is kept as lossless data, without a filter.
const PACKED: u8 = 1;

/// The part of the picture that carried a text, with these bits overwritten.
pub(super) fn without(walk: &mut Walk, hides: bool) -> Result<Repacked, Uncleanable> {
    let repacked = hides.then(|| repacked(walk));
    walk.source.rewind()?;
    Ok(Repacked(repacked.transpose()?))
}

fn repacked(walk: &mut Walk) -> Result<([u8; 4], Vec<u8>), Uncleanable> {
    let broken = || Uncleanable::Broken("its picture cannot be unpacked".to_owned());
    let (mut pixels, width, size) = pixels_of_webp(walk.source).ok_or_else(broken)?;
    let row = width * size;
    for cover in covers_in_webp(&pixels, width, size) {
        for (at, row) in pixels.chunks_exact_mut(row).enumerate() {
            cover.overwrite(at, row, size);
        }
    }
    let height = pixels.len() / row;
    if is_lossless(walk)? {
        let colours = match size {
            4 => ColorType::Rgba8,
            _ => ColorType::Rgb8,
        };
        let data = packed(&pixels, width, height, colours)?;
        return Ok((*b"VP8L", data));
    }
    let alpha: Vec<u8> = pixels
        .chunks_exact(size)
        .map(|pixel| pixel[size - 1])
        .collect();
    drop(pixels);
    let mut data = packed(&alpha, width, height, ColorType::L8)?;
    data.splice(..SIZE.min(data.len()), [PACKED]);
    Ok((*b"ALPH", data))
}

/// Whether all of the picture is kept without loss.
fn is_lossless(walk: &mut Walk) -> Result<bool, Uncleanable> {
    walk.source.rewind()?;
    let mut decoder = image_webp::WebPDecoder::new(&mut *walk.source)
        .map_err(|error| Uncleanable::Broken(error.to_string()))?;
    Ok(!decoder.is_lossy())
}

/// Pixels as lossless data.
fn packed(
    pixels: &[u8],
    width: usize,
    height: usize,
    colours: ColorType,
) -> Result<Vec<u8>, Uncleanable> {
    let mut file = Vec::new();
    let encoder = WebPEncoder::new(&mut file);
    let encoded = encoder.encode(pixels, width as u32, height as u32, colours);
    encoded.map_err(|error| Uncleanable::Broken(error.to_string()))?;
    let length = file
        .get(BEFORE - 4..BEFORE)
        .and_then(|length| length.first_chunk())
        .map_or(0, |length| u32::from_le_bytes(*length) as usize);
    file.drain(..BEFORE.min(file.len()));
    file.truncate(length);
    Ok(file)
}

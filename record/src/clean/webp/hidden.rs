//! The pixels of a WebP without the text that their lowest bits carry.

use super::super::Uncleanable;
use super::super::limited::Limited;
use super::super::walk::Walk;
use crate::Source;
use crate::carriers::hidden::{covers_in_webp, pixels_of_webp};
use crate::carriers::webp::{frame, is_lossless as is_kept_whole, is_small, is_unseen};
use image_webp::{ColorType, EncodingError, WebPEncoder};
use std::io::Cursor;

/// The part that is packed again, by its name, and its data.
pub(super) struct Repacked(pub(super) Option<([u8; 4], Vec<u8>)>);

/// Most bytes that the picture has when it is packed again.
const LONGEST: usize = 12 << 20;
/// What stands in a file of lossless data before that data.
const BEFORE: usize = 20;
/// Bytes of such data that name it and tell its size, which alpha does not have (RFC 9649, 2.7.1.2).
const SIZE: usize = 5;
/// What begins alpha that is kept as lossless data, without a filter.
const PACKED: u8 = 1;

/// Most pixels of all frames of an animation together that are looked through, which takes some seconds.
const MOST_PIXELS: u64 = 1 << 28;

const UNSEEN: &str = "the picture is kept without loss and cannot be looked through for a text in its lowest bits, since it is too large, \
                      packed in too many codes or broken: save it as PNG, and clean that";

/// The part of a still picture that carried a text, with these bits overwritten.
pub(super) fn without(walk: &mut Walk, hides: bool) -> Result<Repacked, Uncleanable> {
    if !hides && is_unseen(walk.source) {
        return Err(Uncleanable::Kind(UNSEEN));
    }
    // The text may also stand in the first frame of an animation.
    let repacked = match hides && is_kept_whole(walk.source) {
        true => repacked(walk.source)?,
        false => Repacked(None),
    };
    walk.source.rewind()?;
    Ok(repacked)
}

/// The same of a frame of an animation, which ends there, and behind whose head the walk is. `looked` is how many pixels of others were looked
/// through.
pub(super) fn without_in_frame(
    walk: &mut Walk,
    end: u64,
    looked: &mut u64,
) -> Result<Repacked, Uncleanable> {
    let start = walk.at;
    if end - start > frame::LONGEST || *looked > MOST_PIXELS {
        return Err(Uncleanable::Kind(UNSEEN));
    }
    let still = frame::still(&walk.vec(end - start)?);
    walk.to(start)?;
    let unseen = || Uncleanable::Kind(UNSEEN);
    let mut still = Cursor::new(still.ok_or_else(unseen)?);
    if !is_small(&mut still) {
        return Err(unseen());
    }
    let (pixels, width, size) = pixels_of_webp(&mut still).ok_or_else(unseen)?;
    *looked += (pixels.len() / size) as u64;
    let hides = !covers_in_webp(&pixels, width, size).is_empty();
    drop(pixels);
    match hides {
        true => repacked(&mut still),
        false => Ok(Repacked(None)),
    }
}

fn repacked(source: &mut dyn Source) -> Result<Repacked, Uncleanable> {
    let broken = || Uncleanable::Broken("its picture cannot be unpacked".to_owned());
    let (mut pixels, width, size) = pixels_of_webp(source).ok_or_else(broken)?;
    let row = width * size;
    for cover in covers_in_webp(&pixels, width, size) {
        for (at, row) in pixels.chunks_exact_mut(row).enumerate() {
            cover.overwrite(at, row, size);
        }
    }
    let height = pixels.len() / row;
    if is_lossless(source)? {
        let colours = match size {
            4 => ColorType::Rgba8,
            _ => ColorType::Rgb8,
        };
        let data = packed(&pixels, width, height, colours)?;
        return Ok(Repacked(Some((*b"VP8L", data))));
    }
    let alpha: Vec<u8> = pixels
        .chunks_exact(size)
        .map(|pixel| pixel[size - 1])
        .collect();
    drop(pixels);
    let mut data = packed(&alpha, width, height, ColorType::L8)?;
    data.splice(..SIZE.min(data.len()), [PACKED]);
    Ok(Repacked(Some((*b"ALPH", data))))
}

/// Whether all of the picture is kept without loss.
fn is_lossless(source: &mut dyn Source) -> Result<bool, Uncleanable> {
    source.rewind()?;
    let mut decoder = image_webp::WebPDecoder::new(source)
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
    let mut file = Limited::new(LONGEST);
    let encoder = WebPEncoder::new(&mut file);
    let encoded = encoder.encode(pixels, width as u32, height as u32, colours);
    encoded.map_err(|error| match error {
        EncodingError::IoError(error) => Uncleanable::Io(error),
        error => Uncleanable::Broken(error.to_string()),
    })?;
    let mut file = file.bytes;
    let length = file
        .get(BEFORE - 4..BEFORE)
        .and_then(|length| length.first_chunk())
        .map_or(0, |length| u32::from_le_bytes(*length) as usize);
    file.drain(..BEFORE.min(file.len()));
    file.truncate(length);
    Ok(file)
}

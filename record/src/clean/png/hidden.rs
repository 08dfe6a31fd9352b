//! The picture of a PNG without the text that its lowest bits carry.

use super::super::Uncleanable;
use super::super::limited::Limited;
use super::super::walk::Walk;
use crate::carriers::hidden::{Header, covers_in_png, hides_otherwise_in_png, rows_of_png};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use std::io::{SeekFrom, Write as _};

/// Most bytes that the picture has when it is packed again.
const LONGEST: usize = 20 << 20;
const HIDES: &str = "the picture hides a text in its lowest bits, which is not taken out of one that is interlaced or has 16 bits a colour: save \
                     it with 8 bits and not interlaced, and try again";
const TOO_LARGE: &str = "the picture is interlaced and too large to be looked through for a text in its lowest bits: save it not interlaced, and \
                         try again";
/// What stands before the data of the picture in a file that has nothing else, and behind it.
const BEFORE: usize = 8 + 25;
const BEHIND: usize = 12;

/// The data of the picture as chunks, with the lowest bits overwritten that carried a text; nothing where they carry none.
pub(super) fn without(walk: &mut Walk, header: [u8; 13]) -> Result<Option<Vec<u8>>, Uncleanable> {
    if Header::read(header).is_none() {
        return Ok(None);
    }
    let at = walk.at;
    let packed = packed(walk);
    // The decoder read ahead.
    walk.source.seek(SeekFrom::Start(at))?;
    packed
}

/// Refuses a picture that hides a text, and is not packed again here: interlaced, or of two bytes a colour.
pub(super) fn refuse_others(walk: &mut Walk, header: [u8; 13]) -> Result<(), Uncleanable> {
    let [_, _, _, _, _, _, _, _, depth, colour, _, _, interlaced] = header;
    let is_other = matches!(
        (depth, colour, interlaced),
        (8, 2 | 6, 1) | (16, 2 | 6, 0 | 1)
    );
    if !is_other {
        return Ok(());
    }
    let at = walk.at;
    let hides = hides_otherwise_in_png(walk.source);
    walk.source.seek(SeekFrom::Start(at))?;
    match hides {
        Some(false) => Ok(()),
        Some(true) => Err(Uncleanable::Kind(HIDES)),
        None => Err(Uncleanable::Kind(TOO_LARGE)),
    }
}

fn packed(walk: &mut Walk) -> Result<Option<Vec<u8>>, Uncleanable> {
    let breaks_off = || Uncleanable::Broken("its picture cannot be unpacked".to_owned());
    let covers = match covers_in_png(walk.source) {
        Some(covers) if covers.is_empty() => return Ok(None),
        Some(covers) => covers,
        None => return Err(breaks_off()),
    };
    let mut rows = rows_of_png(walk.source).ok_or_else(breaks_off)?;
    let (width, height) = rows.info().size();
    let colours = rows.info().color_type;
    let size = colours.samples();
    let mut file = Limited::new(LONGEST);
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(match colours {
        ColorType::Rgba => ColorType::Rgba,
        _ => ColorType::Rgb,
    });
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::Adaptive);
    let mut writer = encoder.write_header().map_err(unwritten)?;
    let mut stream = writer.stream_writer().map_err(unwritten)?;
    let mut pixels = Vec::new();
    for at in 0..height as usize {
        let row = rows.next_row().ok().flatten().ok_or_else(breaks_off)?;
        pixels.clear();
        pixels.extend(row.data());
        for cover in &covers {
            cover.overwrite(at, &mut pixels, size);
        }
        stream.write_all(&pixels)?;
    }
    stream.finish().map_err(unwritten)?;
    writer.finish().map_err(unwritten)?;
    let mut file = file.bytes;
    file.truncate(file.len() - BEHIND);
    file.drain(..BEFORE);
    Ok(Some(file))
}

fn unwritten(error: png::EncodingError) -> Uncleanable {
    Uncleanable::Io(error.into())
}

//! The picture of a PNG without the text that its lowest bits carry.

use super::super::Uncleanable;
use super::super::walk::Walk;
use crate::carriers::hidden::{Header, covers_in_png, rows_of_png};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use std::io::{self, Write};

/// Most bytes that the picture has when it is packed again.
const LONGEST: usize = 20 << 20;
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
    walk.source.seek(io::SeekFrom::Start(at))?;
    packed
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
    let mut file = Limited(Vec::new());
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
    let mut file = file.0;
    file.truncate(file.len() - BEHIND);
    file.drain(..BEFORE);
    Ok(Some(file))
}

fn unwritten(error: png::EncodingError) -> Uncleanable {
    Uncleanable::Io(error.into())
}

/// A file in memory that does not grow without end.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(io::Error::other(format!(
                "the picture hides a text, and has more than {LONGEST} bytes without it: make it smaller"
            )));
        }
        self.0.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

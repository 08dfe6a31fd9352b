//! WAV and AVI: texts in `LIST INFO`, an ID3 tag, and XMP.

use super::stream::{array, pass, too_long, vec};
use super::{as_written, id3, xmp};
use crate::Source;
use crate::field::Carried;
use std::io::SeekFrom;

/// What the texts in a list are called (Multimedia Programming Interface 1.0, INFO list chunk).
const NAMES: [(&[u8; 4], &str); 10] = [
    (b"IART", "artist"),
    (b"ICMT", "comment"),
    (b"ICOP", "copyright"),
    (b"ICRD", "date"),
    (b"IGNR", "genre"),
    (b"IKEY", "keywords"),
    (b"INAM", "title"),
    (b"IPRD", "album"),
    (b"ISBJ", "subject"),
    (b"ISFT", "encoder"),
];

/// Adds the texts of a file. Samples are passed over unread.
pub(super) fn read(source: &mut dyn Source, place: &'static str, carried: &mut Carried) {
    // Past `RIFF`, a length that long files have wrong, and the form.
    if source.seek(SeekFrom::Start(12)).is_ok() {
        let _ = chunks(source, place, carried);
    }
}

fn chunks(source: &mut dyn Source, place: &'static str, carried: &mut Carried) -> Option<()> {
    loop {
        let (name, end) = next(source)?;
        match &name {
            b"LIST" if array(source) == Some(*b"INFO") => {
                let _ = info(source, end, place, carried);
            }
            // XMP, by the same letters from the last to the first (XMP 3, Storage in Files).
            b"_PMX" => {
                let length = end.checked_sub(source.stream_position().ok()?)?;
                let _ = xmp::read_from(source, length, carried);
            }
            b"id3 " | b"ID3 " => id3::read(source, end, carried),
            _ => {}
        }
        to(source, end)?;
    }
}

/// A chunk: its name, and where it ends. Chunks begin at even places.
fn next(source: &mut dyn Source) -> Option<([u8; 4], u64)> {
    let [a, b, c, d, length @ ..] = array::<8>(source)?;
    let length = u64::from(u32::from_le_bytes(length));
    let at = source.stream_position().ok()?;
    Some(([a, b, c, d], at + length + length % 2))
}

/// Goes to the end of a chunk, wherever the source stands.
fn to(source: &mut dyn Source, end: u64) -> Option<()> {
    match end.checked_sub(source.stream_position().ok()?) {
        Some(left) => pass(source, left),
        None => source.seek(SeekFrom::Start(end)).ok().map(drop),
    }
}

fn info(
    source: &mut dyn Source,
    end: u64,
    place: &'static str,
    carried: &mut Carried,
) -> Option<()> {
    while source.stream_position().ok()? + 8 <= end {
        let (name, ends) = next(source)?;
        let ends = ends.min(end);
        let length = ends.checked_sub(source.stream_position().ok()?)?;
        let known = NAMES.iter().find(|(known, _)| **known == name);
        let name = known.map_or_else(|| as_written(&name), |(_, name)| (*name).to_owned());
        match too_long(length) {
            Some(reason) => carried.fail(place, &name, reason),
            None => carried.push(place, name, as_written(&vec(source, length)?)),
        }
        to(source, ends)?;
    }
    Some(())
}

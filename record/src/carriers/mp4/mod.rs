//! MP4, MOV and M4A: the texts of their boxes `udta`, `meta`, `ilst` and `keys`, and XMP.
//!
//! There are three kinds of lists (ffmpeg, `movenc.c`): iTunes has `ilst` with items by four letters, Apple's `mdta` has items by
//! their number in `keys`, which is what ComfyUI asks for (`movflags use_metadata_tags`), and QuickTime has texts in `udta` itself,
//! where phones have others (3GPP TS 26.244, 8).
//! Samples are passed over unread, but of tracks of texts, and their descriptions read for comments of codecs.

mod items;
mod tracks;

use super::codec;
use super::stream::{array, pass, vec};
use super::xmp;
use crate::Source;
use crate::disclosures::{DATE, LOCATION};
use crate::field::Carried;
use std::io::SeekFrom;
pub(crate) use tracks::is_of_media;

const PLACE: &str = "MP4";

/// What the `uuid` of MP4 begins with that holds XMP; in MOV it stands in `udta` as `XMP_` (XMP 3, Storage in Files).
const XMP: [u8; 16] = [
    0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac,
];

/// How deep boxes are looked into: `moov`, `trak`, `udta`, `meta`, `ilst`, and the item, or `mdia`, `minf` and `stbl`.
const DEEPEST: usize = 8;
/// Most bytes of `keys`; real ones have some hundred.
const LONGEST_KEYS: u64 = 1 << 20;

/// A box (ISO/IEC 14496-12, 4.2): its name, and where what it holds begins and ends.
#[derive(Clone, Copy)]
struct Part {
    name: [u8; 4],
    start: u64,
    end: u64,
}

/// What was met so far.
#[derive(Default)]
struct Seen {
    /// The keys that were read last.
    keys: Vec<String>,
    /// How many tracks, and how many of these are texts.
    tracks: usize,
    texts: usize,
}

/// Adds the texts of a file in the order in which they stand.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    if source.seek(SeekFrom::Start(0)).is_ok() {
        walk(source, u64::MAX, DEEPEST, &mut Seen::default(), carried);
    }
}

/// Reads the boxes up to `end`.
fn walk(
    source: &mut dyn Source,
    end: u64,
    left: usize,
    seen: &mut Seen,
    carried: &mut Carried,
) -> Option<()> {
    let left = left.checked_sub(1)?;
    while let Some(part) = next(source, end) {
        match &part.name {
            b"moov" | b"trak" | b"udta" | b"mdia" | b"minf" | b"stbl" => {
                seen.tracks += usize::from(&part.name == b"trak");
                if &part.name == b"mdia" {
                    tracks::read(source, &part, seen.tracks, &mut seen.texts, carried)?;
                }
                let _ = walk(source, part.end, left, seen, carried);
            }
            b"meta" => {
                let _ = meta(source, &part);
                let _ = walk(source, part.end, left, seen, carried);
            }
            // An old camera in a car says here where among the media its places stand (ExifTool, QuickTime GPS).
            b"gps " => carried.sample(LOCATION, PLACE, "gps"),
            b"mvhd" => {
                let _ = made(source, carried);
            }
            b"stsd" if part.end - part.start > codec::LONGEST => {
                carried.fail(
                    PLACE,
                    "stsd",
                    format!("it has more than {} bytes", codec::LONGEST),
                );
            }
            b"stsd" => {
                let descriptions = vec(source, part.end - part.start);
                codec::read(&descriptions.unwrap_or_default(), carried);
            }
            b"loci" => carried.value(LOCATION, PLACE, "loci"),
            b"keys" => seen.keys = read_keys(source, &part).unwrap_or_default(),
            b"ilst" => {
                while let Some(item) = next(source, part.end) {
                    let _ = items::read(source, &item, &seen.keys, carried);
                    to(source, item.end)?;
                }
            }
            b"uuid" if array(source) == Some(XMP) => {
                let _ = xmp::read_from(source, part.end.saturating_sub(part.start + 16), carried);
            }
            b"XMP_" => {
                let _ = xmp::read_from(source, part.end - part.start, carried);
            }
            name if items::is_of_phones(name) => {
                let _ = items::read_of_phones(source, &part, carried);
            }
            [0xa9, ..] => {
                let _ = items::read_quicktime(source, &part, carried);
            }
            _ => {}
        }
        to(source, part.end)?;
    }
    Some(())
}

/// The next box that begins before `end`. A length of one means that eight bytes of length follow, none that it goes to the end.
fn next(source: &mut dyn Source, end: u64) -> Option<Part> {
    let at = source.stream_position().ok()?;
    if at.checked_add(8)? > end {
        return None;
    }
    let [a, b, c, d, name @ ..] = array::<8>(source)?;
    let (length, head) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (end - at, 8),
        1 => (u64::from_be_bytes(array(source)?), 16),
        length => (u64::from(length), 8),
    };
    if length < head {
        return None;
    }
    let (start, ends) = (at + head, at.saturating_add(length).min(end));
    (start <= ends).then_some(Part {
        name,
        start,
        end: ends,
    })
}

/// Goes to the end of a box, wherever in it the source stands. At the end of all there is nothing more.
fn to(source: &mut dyn Source, end: u64) -> Option<()> {
    let at = source.stream_position().ok()?;
    if end == u64::MAX {
        return None;
    }
    match end.checked_sub(at) {
        Some(left) => pass(source, left),
        None => source.seek(SeekFrom::Start(end)).ok().map(drop),
    }
}

/// Tells whether it says when the film was made: a version and flags, then seconds, nought where nobody says (ISO/IEC 14496-12, 8.2.2).
fn made(source: &mut dyn Source, carried: &mut Carried) -> Option<()> {
    let seconds = match array::<4>(source)? {
        [1, ..] => u64::from_be_bytes(array(source)?),
        _ => u64::from(u32::from_be_bytes(array(source)?)),
    };
    if seconds > 0 {
        carried.value(DATE, PLACE, "creation_time");
    }
    Some(())
}

/// Passes over the version of a `meta`, which QuickTime leaves out.
fn meta(source: &mut dyn Source, part: &Part) -> Option<()> {
    let [_, _, _, _, name @ ..] = array::<8>(source)?;
    let version = match &name {
        b"hdlr" => 0,
        _ => 4,
    };
    source
        .seek(SeekFrom::Start(part.start + version))
        .ok()
        .map(drop)
}

/// The names in `keys`: version, count, and for each its length with this head, its namespace, itself (QuickTime, Metadata Item
/// Keys Atom).
fn read_keys(source: &mut dyn Source, part: &Part) -> Option<Vec<String>> {
    let length = part.end.checked_sub(part.start)?;
    if length > LONGEST_KEYS {
        return None;
    }
    let data = vec(source, length)?;
    let mut rest = data.get(8..)?;
    let mut keys = Vec::new();
    while let Some((head, _)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*head) as usize;
        let key = rest.get(8..length)?;
        keys.push(String::from_utf8_lossy(key).into_owned());
        rest = &rest[length..];
    }
    Some(keys)
}

//! What the head of a codec says that stands in the description of a track: Vorbis comments of Vorbis, Theora and FLAC
//! (Matroska, Codec Specifications; FLAC in ISOBMFF, 3.3.2), heads of subtitles, and messages of HEVC.

pub(crate) mod hevc;
pub(crate) mod lines;

use super::vorbis;
use crate::field::Carried;
use std::ops::Range;

/// Most bytes of a description that is looked through. FLAC has pictures there.
pub(crate) const LONGEST: u64 = 4 << 20;
/// What comments begin with that end in a bit that is set, and others.
const VORBIS: &[u8] = b"\x03vorbis";
const THEORA: &[u8] = b"\x81theora";
/// What blocks of FLAC stand behind: in Matroska what begins a FLAC, in MP4 a box with its version and flags.
const FLAC: &[u8] = b"fLaC";
const FLAC_BOX: &[u8] = b"dfLa\0\0\0\0";
/// FLAC's block with comments, and the bit that says that no block follows (RFC 9639, 8.1).
const COMMENTS: u8 = 4;
const LAST: u8 = 0x80;

/// Comments of Vorbis or Theora, and where they stand.
pub(crate) struct Comments {
    pub(crate) place: &'static str,
    pub(crate) start: usize,
}

/// The first comments of each of these in a description.
pub(crate) fn comments(description: &[u8]) -> impl Iterator<Item = Comments> {
    let marks = [(VORBIS, "Vorbis"), (THEORA, "Theora")].into_iter();
    marks.filter_map(|(mark, place)| {
        let at = memchr::memmem::find(description, mark)?;
        Some(Comments {
            place,
            start: at + mark.len(),
        })
    })
}

/// Where the comments end that begin these bytes. [`None`] where they break off.
pub(crate) fn end(bytes: &[u8]) -> Option<usize> {
    let number = |at: usize| {
        let bytes = bytes.get(at..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes) as usize)
    };
    let mut at = number(0)?.checked_add(4)?;
    let count = number(at)?;
    at += 4;
    for _ in 0..count {
        at = at.checked_add(number(at)?)?.checked_add(4)?;
    }
    (at <= bytes.len()).then_some(at)
}

/// A block of FLAC: whether it is the last, its kind, and where its data stands.
pub(crate) struct Block {
    pub(crate) is_last: bool,
    pub(crate) kind: u8,
    pub(crate) data: Range<usize>,
}

/// The blocks of FLAC in a description. One that is longer than that is left out, and so is what follows on it.
pub(crate) fn blocks(description: &[u8]) -> impl Iterator<Item = Block> {
    let in_box = memchr::memmem::find(description, FLAC_BOX).map(|at| at + FLAC_BOX.len());
    let in_matroska = description.starts_with(FLAC).then_some(FLAC.len());
    let mut next = in_matroska.or(in_box);
    std::iter::from_fn(move || {
        let start = next.take()?;
        let [kind, a, b, c] = *description.get(start..)?.first_chunk()?;
        let data = start + 4..start + 4 + u32::from_be_bytes([0, a, b, c]) as usize;
        let is_last = kind & LAST != 0;
        next = (!is_last).then_some(data.end);
        (data.end <= description.len()).then_some(Block {
            is_last,
            kind: kind & !LAST,
            data,
        })
    })
}

/// The head of WebVTT, which in MP4 is a box (ISO/IEC 14496-30, 7.5).
const WEBVTT: &[u8] = b"vttC";

/// The lines in a description that say something.
pub(crate) fn told(description: &[u8]) -> Vec<lines::Told<'_>> {
    let in_box = memchr::memmem::find(description, WEBVTT).and_then(|at| {
        let length = description.get(at.checked_sub(4)?..at)?.first_chunk()?;
        let end = (at - 4).checked_add(u32::from_be_bytes(*length) as usize)?;
        Some((at + 4, description.get(at + 4..end)?))
    });
    let (start, head) = in_box.unwrap_or((0, description));
    let mut told = lines::told(head);
    for line in &mut told {
        line.range = line.range.start + start..line.range.end + start;
    }
    told
}

/// Adds what a description says.
pub(super) fn read(description: &[u8], carried: &mut Carried) {
    for line in told(description) {
        carried.push(line.place, line.name, line.text.to_owned());
    }
    if !hevc::messages(description).is_empty() {
        carried.value("text", "HEVC", "SEI");
    }
    for found in comments(description) {
        let _ = vorbis::comments(&mut &description[found.start..], found.place, carried);
    }
    for block in blocks(description).filter(|block| block.kind == COMMENTS) {
        let _ = vorbis::comments(&mut &description[block.data], "FLAC", carried);
    }
}

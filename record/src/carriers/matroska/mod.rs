//! Matroska and WebM: tags (`SimpleTag`), the title, the programs that wrote the file, and comments of codecs. Of clusters, which hold
//! the media, subtitles alone are looked at.
//!
//! Everything is an element: an id, a length and what it holds (RFC 8794, 4). Names of tags are in capitals by the rules
//! (RFC 9559, 6), so that they are read in small letters here.

mod subtitles;

use super::codec;
use super::stream::{array, pass, too_long, utf8, vec};
use crate::Source;
use crate::disclosures::DATE;
use crate::field::Carried;
use std::io::SeekFrom;

/// Ids of elements (RFC 9559, 5.1).
const SEGMENT: u64 = 0x1853_8067;
const CLUSTER: u64 = 0x1f43_b675;
const INFO: u64 = 0x1549_a966;
const TITLE: u64 = 0x7ba9;
const DATE_UTC: u64 = 0x4461;
const MUXING_APP: u64 = 0x4d80;
const WRITING_APP: u64 = 0x5741;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK: u64 = 0xae;
const CODEC: u64 = 0x63a2;
const TAGS: u64 = 0x1254_c367;
const TAG: u64 = 0x7373;
const SIMPLE_TAG: u64 = 0x67c8;
const TAG_NAME: u64 = 0x45a3;
const TAG_STRING: u64 = 0x4487;

/// How deep elements are looked into. Tags may stand within tags without end.
const DEEPEST: usize = 8;
/// Most bytes of the name of a tag.
const LONGEST_NAME: u64 = 1_000;

struct Element {
    id: u64,
    /// Where it ends. [`None`] where that is not known until another begins, as in what was recorded live.
    end: Option<u64>,
}

/// Adds the texts of a file in the order in which they stand.
pub(super) fn read(source: &mut dyn Source, place: &'static str, carried: &mut Carried) {
    if source.seek(SeekFrom::Start(0)).is_ok() {
        walk(source, u64::MAX, DEEPEST, place, carried);
        subtitles::read(source, place, carried);
    }
}

fn walk(
    source: &mut dyn Source,
    end: u64,
    left: usize,
    place: &'static str,
    carried: &mut Carried,
) -> Option<()> {
    let left = left.checked_sub(1)?;
    let mut name = String::new();
    // The length and the place of a text whose name is not read yet.
    let mut unnamed: Option<(u64, u64)> = None;
    while source.stream_position().ok()? < end {
        let element = next(source, end)?;
        let Some(ends) = element.end else {
            match element.id {
                // What they hold is read as if it stood beside them.
                SEGMENT | CLUSTER => continue,
                _ => return None,
            }
        };
        let length = ends - source.stream_position().ok()?;
        match element.id {
            SEGMENT | INFO | TRACKS | TRACK | TAGS | TAG | SIMPLE_TAG => {
                let _ = walk(source, ends, left, place, carried);
            }
            TAG_NAME if length <= LONGEST_NAME => {
                let bytes = vec(source, length)?;
                name = String::from_utf8_lossy(&bytes)
                    .trim_end_matches('\0')
                    .to_lowercase();
                if let Some((length, at)) = unnamed.take() {
                    source.seek(SeekFrom::Start(at)).ok()?;
                    text(source, length, place, &name, carried)?;
                    source.seek(SeekFrom::Start(ends)).ok()?;
                }
            }
            TAG_STRING if name.is_empty() => {
                unnamed = Some((length, source.stream_position().ok()?));
            }
            TAG_STRING => text(source, length, place, &name, carried)?,
            CODEC if length > codec::LONGEST => {
                carried.fail(
                    place,
                    "CodecPrivate",
                    format!("it has more than {} bytes", codec::LONGEST),
                );
            }
            CODEC => codec::read(&vec(source, length)?, carried),
            DATE_UTC => carried.value(DATE, place, "DateUTC"),
            TITLE => text(source, length, place, "title", carried)?,
            MUXING_APP => text(source, length, place, "MuxingApp", carried)?,
            WRITING_APP => text(source, length, place, "WritingApp", carried)?,
            _ => {}
        }
        match ends.checked_sub(source.stream_position().ok()?) {
            Some(left) => pass(source, left)?,
            None => source.seek(SeekFrom::Start(ends)).ok().map(drop)?,
        }
    }
    if let Some((length, at)) = unnamed {
        source.seek(SeekFrom::Start(at)).ok()?;
        text(source, length, place, &name, carried)?;
    }
    Some(())
}

fn text(
    source: &mut dyn Source,
    length: u64,
    place: &'static str,
    name: &str,
    carried: &mut Carried,
) -> Option<()> {
    if let Some(reason) = too_long(length) {
        carried.fail(place, name, reason);
        return Some(());
    }
    match utf8(vec(source, length)?) {
        // An element that must be there and says nothing.
        Ok(text) if text.is_empty() => {}
        Ok(text) => carried.push(place, name, text),
        Err(reason) => carried.fail(place, name, reason),
    }
    Some(())
}

fn next(source: &mut dyn Source, end: u64) -> Option<Element> {
    let (id, _) = number(source, true)?;
    let (length, is_unknown) = number(source, false)?;
    let at = source.stream_position().ok()?;
    let ends = at.saturating_add(length).min(end);
    (ends >= at).then_some(Element {
        id,
        end: (!is_unknown).then_some(ends),
    })
}

/// A number of one to eight bytes: zeros and a one before it say how many follow (RFC 8794, 4.1). Ids keep these. Whether it is a
/// length of ones alone, which says that the length is not known (6.2).
fn number(source: &mut dyn Source, keeps: bool) -> Option<(u64, bool)> {
    let [first] = array::<1>(source)?;
    let more = first.leading_zeros() as usize;
    if more > 7 {
        return None;
    }
    let bits = 7 - more as u32;
    let low = first & (0x7f_u8 >> more);
    let mut value = u64::from(if keeps { first } else { low });
    for byte in vec(source, more as u64)? {
        value = value << 8 | u64::from(byte);
    }
    let ones = (1_u64 << (bits + 8 * more as u32)) - 1;
    Some((value, !keeps && value == ones))
}

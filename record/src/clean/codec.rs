//! The head of a codec without what it says: comments become none, blocks of FLAC that are not of the sound become padding, lines of
//! subtitles that say something become empty, and messages of HEVC nothing.

use super::Uncleanable;
use super::over::Over;
use super::plan::Plan;
use super::walk::{Walk, broken};
use crate::carriers::codec::{LONGEST, blocks, comments, end, hevc, lines, told};

/// An empty name of a program, and no comments.
const NONE: usize = 8;
/// Blocks of FLAC: what is kept of these, and what fills up (RFC 9639, 8.1).
const OF_FLAC: [u8; 2] = [0, 3];
const PADDING: u8 = 1;
const LAST: u8 = 0x80;

/// Overwrites what the description of a track says up to a place, at which the walk is then.
pub(super) fn clean(
    walk: &mut Walk,
    to: u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    let start = walk.at;
    let length = to.saturating_sub(start);
    if length > LONGEST {
        return Err(broken("more to describe a track than is read is", start));
    }
    let description = walk.vec(length)?;
    let told = told(&description);
    if told.len() > lines::MOST {
        return Err(broken("a head of subtitles of too many lines is", start));
    }
    for line in told {
        plan.tell(format!("{} {}", line.place, line.name));
        let place = start + line.range.start as u64;
        over.fill(b'\n', place, start + line.range.end as u64)?;
    }
    for message in hevc::messages(&description) {
        plan.tell("HEVC SEI");
        let place = start + message.start as u64;
        over.fill(hevc::BLANK, place, start + message.end as u64)?;
    }
    for found in comments(&description) {
        let bytes = &description[found.start..];
        let place = start + found.start as u64;
        let end = end(bytes).ok_or_else(|| broken("comments that break off are", place))?;
        let is_told = bytes[..end].iter().any(|byte| *byte != 0);
        if !is_told {
            continue;
        }
        plan.tell(found.place);
        // A bit that is set ends those of Vorbis.
        let (instead, end) = match found.place {
            "Vorbis" if end < bytes.len() => ([&[0; NONE][..], &[1]].concat(), end + 1),
            _ => (vec![0; NONE], end),
        };
        let from = place + instead.len() as u64;
        over.put(place, instead)?;
        over.zeros(from, place + end as u64)?;
    }
    for block in blocks(&description).filter(|block| !OF_FLAC.contains(&block.kind)) {
        if block.kind != PADDING {
            plan.tell("FLAC");
            let last = if block.is_last { LAST } else { 0 };
            over.put(start + block.data.start as u64 - 4, [PADDING | last])?;
        }
        over.zeros(
            start + block.data.start as u64,
            start + block.data.end as u64,
        )?;
    }
    Ok(())
}

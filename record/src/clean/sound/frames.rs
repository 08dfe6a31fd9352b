//! MP3 and AAC, frame by frame. Tags are taken only where a frame should begin: in files that were put behind each other, as people
//! join MP3s, and behind the sound. Zeros there fill tags up, and go too; so does what stands behind the last frame.

use super::has_credentials;
use super::head::{is_free, length};
use super::tags::tag;
use crate::clean::Uncleanable;
use crate::clean::plan::Plan;
use crate::clean::walk::{Walk, broken};
use std::ops::Range;

/// Bytes that are looked at in one go.
const PIECE: u64 = 1 << 16;
/// Most zeros behind a tag that is found within a frame.
const MOST_ZEROS: u64 = 1 << 12;
/// Frames in a row that are no chance.
const IN_A_ROW: usize = 3;
/// Bytes that these have at most.
const AHEAD: u64 = IN_A_ROW as u64 * 8_192;
/// Most frames that neither another frame nor a tag follows on, but zeros.
const MOST_GAPS: usize = 256;

const FREE: &str = "the MP3 has a bitrate of its own (free format), so that its frames are not told apart here: save it with a common bitrate, and \
                    try again";

/// Plans what stands between two places, at the first of which there is a frame.
pub(super) fn clean(
    walk: &mut Walk,
    start: u64,
    end: u64,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    if frame(walk, start, end)?.is_none() {
        let head = head(walk, start, end, 6)?;
        return Err(
            match head.first_chunk().is_some_and(|head| is_free(*head)) {
                true => Uncleanable::Kind(FREE),
                false => broken("no sound is", start),
            },
        );
    }
    let mut at = start;
    // The frame before, of which it is not known whether it was cut off.
    let mut before = start..start;
    // How much of it is missing.
    let mut missing = 0;
    let mut names = Vec::new();
    let mut gaps = 0;
    while at < end {
        if let Some(length) = frame(walk, at, end)? {
            plan.keep(before.start, before.end)?;
            if !std::mem::take(&mut names).is_empty() {
                plan.tell("tags within the sound");
                // A player takes the rest of it from the tag, and would else from the next frame, which it then does not find.
                plan.zeros(missing)?;
            }
            before = at..at + length;
            if before.end > end {
                before.end = cut(walk, &(at..end), end)?.unwrap_or(end);
            }
            missing = at + length - before.end;
            at = before.end;
        } else if let Some((name, next)) = tag(walk, at, end)? {
            walk.to(at)?;
            plan.is_signed |= has_credentials(walk, next)?;
            names.push(name);
            names.dedup();
            at = next;
        } else if let Some(place) = cut(walk, &before, end)? {
            missing += before.end - place;
            before.end = place;
            at = place;
        } else {
            let next = zeros(walk, at, end, u64::MAX)?;
            if next == at {
                if is_within(walk, at, end)? {
                    return Err(broken("what is neither sound nor a tag is", at));
                }
                plan.tell("bytes behind the end");
                break;
            }
            gaps += 1;
            if gaps > MOST_GAPS {
                return Err(broken("a gap in the sound too many is", at));
            }
            at = next;
            before = flushed(before, plan)?;
            if !names.is_empty() && next < end {
                plan.zeros(std::mem::take(&mut missing))?;
            }
        }
    }
    for name in names {
        plan.tell(name);
    }
    plan.keep(before.start, before.end)
}

/// Keeps a frame that was not cut off.
fn flushed(frame: Range<u64>, plan: &mut Plan) -> Result<Range<u64>, Uncleanable> {
    plan.keep(frame.start, frame.end)?;
    Ok(frame.end..frame.end)
}

/// The first bytes that stand at a place, at most so many.
pub(super) fn head(walk: &mut Walk, at: u64, end: u64, most: u64) -> Result<Vec<u8>, Uncleanable> {
    walk.to(at)?;
    walk.vec(end.saturating_sub(at).min(most))
}

/// The length of the frame that begins at a place.
fn frame(walk: &mut Walk, at: u64, end: u64) -> Result<Option<u64>, Uncleanable> {
    let head = head(walk, at, end, 6)?;
    Ok(head.first_chunk().and_then(|head| length(*head)))
}

/// Where zeros end that begin at a place, of which so many are looked at.
fn zeros(walk: &mut Walk, at: u64, end: u64, most: u64) -> Result<u64, Uncleanable> {
    let stop = end.min(at.saturating_add(most));
    let mut at = at;
    while at < stop {
        let piece = head(walk, at, stop, PIECE)?;
        let zeros = piece.iter().take_while(|byte| **byte == 0).count();
        at += zeros as u64;
        if zeros < piece.len() {
            break;
        }
    }
    Ok(at)
}

/// Where a frame was cut off: a tag stands in it, on which follow a frame, another tag or the end, or frames that go on.
fn cut(walk: &mut Walk, frame: &Range<u64>, end: u64) -> Result<Option<u64>, Uncleanable> {
    let length = (frame.end - frame.start) as usize;
    let bytes = head(walk, frame.start, end, length as u64 + AHEAD)?;
    let begins = |at: &usize| {
        [&b"ID3"[..], b"TAG", b"APETAGEX"]
            .iter()
            .any(|name| bytes[*at..].starts_with(name))
    };
    for place in (1..length).filter(begins) {
        let at = frame.start + place as u64;
        let Some((name, next)) = tag(walk, at, end)? else {
            continue;
        };
        let next = match name {
            "ID3" => zeros(walk, next, end, MOST_ZEROS)?,
            _ => next,
        };
        if next == end || self::frame(walk, next, end)?.is_some() || tag(walk, next, end)?.is_some()
        {
            return Ok(Some(at));
        }
    }
    let is_all = frame.start + bytes.len() as u64 == end;
    let place = (1..length).find(|at| goes_on(&bytes, *at, is_all));
    Ok(place.map(|place| frame.start + place as u64))
}

/// Whether frames stand at a place, one behind the other: some in a row, or all up to the end.
fn goes_on(bytes: &[u8], mut at: usize, is_all: bool) -> bool {
    for frames in 1..=IN_A_ROW {
        let head = bytes.get(at..).and_then(|bytes| bytes.first_chunk());
        let Some(length) = head.and_then(|head| length(*head)) else {
            return false;
        };
        at += length as usize;
        if is_all && (at == bytes.len() || (at > bytes.len() && frames > 1)) {
            return true;
        }
    }
    true
}

/// Whether frames go on somewhere behind a place.
fn is_within(walk: &mut Walk, at: u64, end: u64) -> Result<bool, Uncleanable> {
    let mut from = at;
    while from < end {
        let bytes = head(walk, from, end, PIECE + AHEAD)?;
        let is_all = from + bytes.len() as u64 == end;
        let mut places = memchr::memchr_iter(0xff, &bytes).take_while(|at| *at < PIECE as usize);
        if places.any(|at| goes_on(&bytes, at, is_all)) {
            return Ok(true);
        }
        from += PIECE;
    }
    Ok(false)
}

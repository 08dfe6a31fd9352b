//! Tags by how they end, behind the sound.

use super::{little, synchsafe};
use crate::clean::Uncleanable;
use crate::clean::plan::Plan;
use crate::clean::walk::{Walk, broken};

/// The most of a tag of one length, which is looked for behind the sound.
const LONGEST: u64 = 227;
/// Most bytes of lyrics that do not say their length (Lyrics3 1.00).
const LYRICS: u64 = 5_200;

/// Where the sound ends: before the tags that stand behind it (id3.org, ID3v1 and Lyrics3; the wiki of Hydrogenaudio, APEv2), and
/// the zeros that fill them up.
pub(super) fn behind(walk: &mut Walk, start: u64, plan: &mut Plan) -> Result<u64, Uncleanable> {
    let mut end = walk.length;
    loop {
        if let Some(found) = tag(walk, start, end, plan)? {
            end = found;
            continue;
        }
        match filled_up(walk, start, end)? {
            Some(found) => end = found,
            None => return Ok(end),
        }
    }
}

/// Whether nothing but tags stands from a place on. They are told to be gone.
pub(in super::super) fn are_tags(
    walk: &mut Walk,
    at: u64,
    plan: &mut Plan,
) -> Result<bool, Uncleanable> {
    Ok(at < walk.length && behind(walk, at, plan)? == at)
}

/// Where the tag begins that ends at a place.
fn tag(walk: &mut Walk, start: u64, end: u64, plan: &mut Plan) -> Result<Option<u64>, Uncleanable> {
    let tag = |bytes: u64| end.checked_sub(bytes).filter(|at| *at >= start);
    let at = |walk: &mut Walk, bytes: u64| match tag(bytes) {
        Some(at) => {
            walk.to(at)?;
            walk.vec(bytes.min(32))
        }
        None => Ok(Vec::new()),
    };
    let (old, long, foot) = (at(walk, 128)?, at(walk, 227)?, at(walk, 32)?);
    let (name, length) = if old.starts_with(b"TAG") {
        ("ID3v1", 128)
    } else if long.starts_with(b"TAG+") {
        ("ID3v1", 227)
    } else if foot.starts_with(b"APETAGEX") {
        let head = if foot[23] & 0x80 != 0 { 32 } else { 0 };
        ("APE tag", head + u64::from(little(&foot[12..])).max(32))
    } else if foot.ends_with(b"LYRICS200") {
        let digits = std::str::from_utf8(&foot[17..23]).ok();
        let length: Option<u64> = digits.and_then(|digits| digits.parse().ok());
        (
            "Lyrics3",
            15 + length.ok_or_else(|| broken("a wrong length is", end))?,
        )
    } else if foot.ends_with(b"LYRICSEND") {
        let from = end.saturating_sub(LYRICS).max(start);
        walk.to(from)?;
        let text = walk.vec(end - from)?;
        let begins = text.windows(11).rposition(|word| word == b"LYRICSBEGIN");
        let begins = begins.ok_or_else(|| broken("lyrics without a begin are", end))?;
        ("Lyrics3", (text.len() - begins) as u64)
    } else if foot.get(22..25) == Some(b"3DI") {
        ("ID3", 20 + synchsafe(&foot[28..]))
    } else {
        return Ok(None);
    };
    let shorter = tag(length).ok_or_else(|| broken("a tag longer than the file is", end))?;
    plan.tell(name);
    Ok(Some(shorter))
}

/// Where the tag ends that zeros fill up. It may end in zeros itself.
fn filled_up(walk: &mut Walk, start: u64, end: u64) -> Result<Option<u64>, Uncleanable> {
    let mut stop = end;
    loop {
        let from = stop.saturating_sub(1 << 16).max(start);
        walk.to(from)?;
        let piece = walk.vec(stop - from)?;
        let zeros = piece.iter().rev().take_while(|byte| **byte == 0).count();
        stop -= zeros as u64;
        if zeros < piece.len() || from == start {
            break;
        }
    }
    if stop == end {
        return Ok(None);
    }
    let from = stop.saturating_sub(LONGEST).max(start);
    walk.to(from)?;
    let last = walk.vec(stop - from)?;
    if last.ends_with(b"LYRICS200") || last.ends_with(b"LYRICSEND") {
        return Ok(Some(stop));
    }
    let of_one_length: [(&[u8], u64); 2] = [(b"APETAGEX", 32), (b"TAG", 128)];
    let found = of_one_length.iter().find_map(|(name, length)| {
        let places = last.windows(name.len()).enumerate();
        let mut ends = places
            .filter(|(_, found)| found == name)
            .map(|(at, _)| from + at as u64 + length);
        ends.find(|ends| (stop..=end).contains(ends))
    });
    Ok(found)
}

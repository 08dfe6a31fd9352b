//! Tags by how they begin (id3.org; Hydrogenaudio's wiki, APEv2 and Lyrics3).

use super::frames::head;
use super::{little, synchsafe};
use crate::clean::Uncleanable;
use crate::clean::walk::Walk;

const ID3: u64 = 10;
const ID3V1: u64 = 128;
const ID3V1_LONG: u64 = 227;
const APE: u64 = 32;
/// Most bytes of lyrics: six digits tell their length (Lyrics3 2.00).
const LYRICS: u64 = 1_000_100;

/// The name of the tag that begins at a place, and where what follows on it begins.
pub(super) fn tag(
    walk: &mut Walk,
    at: u64,
    end: u64,
) -> Result<Option<(&'static str, u64)>, Uncleanable> {
    let head = head(walk, at, end, APE)?;
    let (name, length) = match &head[..] {
        [b'I', b'D', b'3', 2..=4, _, flags, length @ ..]
            if length.len() >= 4 && length[..4].iter().all(|byte| *byte < 0x80) =>
        {
            let footer = if flags & 0x10 != 0 { ID3 } else { 0 };
            ("ID3", ID3 + synchsafe(length) + footer)
        }
        [b'T', b'A', b'G', ..] => ("ID3v1", old(walk, at, end)?),
        [b'A', b'P', b'E', b'T', b'A', b'G', b'E', b'X', ..] if head.len() as u64 == APE => {
            let is_head = head[23] & 0x20 != 0;
            let length = u64::from(little(&head[12..]));
            let rest = match is_head {
                true => length,
                // The last of a tag, whose rest stands before it, in what looks like a frame.
                false if length > APE => return Ok(None),
                false => 0,
            };
            ("APE tag", APE + rest)
        }
        lyrics if lyrics.starts_with(b"LYRICSBEGIN") => match self::lyrics(walk, at, end)? {
            Some(length) => ("Lyrics3", length),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    let next = at.checked_add(length).filter(|next| *next <= end);
    Ok(next.map(|next| (name, next)))
}

/// The length of an ID3v1, or of the longer one that stands before such.
fn old(walk: &mut Walk, at: u64, end: u64) -> Result<u64, Uncleanable> {
    let is_long = head(walk, at, end, 4)? == b"TAG+"
        && at + ID3V1_LONG <= end
        && head(walk, at + ID3V1_LONG, end, 3)? == b"TAG";
    Ok(if is_long { ID3V1_LONG } else { ID3V1 })
}

/// The length of lyrics, which say it before their end since version 2.
fn lyrics(walk: &mut Walk, at: u64, end: u64) -> Result<Option<u64>, Uncleanable> {
    // Most are short, and there may be many.
    for most in [1 << 12, 1 << 16, LYRICS] {
        let text = head(walk, at, end, most)?;
        let found = lyrics_in(&text);
        if found.is_some() || (text.len() as u64) < most {
            return Ok(found);
        }
    }
    Ok(None)
}

fn lyrics_in(text: &[u8]) -> Option<u64> {
    const DIGITS: usize = 6;
    let mut words = memchr::memmem::find_iter(text, b"LYRICS");
    words.find_map(|place| match text.get(place + 6..place + 9)? {
        b"END" => Some(place as u64 + 9),
        b"200" => {
            let digits = text.get(place.checked_sub(DIGITS)?..place)?;
            let told: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
            (told + DIGITS == place).then_some(place as u64 + 9)
        }
        _ => None,
    })
}

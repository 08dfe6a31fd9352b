//! Tags between the frames of files that were put behind each other, as people join MP3s.

use super::Uncleanable;
use super::sound::synchsafe;
use super::walk::Walk;
use std::ops::Range;

/// Bytes that are looked at in one go.
const PIECE: u64 = 1 << 16;
const ID3: u64 = 10;
const ID3V1: u64 = 128;

/// Where tags stand in the sound between two places. What looks like a tag is one if another tag or a frame that begins as the
/// first does follows: chance alone makes that once in a million songs.
pub(super) fn tags(
    walk: &mut Walk,
    start: u64,
    end: u64,
    frame: [u8; 2],
) -> Result<Vec<Range<u64>>, Uncleanable> {
    let mut found = Vec::new();
    let mut at = start;
    while at + ID3 <= end {
        walk.to(at)?;
        let piece = walk.vec(PIECE.min(end - at))?;
        let named = piece.windows(3).position(is_name);
        let Some(place) = named else {
            // A name may stand over the end of the piece.
            at += piece.len() as u64 - 2;
            continue;
        };
        let tag = at + place as u64;
        match behind(walk, tag, end, frame)? {
            Some(next) => {
                found.push(tag..next);
                at = next;
            }
            None => at = tag + 1,
        }
    }
    Ok(found)
}

fn is_name(name: &[u8]) -> bool {
    name == b"ID3" || name == b"TAG"
}

/// Where what follows on a tag begins; nothing where there is no tag.
fn behind(walk: &mut Walk, at: u64, end: u64, frame: [u8; 2]) -> Result<Option<u64>, Uncleanable> {
    if at + ID3 > end {
        return Ok(None);
    }
    walk.to(at)?;
    let (length, fills) = match walk.array::<10>()? {
        [b'T', b'A', b'G', ..] => (ID3V1, false),
        [b'I', b'D', b'3', 2..=4, _, flags, length @ ..]
            if flags & 0x0f == 0 && length.iter().all(|byte| *byte < 0x80) =>
        {
            let footer = if flags & 0x10 != 0 { ID3 } else { 0 };
            (ID3 + synchsafe(&length) + footer, true)
        }
        _ => return Ok(None),
    };
    let next = at + length;
    if next + 3 > end {
        return Ok(None);
    }
    walk.to(next)?;
    if fills {
        pass_zeros(walk)?;
    }
    let next = walk.at;
    if next + 3 > end {
        return Ok(None);
    }
    let follows = walk.array::<3>()?;
    Ok((follows[..2] == frame || is_name(&follows)).then_some(next))
}

/// Goes over what fills a tag up, and stands behind it.
fn pass_zeros(walk: &mut Walk) -> Result<(), Uncleanable> {
    loop {
        let buffer = walk.source.fill_buf()?;
        let zeros = buffer.iter().take_while(|byte| **byte == 0).count();
        let ends = zeros < buffer.len() || buffer.is_empty();
        walk.source.consume(zeros);
        walk.at += zeros as u64;
        if ends {
            return Ok(());
        }
    }
}

//! WAV and AVI. Of a WAV the chunks go that are not of the sound. In an AVI they become junk of the same length, filled with zeros,
//! since its indexes tell places in the file (OpenDML AVI 1.02).

use super::Uncleanable;
use super::over::Over;
use super::plan::Plan;
use super::walk::{Walk, broken};

/// How the samples are kept and how many there are; marks in them, and how a sampler plays them (Multimedia Programming Interface
/// 1.0, Waveform Audio File Format; its supplement of 1994).
const OF_WAV: [&[u8; 4]; 7] = [
    b"fmt ", b"fact", b"data", b"cue ", b"plst", b"smpl", b"inst",
];
/// A length that says that it was not known when the file began, as of what came from a pipe.
const UNKNOWN: u64 = 0xffff_ff00;

/// Plans a clean copy of a WAV.
pub(super) fn clean_wav(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let [b'R', b'I', b'F', b'F', a, b, c, d, b'W', b'A', b'V', b'E'] = walk.array()? else {
        return Err(broken("it does not begin as a WAV does", 0));
    };
    let told = [a, b, c, d];
    let end = match u64::from(u32::from_le_bytes(told)) {
        0 | UNKNOWN.. => walk.length,
        length if length + 8 > walk.length => return Err(super::walk::breaks_off(walk.length)),
        length => length + 8,
    };
    let head = plan.later(12)?;
    let mut has_samples = false;
    let mut is_open = false;
    while walk.at < end && !is_open {
        let start = walk.at;
        let (name, length) = chunk(walk)?;
        is_open = &name == b"data" && walk.at + length > end && length >= UNKNOWN;
        let next = if is_open { end } else { walk.at + length };
        if next > end {
            return Err(broken("a part longer than what it stands in is", start));
        }
        let is_loop = &name == b"LIST" && length >= 4 && walk.array()? == *b"wavl";
        has_samples |= &name == b"data" || is_loop;
        if is_loop || OF_WAV.contains(&&name) {
            plan.keep(start, next)?;
            if !is_open {
                plan.zeros(length % 2)?;
            }
        } else {
            gone("WAV", name, plan);
        }
        // The last may lack what fills it up.
        walk.to((next + length % 2).min(end))?;
    }
    if !has_samples {
        return Err(broken("an end without samples is", end));
    }
    if end < walk.length {
        plan.tell("bytes behind the end");
    }
    let length = match is_open {
        true => told,
        false => ((plan.length() - 8) as u32).to_le_bytes(),
    };
    plan.fill(head, &[&b"RIFF"[..], &length, b"WAVE"].concat());
    Ok(())
}

/// Plans a clean copy of an AVI, which is of several such files where it is long.
pub(super) fn clean_avi(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let mut over = Over::default();
    let mut end = 0;
    while walk.left() >= 12 {
        let start = walk.at;
        let (name, length) = chunk(walk)?;
        let form = walk.array::<4>()?;
        if &name != b"RIFF" || !matches!(&form, b"AVI " | b"AVIX") {
            break;
        }
        let ends = start + 8 + length;
        if length < 4 || ends > walk.length {
            return Err(super::walk::breaks_off(walk.length));
        }
        parts(walk, ends, FILE, &mut over, plan)?;
        end = (ends + length % 2).min(walk.length);
        walk.to(end)?;
    }
    if end == 0 {
        return Err(broken("it does not begin as an AVI does", 0));
    }
    if end < walk.length {
        plan.tell("bytes behind the end");
    }
    over.finish(end, plan)
}

/// What parts of an AVI stand in.
const FILE: &[u8; 4] = b"file";

/// Plans the parts up to `end`. Lists stand in each other as the names here have it, and so not without end.
fn parts(
    walk: &mut Walk,
    end: u64,
    within: &[u8; 4],
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    while walk.at + 8 <= end {
        let start = walk.at;
        let (name, length) = chunk(walk)?;
        let ends = walk.at + length;
        if ends > end {
            return Err(broken("a part longer than what it stands in is", start));
        }
        let list = match &name {
            b"LIST" if length >= 4 => walk.array()?,
            _ => *b"    ",
        };
        match (within, &name, &list) {
            (FILE, b"LIST", b"hdrl") | (b"hdrl", b"LIST", b"strl") => {
                parts(walk, ends, &list, over, plan)?;
            }
            (FILE, b"LIST", b"movi") | (b"movi", b"LIST", b"rec ") => {
                parts(walk, ends, &list, over, plan)?;
            }
            (b"movi" | b"rec ", name, _) if is_of_stream(name) => {}
            (FILE, b"idx1", _)
            | (b"hdrl", b"LIST", b"odml")
            | (b"hdrl", b"avih", _)
            | (b"strl", b"strh" | b"strf" | b"indx" | b"vprp", _) => {}
            (b"strl", b"strd", _) if !is_of_camera(walk, length)? => {}
            _ => {
                if &name != b"JUNK" {
                    gone("AVI", name, plan);
                    over.put(start, *b"JUNK")?;
                }
                walk.to(start + 8)?;
                if over.blank(walk, ends)? && &name == b"JUNK" {
                    plan.tell("AVI JUNK");
                }
            }
        }
        walk.to((ends + length % 2).min(end))?;
    }
    Ok(())
}

/// Whether a part of the media is of a stream, by two digits and its kind, or of its index (AVI RIFF File Reference; OpenDML AVI 1.02).
fn is_of_stream(name: &[u8; 4]) -> bool {
    let is_of_media = [*b"dc", *b"db", *b"wb", *b"tx", *b"pc", *b"iv", *b"sb"];
    let [a, b, c, d] = *name;
    let is_index = [a, b] == *b"ix" && [c, d].iter().all(u8::is_ascii_digit);
    let is_numbered = [a, b].iter().all(u8::is_ascii_hexdigit);
    is_index || (is_numbered && is_of_media.contains(&[c, d]))
}

/// Whether what a stream's driver is told is a camera's word on itself (ExifTool, RIFF StreamData).
fn is_of_camera(walk: &mut Walk, length: u64) -> Result<bool, Uncleanable> {
    let name = walk.vec(length.min(4))?;
    Ok([&b"AVIF"[..], b"CASI", b"Zora"].contains(&&name[..]))
}

/// The name and the length of a chunk.
fn chunk(walk: &mut Walk) -> Result<([u8; 4], u64), Uncleanable> {
    let [a, b, c, d, length @ ..] = walk.array::<8>()?;
    Ok(([a, b, c, d], u64::from(u32::from_le_bytes(length))))
}

fn gone(place: &str, name: [u8; 4], plan: &mut Plan) {
    plan.is_signed |= &name == b"C2PA";
    plan.tell(format!("{place} {}", String::from_utf8_lossy(&name).trim()));
}

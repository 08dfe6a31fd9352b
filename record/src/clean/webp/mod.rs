//! WebP, still or animated: the chunks that make the picture stay (RFC 9649, 2.7), all others go, also from within frames.

mod hidden;

use super::Uncleanable;
use super::plan::Plan;
use super::profile;
use super::walk::{Walk, broken};
use crate::carriers::exif;
use hidden::Repacked;

/// What makes the picture: its data and its alpha, the loop.
const PICTURE: [&[u8; 4]; 4] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM"];
/// The flag of the head that says that there is one.
const HAS_PROFILE: u8 = 0x20;
/// Bytes of a frame before its chunks.
const FRAME: u64 = 16;
/// The flags of the head that say that there is EXIF, and XMP (RFC 9649, 2.7.1).
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
/// Most bytes of EXIF that is looked at.
const LONGEST_EXIF: u64 = 1 << 20;

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let mut pixels = hidden::without(walk, plan.hides)?;
    let [b'R', b'I', b'F', b'F', a, b, c, d, b'W', b'E', b'B', b'P'] = walk.array()? else {
        return Err(broken("it does not begin as a WebP does", 0));
    };
    let end = 8 + u64::from(u32::from_le_bytes([a, b, c, d]));
    if end > walk.length {
        return Err(super::walk::breaks_off(walk.length));
    }
    let head = plan.later(12)?;
    let mut extended: Option<(usize, [u8; 10])> = None;
    let mut has_picture = false;
    let mut has_profile = false;
    let mut looked = 0;
    while walk.at < end {
        let (start, name, length, next) = chunk(walk, end)?;
        match &name {
            b"VP8X" if start == 12 && length == 10 => {
                plan.put([&name[..], &10_u32.to_le_bytes()].concat())?;
                let mut data = walk.array::<10>()?;
                has_profile = data[0] & HAS_PROFILE != 0;
                data[0] &= !(HAS_EXIF | HAS_XMP | HAS_PROFILE);
                extended = Some((plan.later(10)?, data));
            }
            b"ANMF" if length >= FRAME => {
                has_picture = true;
                frame(walk, next, walk.at + length, &mut looked, plan)?;
            }
            b"VP8 " | b"VP8L" | b"ALPH" if pixels.is_for(&name) => {
                has_picture |= &name != b"ALPH";
                plan.put(written(name, &pixels.take()))?;
            }
            b"ICCP" => {
                // One that nobody shows the picture by goes, and so do others behind it.
                let length = profile_of(walk, length)?.filter(|_| std::mem::take(&mut has_profile));
                match (length, &mut extended) {
                    (Some(length), Some((_, flags))) => {
                        flags[0] |= HAS_PROFILE;
                        plan.put([&name[..], &(length as u32).to_le_bytes()].concat())?;
                        keep(start + 8, start + 8 + length, plan)?;
                    }
                    _ => gone(name, plan),
                }
            }
            _ if PICTURE.contains(&&name) => {
                has_picture |= name.starts_with(b"VP8");
                keep(start, walk.at + length, plan)?;
            }
            _ => {
                gone(name, plan);
                if let (b"EXIF", Some((_, flags))) = (&name, &mut extended) {
                    let data = walk.vec(length.min(LONGEST_EXIF))?;
                    // One is enough.
                    let kept = exif::minimal(data, true).filter(|_| flags[0] & HAS_EXIF == 0);
                    if let Some(kept) = kept {
                        flags[0] |= HAS_EXIF;
                        plan.put(written(name, &kept))?;
                    }
                }
            }
        }
        walk.to(next)?;
    }
    if !has_picture {
        return Err(broken("an end without a picture is", end));
    }
    if end < walk.length {
        plan.tell("bytes behind the end");
    }
    if let Some((place, data)) = extended {
        plan.fill(place, &data);
    }
    // It is not longer than the file was, but for a byte that fills it up.
    let length = (plan.length() - 8) as u32;
    plan.fill(
        head,
        &[&b"RIFF"[..], &length.to_le_bytes(), b"WEBP"].concat(),
    );
    Ok(())
}

/// The head of a chunk: where it begins, its name, the length of its data, and where the next begins.
fn chunk(walk: &mut Walk, end: u64) -> Result<(u64, [u8; 4], u64, u64), Uncleanable> {
    let start = walk.at;
    let [a, b, c, d, length @ ..] = walk.array::<8>()?;
    let length = u64::from(u32::from_le_bytes(length));
    if walk.at + length > end {
        return Err(broken("a part longer than what it stands in is", start));
    }
    // The last may lack what fills it up.
    let next = (walk.at + length + length % 2).min(end);
    Ok((start, [a, b, c, d], length, next))
}

/// The length of the profile of colours that stands next, in a chunk of this length. [`None`] where it is none.
fn profile_of(walk: &mut Walk, length: u64) -> Result<Option<u64>, Uncleanable> {
    let head = walk.vec(length.min(profile::HEAD as u64))?;
    Ok(profile::length(&head, length))
}

/// Keeps a chunk, filled up to an even length.
fn keep(start: u64, end: u64, plan: &mut Plan) -> Result<(), Uncleanable> {
    plan.keep(start, end)?;
    plan.zeros((end - start) % 2)
}

fn gone(name: [u8; 4], plan: &mut Plan) {
    plan.is_signed |= &name == b"C2PA";
    plan.tell(format!("WebP {}", String::from_utf8_lossy(&name).trim()));
}

fn written(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_le_bytes();
    let padding = &[0][..data.len() % 2];
    [&name[..], &length, data, padding].concat()
}

/// Keeps a frame with the chunks of its picture.
fn frame(
    walk: &mut Walk,
    next: u64,
    end: u64,
    looked: &mut u64,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    let begin = walk.at;
    let mut pixels = match is_lossless(walk, end)? {
        true => hidden::without_in_frame(walk, end, looked)?,
        false => Repacked(None),
    };
    let head = plan.later(8)?;
    let before = plan.length();
    plan.keep(begin, walk.ahead(FRAME)?)?;
    walk.pass(FRAME)?;
    while walk.at < end {
        let (start, name, length, next) = chunk(walk, end)?;
        match &name {
            b"VP8L" | b"ALPH" if pixels.is_for(&name) => {
                plan.tell("text hidden in a frame");
                plan.put(written(name, &pixels.take()))?;
            }
            b"VP8 " | b"VP8L" | b"ALPH" => keep(start, walk.at + length, plan)?,
            _ => gone(name, plan),
        }
        walk.to(next)?;
    }
    let length = (plan.length() - before) as u32;
    plan.fill(head, &[&b"ANMF"[..], &length.to_le_bytes()].concat());
    walk.to(next)
}

/// Whether some of a frame is kept without loss. The walk stays where it is.
fn is_lossless(walk: &mut Walk, end: u64) -> Result<bool, Uncleanable> {
    let begin = walk.at;
    walk.pass(FRAME)?;
    let mut is_lossless = false;
    while walk.at < end {
        let (_, name, _, next) = chunk(walk, end)?;
        is_lossless |= matches!(&name, b"VP8L" | b"ALPH");
        walk.to(next)?;
    }
    walk.to(begin)?;
    Ok(is_lossless)
}

impl Repacked {
    fn is_for(&self, name: &[u8; 4]) -> bool {
        self.0.as_ref().is_some_and(|(part, _)| part == name)
    }

    fn take(&mut self) -> Vec<u8> {
        self.0.take().map_or_else(Vec::new, |(_, data)| data)
    }
}

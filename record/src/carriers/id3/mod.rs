//! ID3v2, before MP3 and AAC and within WAV: text frames, comments, lyrics, and links. Sound and pictures are passed over unread.
//!
//! Versions 2.2 to 2.4 are read (id3.org: id3v2-00, id3v2.3.0, id3v2.4.0-structure). Frames that are encrypted are told.

mod texts;

use super::stream::{array, pass, skip, too_long, vec};
use crate::Source;
use crate::field::Carried;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use std::io::{Cursor, Read, SeekFrom};

const PLACE: &str = "ID3";

/// Tags that are read one behind the other; programs that do not look add another.
const MOST_TAGS: usize = 4;
/// Most bytes of a tag that was made free of what looks like sound as a whole, and is restored in memory.
const LONGEST_RESTORED: u64 = 8 << 20;

/// The flags of a tag.
const UNSYNCHRONISED: u8 = 0x80;
const EXTENDED: u8 = 0x40;
/// In version 2.4, that there are ten more bytes behind it.
const FOOTER: u8 = 0x10;

/// Adds the texts of the tags with which a source goes on, and stands behind these. None goes on beyond `end`, so that tags in many
/// chunks do not share their bytes.
pub(super) fn read(source: &mut dyn Source, end: u64, carried: &mut Carried) {
    for _ in 0..MOST_TAGS {
        let Ok(at) = source.stream_position() else {
            return;
        };
        match tag(source, end.saturating_sub(at), carried) {
            Some(length) if source.seek(SeekFrom::Start(at + length)).is_ok() => {}
            _ => {
                let _ = source.seek(SeekFrom::Start(at));
                return;
            }
        }
    }
}

/// Reads a tag of at most so many bytes; the length of it with its head.
fn tag(source: &mut dyn Source, most: u64, carried: &mut Carried) -> Option<u64> {
    let most = most.checked_sub(10)?;
    let [b'I', b'D', b'3', version @ 2..=4, _, flags, length @ ..] = array::<10>(source)? else {
        return None;
    };
    let length = u64::from(synchsafe(length)).min(most);
    let footer = match flags & FOOTER {
        0 => 0,
        _ if version == 4 => 10,
        _ => 0,
    };
    if version < 4 && flags & UNSYNCHRONISED != 0 {
        if length > LONGEST_RESTORED {
            let reason = format!("it is unsynchronised and has more than {LONGEST_RESTORED} bytes");
            carried.fail(PLACE, "tag", reason);
        } else {
            let mut data = Vec::new();
            let _ = source.take(length).read_to_end(&mut data);
            let restored = restored(&data);
            drop(data);
            let left = restored.len() as u64;
            let mut restored: &mut dyn Source = &mut Cursor::new(restored);
            frames(&mut restored, version, flags, left, carried);
        }
    } else {
        frames(source, version, flags, length, carried);
    }
    Some(10 + length + footer)
}

/// A frame by its head.
struct Frame {
    name: [u8; 4],
    length: u64,
    is_packed: bool,
    is_encrypted: bool,
    is_unsynchronised: bool,
    /// Bytes of the head that follow the flags: the length when unpacked, a group.
    more: u64,
}

fn frames(
    source: &mut dyn Source,
    version: u8,
    flags: u8,
    mut left: u64,
    carried: &mut Carried,
) -> Option<()> {
    if version > 2 && flags & EXTENDED != 0 {
        let length = array::<4>(source)?;
        // Version 2.4 counts these four bytes too.
        let rest = match version {
            4 => u64::from(synchsafe(length)).checked_sub(4)?,
            _ => u64::from(u32::from_be_bytes(length)),
        };
        left = left.checked_sub(rest + 4)?;
        pass(source, rest)?;
    }
    loop {
        let mut frame = match version {
            2 => short(source)?,
            _ => long(source, version)?,
        };
        // The flag of a tag means all frames (id3v2.4.0-structure, 3.1), which need not say so again.
        frame.is_unsynchronised |= version == 4 && flags & UNSYNCHRONISED != 0;
        let head = if version == 2 { 6 } else { 10 };
        // Zeros fill the tag up.
        if frame.name[0] == 0 {
            return None;
        }
        left = left.checked_sub(head + frame.length)?;
        if !texts::is_wanted(&frame.name) {
            pass(source, frame.length)?;
            continue;
        }
        let fault = match frame.is_encrypted {
            true => Some("it is encrypted".to_owned()),
            false => too_long(frame.length),
        };
        let name = String::from_utf8_lossy(&frame.name).into_owned();
        if let Some(reason) = fault {
            carried.fail(PLACE, &name, reason);
            pass(source, frame.length)?;
            continue;
        }
        skip(source, frame.more.min(frame.length))?;
        let data = vec(source, frame.length.saturating_sub(frame.more))?;
        match unpacked(&frame, data) {
            Ok(data) => texts::read(&frame.name, &data, carried),
            Err(reason) => carried.fail(PLACE, &name, reason),
        }
    }
}

/// The head of a frame of version 2.2: three letters, three bytes of length.
fn short(source: &mut dyn Source) -> Option<Frame> {
    let [a, b, c, length @ ..] = array::<6>(source)?;
    let [d, e, f] = length;
    Some(Frame {
        name: [a, b, c, b' '],
        length: u64::from(u32::from_be_bytes([0, d, e, f])),
        is_packed: false,
        is_encrypted: false,
        is_unsynchronised: false,
        more: 0,
    })
}

/// The head of a frame of version 2.3 or 2.4: four letters, a length, two bytes of flags.
fn long(source: &mut dyn Source, version: u8) -> Option<Frame> {
    let [a, b, c, d, l0, l1, l2, l3, _, flags] = array::<10>(source)?;
    let length = [l0, l1, l2, l3];
    let has = |bit: u8| flags & bit != 0;
    let (length, is_packed, is_encrypted, grouped, counted, is_unsynchronised) = match version {
        3 => (
            u32::from_be_bytes(length),
            has(0x80),
            has(0x40),
            has(0x20),
            has(0x80),
            false,
        ),
        // Old versions of iTunes wrote plain lengths; such have bits that the others never have.
        _ => {
            let plain = length.iter().any(|byte| byte & 0x80 != 0);
            let length = match plain {
                true => u32::from_be_bytes(length),
                false => synchsafe(length),
            };
            (
                length,
                has(0x08),
                has(0x04),
                has(0x40),
                has(0x01),
                has(0x02),
            )
        }
    };
    Some(Frame {
        name: [a, b, c, d],
        length: u64::from(length),
        is_packed,
        is_encrypted,
        is_unsynchronised,
        more: 4 * u64::from(counted) + u64::from(grouped),
    })
}

fn unpacked(frame: &Frame, mut data: Vec<u8>) -> Result<Vec<u8>, String> {
    // Programs set the flags and leave the data as it is.
    if frame.is_unsynchronised && !looks_like_sound(&data) {
        data = restored(&data);
    }
    if !frame.is_packed {
        return Ok(data);
    }
    let most = super::LONGEST_TEXT;
    decompress_to_vec_zlib_with_limit(&data, most)
        .map_err(|error| format!("it cannot be unpacked to at most {most} bytes: {error}"))
}

/// Whether data has what begins a frame of sound, which unsynchronised data never has (id3v2.4.0-structure, 6.1).
fn looks_like_sound(data: &[u8]) -> bool {
    data.windows(2)
        .any(|pair| pair[0] == 0xff && pair[1] >= 0xe0)
}

/// Takes out the zero that stands behind every 0xff, so that nothing in a tag looks like sound (id3v2.3.0, 5).
fn restored(data: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(data.len());
    let mut before = 0;
    for byte in data {
        if before != 0xff || *byte != 0 {
            plain.push(*byte);
        }
        before = *byte;
    }
    plain
}

/// A number of seven bits a byte.
fn synchsafe(bytes: [u8; 4]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 7 | u32::from(byte & 0x7f))
}

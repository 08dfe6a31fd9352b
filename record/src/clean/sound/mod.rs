//! MP3, AAC and FLAC: tags before and behind the sound go, and blocks of a FLAC that are not of the sound. Its frames stay.

mod behind;
mod frames;
mod head;
mod tags;

use super::Uncleanable;
use super::plan::Plan;
use super::walk::{Walk, broken};
pub(super) use behind::are_tags;
use behind::behind;
use std::io::Read as _;

/// Plans a clean copy of an MP3 or AAC. What programs that pack sound write into its first frame is needed to cut silence off, and
/// stays.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    before(walk, plan)?;
    let start = walk.at;
    let end = behind(walk, start, plan)?;
    frames::clean(walk, start, end, plan)
}

/// Goes over the tags that stand before the sound.
fn before(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    loop {
        let start = walk.at;
        if walk.left() < 32 {
            return Ok(());
        }
        let head = walk.array::<32>()?;
        let length = match &head {
            [b'I', b'D', b'3', 2..=4, _, flags, length @ ..] => {
                let footer = if flags & 0x10 != 0 { 10 } else { 0 };
                plan.tell("ID3");
                10 + synchsafe(length) + footer
            }
            [b'A', b'P', b'E', b'T', b'A', b'G', b'E', b'X', ..] => {
                plan.tell("APE tag");
                32 + u64::from(little(&head[12..16]))
            }
            // What fills a tag up, and stands behind it.
            [0, ..] if start > 0 => 1,
            _ => return walk.to(start),
        };
        let end = start + length;
        if end > walk.length {
            return Err(super::walk::breaks_off(start));
        }
        walk.to(start)?;
        if length > 1 {
            plan.is_signed |= has_credentials(walk, end)?;
        }
        walk.to(end)?;
    }
}

/// A number of seven bits a byte.
fn synchsafe(bytes: &[u8]) -> u64 {
    let bytes = bytes.iter().take(4);
    bytes.fold(0, |number, byte| number << 7 | u64::from(byte & 0x7f))
}

fn little(bytes: &[u8]) -> u32 {
    bytes
        .first_chunk()
        .map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// Media types of a manifest store, the one of C2PA 2.3 (Embedding manifests into ID3) and that of before.
const STORES: [&[u8]; 2] = [b"application/c2pa", b"application/x-c2pa-manifest-store"];
/// What stands before them: the name of a frame of objects, and so many bytes behind where it begins, by the version of ID3 and with
/// the length that version 4 may tell again.
const OBJECTS: [(&[u8], usize); 3] = [(b"GEOB", 11), (b"GEOB", 15), (b"GEO", 7)];
/// The most bytes of all of this.
const LONGEST_STORE: usize = 64;

/// Whether a manifest store stands before this place.
fn has_credentials(walk: &mut Walk, end: u64) -> Result<bool, Uncleanable> {
    has_at(walk, walk.at, end, LONGEST_STORE, &|piece| {
        let is_store = |at: usize| {
            let begins = |(name, before): &(&[u8], usize)| {
                let begin = at.checked_sub(*before);
                begin.is_some_and(|begin| piece[begin..].starts_with(name))
            };
            OBJECTS.iter().any(begins)
        };
        let mut stores = STORES.iter();
        stores.any(|store| memchr::memmem::find_iter(piece, store).any(is_store))
    })
}

/// Whether one of these words, all of one length, stands between two places.
fn has(walk: &mut Walk, start: u64, end: u64, words: &[&[u8]]) -> Result<bool, Uncleanable> {
    let longest = words.first().map_or(1, |word| word.len());
    has_at(walk, start, end, longest, &|piece| {
        let stands = |word: &&[u8]| memchr::memmem::find(piece, word).is_some();
        words.iter().any(stands)
    })
}

/// Whether something of so many bytes is found between two places, a piece at a time.
fn has_at(
    walk: &mut Walk,
    start: u64,
    end: u64,
    longest: usize,
    is_in: &dyn Fn(&[u8]) -> bool,
) -> Result<bool, Uncleanable> {
    walk.to(start)?;
    let mut piece = Vec::new();
    while walk.at < end {
        let length = (end - walk.at).min(1 << 16);
        piece.drain(..piece.len().saturating_sub(longest - 1));
        let read = (&mut *walk.source).take(length).read_to_end(&mut piece)?;
        if read == 0 {
            return Err(super::walk::breaks_off(walk.at));
        }
        walk.at += read as u64;
        if is_in(&piece) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Blocks of FLAC that are kept: how the sound is packed, and places in it (RFC 9639, 8.1).
const OF_FLAC: [u8; 2] = [0, 3];
const LAST: u8 = 0x80;
/// What a FLAC begins with (RFC 9639, 8.2), which no frame has but by chance of one in many millions of files.
const ANOTHER: [&[u8]; 2] = [b"fLaC\0\0\0\x22", b"fLaC\x80\0\0\x22"];
const TWO: &str = "the file has another FLAC behind the first, whose comments few programs show and which is not taken out here: save it as one, \
                   and try again";
const NAMES: [&str; 7] = [
    "",
    "FLAC padding",
    "FLAC application",
    "",
    "FLAC comments",
    "FLAC cue sheet",
    "FLAC picture",
];

/// Plans a clean copy of a FLAC.
pub(super) fn clean_flac(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    before(walk, plan)?;
    let start = walk.at;
    if walk.array()? != *b"fLaC" {
        return Err(broken("no FLAC is", start));
    }
    plan.keep(start, walk.at)?;
    let mut blocks = Vec::new();
    loop {
        let [kind, a, b, c] = walk.array()?;
        let start = walk.at;
        walk.pass(u64::from(u32::from_be_bytes([0, a, b, c])))?;
        let number = kind & !LAST;
        match OF_FLAC.contains(&number) {
            // Each stands there once.
            true if blocks.len() < OF_FLAC.len() => {
                blocks.push(([number, a, b, c], start, walk.at));
            }
            _ => plan.tell(*NAMES.get(usize::from(number)).unwrap_or(&"FLAC block")),
        }
        if kind & LAST != 0 {
            break;
        }
    }
    if blocks.first().is_none_or(|([kind, ..], _, _)| *kind != 0) {
        return Err(broken("no word on how the sound is packed is", start));
    }
    if let Some(([kind, ..], _, _)) = blocks.last_mut() {
        *kind |= LAST;
    }
    for (head, start, end) in blocks {
        plan.put(head)?;
        plan.keep(start, end)?;
    }
    let start = walk.at;
    // A frame begins with fifteen bits that are always the same (RFC 9639, 9.1).
    match walk.array()? {
        [0xff, 0xf8 | 0xf9] => {
            let end = behind(walk, start, plan)?;
            if has(walk, start, end, &ANOTHER)? {
                return Err(Uncleanable::Kind(TWO));
            }
            plan.keep(start, end)
        }
        _ => Err(broken("no sound is", start)),
    }
}

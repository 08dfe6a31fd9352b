//! The items of a list, and QuickTime's own texts.

use super::super::as_written;
use super::super::stream::{array, too_long, utf8, utf16, vec};
use super::{PLACE, Part, next, to};
use crate::Source;
use crate::field::Carried;

/// What iTunes calls its items (ffmpeg, `movenc.c`, `mov_write_ilst_tag`), without the sign `©` where one stands before it.
const NAMES: [(&[u8], &str); 14] = [
    (b"nam", "title"),
    (b"ART", "artist"),
    (b"aART", "album_artist"),
    (b"wrt", "composer"),
    (b"alb", "album"),
    (b"day", "date"),
    (b"too", "encoder"),
    (b"cmt", "comment"),
    (b"gen", "genre"),
    (b"cpy", "copyright"),
    (b"cprt", "copyright"),
    (b"lyr", "lyrics"),
    (b"desc", "description"),
    (b"ldes", "synopsis"),
];

/// Most bytes of the name of an item.
const LONGEST_NAME: u64 = 1_000;

/// Before Apple's own keys; what follows is what others call the same.
const APPLE: &str = "com.apple.quicktime.";

/// Adds the texts of an item: `data` boxes, and before these `name` where the item is of free form (`----`).
pub(super) fn read(
    source: &mut dyn Source,
    item: &Part,
    keys: &[String],
    carried: &mut Carried,
) -> Option<()> {
    let mut name = None;
    while let Some(part) = next(source, item.end) {
        match &part.name {
            b"name" if item.name == *b"----" => {
                // Its version is before it.
                let length = part.end.checked_sub(part.start + 4)?;
                array::<4>(source)?;
                let bytes = vec(source, length.min(LONGEST_NAME))?;
                name = Some(as_written(&bytes));
            }
            b"data" => {
                let (place, name) = match &name {
                    Some(name) => ("MP4 ----", name.clone()),
                    None => named(item.name, keys),
                };
                let _ = data(source, &part, place, &name, carried);
            }
            _ => {}
        }
        to(source, part.end)?;
    }
    Some(())
}

/// The place and the name of an item.
fn named(name: [u8; 4], keys: &[String]) -> (&'static str, String) {
    let number = u32::from_be_bytes(name) as usize;
    if let Some(key) = number.checked_sub(1).and_then(|at| keys.get(at)) {
        return match key.strip_prefix(APPLE) {
            Some(rest) => ("MP4 com.apple.quicktime", rest.to_owned()),
            None => (PLACE, key.clone()),
        };
    }
    (PLACE, four(&name))
}

fn four(name: &[u8; 4]) -> String {
    let short = name.strip_prefix(&[0xa9]).unwrap_or(name);
    let known = NAMES.iter().find(|(known, _)| *known == short);
    known.map_or_else(|| as_written(name), |(_, name)| (*name).to_owned())
}

/// Adds a text: what kind of value it is, a language, the value (QuickTime, Metadata, Value Atom). Only kinds of text are read.
fn data(
    source: &mut dyn Source,
    part: &Part,
    place: &'static str,
    name: &str,
    carried: &mut Carried,
) -> Option<()> {
    let length = part.end.checked_sub(part.start + 8)?;
    let [_, kind @ .., _, _, _, _] = array::<8>(source)?;
    let kind = u32::from_be_bytes([0, kind[0], kind[1], kind[2]]);
    if !matches!(kind, 0..=2) {
        return None;
    }
    if let Some(reason) = too_long(length) {
        // A value of no kind is a text or not.
        if kind != 0 {
            carried.fail(place, name, reason);
        }
        return None;
    }
    let bytes = vec(source, length)?;
    let text = match kind {
        2 => Ok(utf16(&bytes, false)),
        _ => utf8(bytes),
    };
    match text {
        Ok(text)
            if kind == 0
                && text
                    .chars()
                    .any(|char| char.is_control() && !char.is_whitespace()) => {}
        Ok(text) => carried.push(place, name, text),
        Err(_) if kind == 0 => {}
        Err(reason) => carried.fail(place, name, reason),
    }
    Some(())
}

/// Adds a text that stands in `udta` itself: its length, its language, itself (QuickTime, User Data Text Strings).
pub(super) fn read_quicktime(
    source: &mut dyn Source,
    part: &Part,
    carried: &mut Carried,
) -> Option<()> {
    let [a, b, _, _] = array::<4>(source)?;
    let length = u64::from(u16::from_be_bytes([a, b]));
    if part.start + 4 + length > part.end {
        return None;
    }
    let bytes = vec(source, length)?;
    carried.push(PLACE, four(&part.name), as_written(&bytes));
    Some(())
}

/// What 3GPP calls its texts (TS 26.244, 8.2), which are each in a box of `udta`.
const OF_PHONES: [(&[u8; 4], &str); 8] = [
    (b"titl", "title"),
    (b"dscp", "description"),
    (b"cprt", "copyright"),
    (b"perf", "performer"),
    (b"auth", "author"),
    (b"gnre", "genre"),
    (b"albm", "album"),
    (KEYWORDS, "keywords"),
];
const KEYWORDS: &[u8; 4] = b"kywd";

/// Whether a box of this name is a text of 3GPP.
pub(super) fn is_of_phones(name: &[u8; 4]) -> bool {
    OF_PHONES.iter().any(|(known, _)| *known == name)
}

/// Adds a text of 3GPP: a version and flags, a language, and UTF-8 or UTF-16 with its mark up to a zero. Words have how many there
/// are, and each its length.
pub(super) fn read_of_phones(
    source: &mut dyn Source,
    part: &Part,
    carried: &mut Carried,
) -> Option<()> {
    let (_, name) = OF_PHONES.iter().find(|(known, _)| **known == part.name)?;
    let length = part.end.checked_sub(part.start + 6)?;
    if let Some(reason) = too_long(length) {
        carried.fail(PLACE, name, reason);
        return None;
    }
    let [version, ..] = array::<6>(source)?;
    if version != 0 {
        return None;
    }
    let bytes = vec(source, length)?;
    if part.name != *KEYWORDS {
        return said(name, &bytes, carried);
    }
    let (_, mut rest) = bytes.split_first()?;
    while let Some((length, words)) = rest.split_first() {
        let (word, left) = words.split_at_checked(usize::from(*length))?;
        said(name, word, carried);
        rest = left;
    }
    Some(())
}

fn said(name: &str, bytes: &[u8], carried: &mut Carried) -> Option<()> {
    let text = match bytes {
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] => {
            let text = utf16(bytes, false);
            text.split('\0').next().unwrap_or_default().to_owned()
        }
        _ => as_written(bytes),
    };
    if !text.trim().is_empty() {
        carried.push(PLACE, name, text);
    }
    Some(())
}

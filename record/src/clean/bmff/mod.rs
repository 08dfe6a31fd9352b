//! MP4, MOV, M4A, HEIF and AVIF: boxes that tell something become free space of the same length, filled with zeros, since other
//! boxes tell the places of samples in the file (ISO/IEC 14496-12, 4.2 and 8.1.2).
//!
//! Times of creation become zero, and names of handlers empty. Samples stay as they are.

mod described;
mod items;
mod pieces;

use super::Uncleanable;
use super::over::Over;
use super::plan::Plan;
use super::sound::are_tags;
use super::walk::{Walk, broken};
use crate::carriers::mp4::is_of_media;

/// What a `uuid` begins with that holds Content Credentials (C2PA 2.3, Embedding manifests into BMFF-based assets).
const CREDENTIALS: [u8; 16] = [
    0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81,
];
/// What a `uuid` of a fragment begins with that a player needs: how samples are encrypted, and when they are (PIFF 1.1, 5.3.2;
/// MS-SSTR, 2.2.4.4 and 2.2.4.5).
const OF_FRAGMENTS: [[u8; 16]; 3] = [
    [
        0xa2, 0x39, 0x4f, 0x52, 0x5a, 0x9b, 0x4f, 0x14, 0xa2, 0x44, 0x6c, 0x42, 0x7c, 0x64, 0x8d,
        0xf4,
    ],
    [
        0x6d, 0x1d, 0x9b, 0x05, 0x42, 0xd5, 0x44, 0xe6, 0x80, 0xe2, 0x14, 0x1d, 0xaf, 0xf7, 0x57,
        0xb2,
    ],
    [
        0xd4, 0x80, 0x7e, 0xf2, 0xca, 0x39, 0x46, 0x95, 0x8e, 0x54, 0x26, 0xcb, 0x9e, 0x46, 0xa7,
        0x9f,
    ],
];

/// What is done with a box.
enum Way {
    Keep,
    Enter,
    Free,
    /// The times in it become zero.
    Times,
    /// The name in it becomes empty.
    Handler,
    /// It has so many bytes, and more tells something.
    Long(u64),
    /// It says how samples are packed, and may name a tape or a program.
    Described,
    /// It says in which files samples stand.
    Files,
    /// It says how a picture is made of items.
    Items,
    /// It is of a fragment, and needed if it is one of those that players know.
    Fragment,
    /// What it holds is packed, so that nobody here can look into it.
    Packed,
}

/// What is done with a box that stands in another, or in the file itself (ISO/IEC 14496-12, table 1; QuickTime, Movie Atoms). What is
/// not known goes.
fn way(within: &[u8; 4], name: &[u8; 4]) -> Way {
    match (within, name) {
        (FILE, b"ftyp" | b"mdat" | b"imda" | b"mfra" | b"sidx" | b"ssix" | b"styp") => Way::Keep,
        (FILE, b"moov" | b"moof") => Way::Enter,
        (FILE, b"meta") => Way::Items,
        (b"moov", b"trak") | (b"trak", b"mdia") | (b"mdia", b"minf") | (b"minf", b"stbl") => {
            Way::Enter
        }
        (b"moov", b"mvhd") | (b"trak", b"tkhd") | (b"mdia", b"mdhd") => Way::Times,
        (b"moov", b"mvex") | (b"trak", b"edts" | b"tref" | b"trgr") => Way::Enter,
        (b"mvex", b"mehd" | b"trex" | b"leva" | b"trep") | (b"edts", b"elst") => Way::Keep,
        // Each is called by how tracks belong together.
        (b"tref" | b"trgr", b"uuid" | b"udta" | b"meta" | b"free" | b"skip") => Way::Free,
        (b"tref" | b"trgr", _) => Way::Keep,
        (b"moov", b"pssh") => Way::Keep,
        (b"moov", b"cmov") => Way::Packed,
        (b"trak", b"tapt" | b"load" | b"clip" | b"matt") => Way::Keep,
        (b"mdia", b"elng") => Way::Keep,
        (b"mdia" | b"minf", b"hdlr") => Way::Handler,
        (b"minf", b"vmhd") => Way::Long(12),
        (b"minf", b"smhd") => Way::Long(8),
        (b"minf", b"hmhd" | b"nmhd" | b"sthd") => Way::Keep,
        // What all other media of QuickTime are shown by, and what texts and time codes are (Generic Media Information Atoms).
        (b"minf", b"gmhd") => Way::Enter,
        (b"gmhd", b"gmin" | b"text" | b"tmcd") => Way::Keep,
        (
            b"stbl",
            b"stts" | b"ctts" | b"cslg" | b"stsc" | b"stsz" | b"stz2" | b"stco" | b"co64" | b"stss"
            | b"stsh" | b"stps" | b"padb" | b"stdp" | b"sdtp" | b"sbgp" | b"sgpd" | b"subs"
            | b"saiz" | b"saio",
        ) => Way::Keep,
        (b"stbl", b"stsd") => Way::Described,
        (b"minf", b"dinf") => Way::Enter,
        (b"dinf", b"dref") => Way::Files,
        (b"moof", b"traf") => Way::Enter,
        (b"moof", b"mfhd" | b"pssh") => Way::Keep,
        (
            b"traf",
            b"tfhd" | b"tfdt" | b"trun" | b"sdtp" | b"sbgp" | b"sgpd" | b"subs" | b"saiz" | b"saio"
            | b"senc",
        ) => Way::Keep,
        (b"traf", b"uuid") => Way::Fragment,
        _ => Way::Free,
    }
}

/// What boxes of the file itself stand in.
const FILE: &[u8; 4] = b"file";
/// The kind of media where nobody says it.
const NO_MEDIA: [u8; 4] = [0; 4];
const OF_METADATA: &str = "the file has a track of metadata among its samples, such as places, which is not taken out here: take that track \
                           out, by a program that edits films, and try again";
const PACKED: &str = "the file keeps what it says of itself packed (cmov), which is not read here: save it as MP4, and try again";

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let mut over = Over::default();
    let mut has_media = false;
    while walk.left() >= 8 {
        let at = walk.at;
        match part(walk, FILE, walk.length, NO_MEDIA, &mut over, plan) {
            Ok(is_media) => has_media |= is_media,
            // Programs for MP3 write their tags behind it, which are no boxes.
            Err(error) => match has_media && are_tags(walk, at, plan)? {
                true => {
                    walk.to(at)?;
                    return over.finish(at, plan);
                }
                false => return Err(error),
            },
        }
    }
    if !has_media {
        return Err(broken("an end without a picture or film is", walk.at));
    }
    if walk.left() > 0 {
        plan.tell("bytes behind the end");
    }
    over.finish(walk.at, plan)
}

/// A box: where it begins, its name, where what it holds begins and ends.
struct Part {
    at: u64,
    name: [u8; 4],
    start: u64,
    end: u64,
}

/// The next box. A length of one means that eight bytes of length follow, none that it goes to the end.
fn next(walk: &mut Walk, end: u64) -> Result<Part, Uncleanable> {
    let at = walk.at;
    let [a, b, c, d, name @ ..] = walk.array::<8>()?;
    let length = match u32::from_be_bytes([a, b, c, d]) {
        0 => end - at,
        1 => u64::from_be_bytes(walk.array()?),
        length => u64::from(length),
    };
    let ends = at.checked_add(length).filter(|ends| *ends <= end);
    let ends = ends.filter(|ends| *ends >= walk.at);
    Ok(Part {
        at,
        name,
        start: walk.at,
        end: ends.ok_or_else(|| broken("a box of a wrong length is", at))?,
    })
}

/// The kind of media that the boxes up to a place describe. The walk stays where it is.
fn media(walk: &mut Walk, end: u64) -> Result<[u8; 4], Uncleanable> {
    let start = walk.at;
    let mut kind = NO_MEDIA;
    while walk.at + 8 <= end {
        let part = next(walk, end)?;
        if &part.name == b"hdlr" && part.start + 12 <= part.end {
            let [_, _, _, _, _, _, _, _, found @ ..] = walk.array::<12>()?;
            kind = found;
        }
        walk.to(part.end)?;
    }
    walk.to(start)?;
    Ok(kind)
}

/// Plans a box and goes behind it, among the boxes of this kind of media. Whether it holds or describes media. Boxes stand in each other as [`way`] has it, and so not
/// without end.
fn part(
    walk: &mut Walk,
    within: &[u8; 4],
    end: u64,
    kind: [u8; 4],
    over: &mut Over,
    plan: &mut Plan,
) -> Result<bool, Uncleanable> {
    let part = next(walk, end)?;
    let is_media = matches!(&part.name, b"moov" | b"moof");
    match way(within, &part.name) {
        Way::Keep => {}
        Way::Enter => {
            let kind = match &part.name {
                b"mdia" => media(walk, part.end)?,
                _ => kind,
            };
            while walk.at + 8 <= part.end {
                self::part(walk, &part.name, part.end, kind, over, plan)?;
            }
            over.zeros(walk.at, part.end)?;
        }
        Way::Free => free(walk, &part, over, plan)?,
        Way::Long(length) => over.zeros((part.start + length).min(part.end), part.end)?,
        Way::Times => {
            // Version and flags, then both times, of four bytes or eight.
            let [version, ..] = walk.array::<4>()?;
            let times = if version == 1 { 16 } else { 8 };
            over.zeros(walk.at, (walk.at + times).min(part.end))?;
        }
        Way::Handler => {
            let [_, _, _, _, _, _, _, _, kind @ ..] = walk.array::<12>()?;
            if within == b"mdia" && !is_of_media(kind) {
                return Err(Uncleanable::Kind(OF_METADATA));
            }
            // Who made the program that handles it, and how it is called.
            over.zeros(walk.at.min(part.end), part.end)?;
        }
        Way::Described => described::samples(walk, part.end, kind, over, plan)?,
        Way::Files => described::files(walk, part.end, over, plan)?,
        Way::Items => {
            if items::clean(walk, part.start, part.end, over, plan)? {
                walk.to(part.end)?;
                return Ok(true);
            }
            free(walk, &part, over, plan)?;
        }
        Way::Fragment => {
            if !OF_FRAGMENTS.contains(&walk.array()?) {
                free(walk, &part, over, plan)?;
            }
        }
        Way::Packed => return Err(Uncleanable::Kind(PACKED)),
    }
    walk.to(part.end)?;
    Ok(is_media)
}

/// Makes free space of a box.
fn free(walk: &mut Walk, part: &Part, over: &mut Over, plan: &mut Plan) -> Result<(), Uncleanable> {
    if &part.name == b"uuid" && part.end - part.start >= 16 {
        walk.to(part.start)?;
        plan.is_signed |= walk.array()? == CREDENTIALS;
    }
    if !matches!(&part.name, b"free" | b"skip" | b"wide") {
        let name: String = part.name.iter().copied().map(char::from).collect();
        plan.tell(format!("MP4 {}", name.trim()));
        over.put(part.at + 4, *b"free")?;
    }
    over.zeros(part.start, part.end)
}

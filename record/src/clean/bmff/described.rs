//! What a film says of its samples: the names of tapes and programs in it, and the files in which they once stood.

use super::super::Uncleanable;
use super::super::codec;
use super::super::over::Over;
use super::super::plan::Plan;
use super::super::profile;
use super::super::walk::Walk;
use super::{NO_MEDIA, Part, free, next};

/// Where the maker of the program stands behind the head of an entry, and its bytes (QuickTime, Video and Sound Sample Description).
const MAKER: u64 = 12;
const MAKER_BYTES: u64 = 4;
/// Where the name of the program that packed video stands, and its bytes (ISO/IEC 14496-12, 12.1.3). What the entry holds follows
/// four bytes behind it.
const NAME: u64 = 42;
const NAME_BYTES: u64 = 32;
const HELD_BY_VIDEO: u64 = 78;
/// The same of sound. QuickTime has more before it, which its version says.
const HELD_BY_SOUND: u64 = 28;
/// Kinds of media that are shown, and kinds of video whose entries are known where nobody says the kind of media.
const SHOWN: [&[u8; 4]; 3] = [b"vide", b"pict", b"auxv"];
const VIDEO: [&[u8; 4]; 8] = [
    b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp08", b"vp09", b"mp4v",
];
/// Names by which decoders tell what the samples are (FFmpeg, mov.c).
const ASKED_FOR: [&[u8]; 2] = [b"\x0dSorenson H263", b"\x13Planar Y'CbCr 8:2:0"];
/// What tells something within an entry, and no decoder needs.
const TOLD: [&[u8; 4]; 6] = [b"uuid", b"udta", b"meta", b"name", b"free", b"skip"];
/// Bytes of an entry of time codes before what it holds, such as the name of the tape (QuickTime, Timecode Sample Description).
const TIMECODE: u64 = 26;

pub(super) const ELSEWHERE: &str = "the file names other files in which its samples stand, which is not taken out here: save it with its samples in it, \
                         and try again";

/// Empties the names in the descriptions of samples of this kind of media.
pub(super) fn samples(
    walk: &mut Walk,
    end: u64,
    kind: [u8; 4],
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    // A version, flags and how many there are.
    walk.pass(8)?;
    while walk.at + 8 <= end {
        let entry = next(walk, end)?;
        let is_video = SHOWN.contains(&&kind) || (kind == NO_MEDIA && VIDEO.contains(&&entry.name));
        if is_video && entry.start + HELD_BY_VIDEO <= entry.end {
            maker(&entry, over)?;
            name(walk, entry.start + NAME, over)?;
            held(walk, &entry, HELD_BY_VIDEO, over, plan)?;
        }
        if &kind == b"soun" && entry.start + HELD_BY_SOUND <= entry.end {
            maker(&entry, over)?;
            walk.to(entry.start + 8)?;
            if walk.array()? == [0, 0] {
                held(walk, &entry, HELD_BY_SOUND, over, plan)?;
            }
        }
        walk.to(entry.start)?;
        if &entry.name == b"tmcd" && entry.start + TIMECODE <= entry.end {
            walk.pass(TIMECODE)?;
            while walk.at + 8 <= entry.end {
                let part = next(walk, entry.end)?;
                free(walk, &part, over, plan)?;
                walk.to(part.end)?;
            }
        }
        walk.to(entry.start)?;
        codec::clean(walk, entry.end, over, plan)?;
        walk.to(entry.end)?;
    }
    Ok(())
}

fn maker(entry: &Part, over: &mut Over) -> Result<(), Uncleanable> {
    let place = entry.start + MAKER;
    over.zeros(place, place + MAKER_BYTES)
}

/// Empties the name of a program, but for those that decoders ask for.
fn name(walk: &mut Walk, place: u64, over: &mut Over) -> Result<(), Uncleanable> {
    walk.to(place)?;
    let name = walk.vec(NAME_BYTES)?;
    let asked_for = ASKED_FOR.iter().find(|asked| name.starts_with(asked));
    let kept = asked_for.map_or(0, |asked| asked.len() as u64);
    over.zeros(place + kept, place + NAME_BYTES)
}

/// Makes free space of what an entry holds that tells something.
fn held(
    walk: &mut Walk,
    entry: &Part,
    from: u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    walk.to(entry.start + from)?;
    while walk.at + 8 <= entry.end {
        // QuickTime ends it with four zeros, and old programs with whatever they had.
        let Ok(part) = next(walk, entry.end) else {
            break;
        };
        if TOLD.contains(&&part.name) {
            free(walk, &part, over, plan)?;
        } else if &part.name == b"colr" {
            let all = part.end - part.start;
            let begin = walk.vec(all.min(profile::BOX_HEAD))?;
            walk.to(part.start + profile::read_of_box(&begin, all))?;
            if over.blank(walk, part.end)? {
                plan.tell("MP4 colr");
            }
        }
        walk.to(part.end)?;
    }
    Ok(())
}

/// Empties the names of files that are this file (ISO/IEC 14496-12, 8.7.2; QuickTime, Data Reference Atoms).
pub(super) fn files(
    walk: &mut Walk,
    end: u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    walk.pass(8)?;
    while walk.at + 8 <= end {
        let entry = next(walk, end)?;
        let [_, _, _, flags] = walk.array()?;
        if flags & 1 == 0 {
            return Err(Uncleanable::Kind(ELSEWHERE));
        }
        if walk.at < entry.end {
            plan.tell("MP4 dref");
        }
        over.zeros(walk.at, entry.end)?;
        walk.to(entry.end)?;
    }
    Ok(())
}

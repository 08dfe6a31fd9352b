//! What a film says of its samples: the names of tapes and programs in it, and the files in which they once stood.

use super::super::Uncleanable;
use super::super::codec;
use super::super::over::Over;
use super::super::plan::Plan;
use super::super::walk::Walk;
use super::{free, next};

/// Kinds of video whose decoders do not ask for the name of the program that packed it, as those of some old ones do.
const NAMED: [&[u8; 4]; 8] = [
    b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp08", b"vp09", b"mp4v",
];
/// Where that name stands behind the head of an entry, and its bytes (ISO/IEC 14496-12, 12.1.3).
const NAME: u64 = 42;
const NAME_BYTES: u64 = 32;
/// Bytes of an entry of time codes before what it holds, such as the name of the tape (QuickTime, Timecode Sample Description).
const TIMECODE: u64 = 26;

const ELSEWHERE: &str = "the file names other files in which its samples stand, which is not taken out here: save it with its samples in it, \
                         and try again";

/// Empties the names in the descriptions of samples.
pub(super) fn samples(
    walk: &mut Walk,
    end: u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    // A version, flags and how many there are.
    walk.pass(8)?;
    while walk.at + 8 <= end {
        let entry = next(walk, end)?;
        let name = entry.start + NAME;
        if NAMED.contains(&&entry.name) && name + NAME_BYTES <= entry.end {
            over.zeros(name, name + NAME_BYTES)?;
        }
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

//! Matroska and WebM: tags, attachments, titles and dates become void elements of the same length (RFC 8794, 11.3.2), since others
//! tell the places of media in the file. The names of programs, which must be there, become empty (RFC 9559, 5.1.2), and so do comments
//! in the heads of codecs.

use super::Uncleanable;
use super::codec;
use super::over::Over;
use super::plan::Plan;
use super::walk::{Walk, broken};

/// Ids of elements (RFC 9559, 5.1).
const EBML: u64 = 0x1a45_dfa3;
const SEGMENT: u64 = 0x1853_8067;
const INFO: u64 = 0x1549_a966;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK: u64 = 0xae;
const CODEC: u64 = 0x63a2;
const CLUSTER: u64 = 0x1f43_b675;
const VOID: u64 = 0xec;
const MUXING_APP: u64 = 0x4d80;
const WRITING_APP: u64 = 0x5741;

/// Where the parts are, places in the media, and chapters.
const OF_SEGMENT: [u64; 3] = [0x114d_9b74, 0x1c53_bb6b, 0x1043_a770];
/// Parts of clusters, which stand beside these where the lengths of clusters are not known.
const OF_CLUSTER: [u64; 7] = [0xe7, 0xa3, 0xa0, 0xab, 0xa7, 0xaf, 0x5854];
/// What the head of the file says: versions, lengths and the kind of document.
const OF_HEAD: [u64; 7] = [0x4286, 0x42f7, 0x42f2, 0x42f3, 0x4282, 0x4287, 0x4285];
/// Parts that stay and are made of others (RFC 9559, 5.1): clusters and groups of blocks, the places of parts, those in the media,
/// chapters, and of a track how pictures and sound are, how it is packed and made of others.
const ENTERED: [u64; 26] = [
    CLUSTER,
    0xa0,
    0x75a1,
    0xa6,
    0x8e,
    0xe8,
    0x5854,
    0x114d_9b74,
    0x4dbb,
    0x1c53_bb6b,
    0xbb,
    0xb7,
    0xdb,
    0x1043_a770,
    0x45b9,
    0xb6,
    0x80,
    0x8f,
    0x6944,
    0xe0,
    0x55b0,
    0x55d0,
    0x7670,
    0xe1,
    0x6d80,
    0xe2,
];
/// How deep these stand in each other. Chapters may stand in chapters.
const DEEPEST: usize = 16;
/// The scale of times, how long it lasts, and by which numbers other files know it.
const OF_INFO: [u64; 7] = [
    0x2a_d7b1, 0x4489, 0x73a4, 0x3c_b923, 0x3e_b923, 0x4444, 0x6924,
];
/// The names of a track and of its codec, how that was set and where it is had, attachments, and a checksum of what is overwritten.
const TOLD_OF_TRACK: [u64; 7] = [
    0x536e, 0x25_8688, 0x3a_9697, 0x3b_4040, 0x26_b240, 0x7446, CHECKSUM,
];
const CHECKSUM: u64 = 0xbf;

struct Element {
    at: u64,
    id: u64,
    start: u64,
    /// Where it ends. [`None`] where that is not known until another begins, as in what was recorded live.
    end: Option<u64>,
}

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let mut over = Over::default();
    let mut has_media = false;
    while walk.left() > 0 {
        let at = walk.at;
        match next(walk, walk.length) {
            Ok(element) if element.id == EBML && element.end.is_some() => {
                let end = element.end.unwrap_or_default();
                head(walk, end, &mut over, plan)?;
                walk.to(end)?;
            }
            Ok(element) if element.id == SEGMENT => {
                let end = element.end.unwrap_or(walk.length);
                has_media |= segment(walk, end, &mut over, plan)?;
            }
            _ if has_media => {
                plan.tell("bytes behind the end");
                return over.finish(at, plan);
            }
            Ok(_) => return Err(broken("a part that nobody here knows is", at)),
            Err(error) => return Err(error),
        }
    }
    match has_media {
        true => over.finish(walk.length, plan),
        false => Err(broken("an end without a track is", walk.length)),
    }
}

/// Plans what stands in a segment. Whether it has tracks.
fn segment(
    walk: &mut Walk,
    end: u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<bool, Uncleanable> {
    let mut has_tracks = false;
    while walk.at < end {
        let element = next(walk, end)?;
        let Some(ends) = element.end else {
            match element.id {
                CLUSTER => continue,
                _ => return Err(broken("a part without a length is", element.at)),
            }
        };
        match element.id {
            INFO => info(walk, ends, over, plan)?,
            TRACKS => {
                has_tracks = true;
                tracks(walk, ends, over, plan)?;
            }
            id if id == CLUSTER || OF_SEGMENT.contains(&id) || OF_CLUSTER.contains(&id) => {
                if ENTERED.contains(&id) {
                    filling(walk, ends, DEEPEST, over, plan)?;
                }
            }
            _ => void(&element, ends, over, plan)?,
        }
        walk.to(ends)?;
    }
    Ok(has_tracks)
}

/// Plans what the file says of how it is written (RFC 8794, 11.2).
fn head(walk: &mut Walk, end: u64, over: &mut Over, plan: &mut Plan) -> Result<(), Uncleanable> {
    while walk.at < end {
        let (element, ends) = within(walk, end)?;
        if !OF_HEAD.contains(&element.id) {
            void(&element, ends, over, plan)?;
        }
        walk.to(ends)?;
    }
    Ok(())
}

/// Overwrites what fills up within parts that stay, wherever in them it stands.
fn filling(
    walk: &mut Walk,
    end: u64,
    left: usize,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    while walk.at < end {
        let (element, ends) = within(walk, end)?;
        if element.id == VOID {
            if over.blank(walk, ends)? {
                plan.tell("Matroska element ec");
            }
        } else if ENTERED.contains(&element.id) {
            let left = left.checked_sub(1);
            let left = left.ok_or_else(|| broken("one part too deep is", element.at))?;
            filling(walk, ends, left, over, plan)?;
        }
        walk.to(ends)?;
    }
    Ok(())
}

fn info(walk: &mut Walk, end: u64, over: &mut Over, plan: &mut Plan) -> Result<(), Uncleanable> {
    while walk.at < end {
        let (element, ends) = within(walk, end)?;
        match element.id {
            MUXING_APP | WRITING_APP => over.zeros(element.start, ends)?,
            id if OF_INFO.contains(&id) => {}
            _ => void(&element, ends, over, plan)?,
        }
        walk.to(ends)?;
    }
    Ok(())
}

fn tracks(walk: &mut Walk, end: u64, over: &mut Over, plan: &mut Plan) -> Result<(), Uncleanable> {
    while walk.at < end {
        let (element, ends) = within(walk, end)?;
        if element.id != TRACK {
            void(&element, ends, over, plan)?;
            walk.to(ends)?;
            continue;
        }
        while walk.at < ends {
            let (element, ends) = within(walk, ends)?;
            if TOLD_OF_TRACK.contains(&element.id) || element.id == VOID {
                void(&element, ends, over, plan)?;
            } else if element.id == CODEC {
                codec::clean(walk, ends, over, plan)?;
            } else if ENTERED.contains(&element.id) {
                filling(walk, ends, DEEPEST, over, plan)?;
            }
            walk.to(ends)?;
        }
    }
    Ok(())
}

/// Makes an element void.
fn void(element: &Element, end: u64, over: &mut Over, plan: &mut Plan) -> Result<(), Uncleanable> {
    if element.id == VOID {
        return over.zeros(element.start, end);
    }
    if element.id != CHECKSUM {
        plan.tell(format!("Matroska element {:x}", element.id));
    }
    // An id and a length have two bytes at least.
    let length = end - element.at - 2;
    let head = match u8::try_from(length) {
        Ok(length @ ..0x7f) => vec![VOID as u8, 0x80 | length],
        _ => {
            let length = (1 << 56) | (length - 7);
            [&[VOID as u8][..], &length.to_be_bytes()].concat()
        }
    };
    let start = element.at + head.len() as u64;
    over.put(element.at, head)?;
    over.zeros(start, end)
}

/// An element whose length is known.
fn within(walk: &mut Walk, end: u64) -> Result<(Element, u64), Uncleanable> {
    let element = next(walk, end)?;
    match element.end {
        Some(ends) => Ok((element, ends)),
        None => Err(broken("a part without a length is", element.at)),
    }
}

fn next(walk: &mut Walk, end: u64) -> Result<Element, Uncleanable> {
    let at = walk.at;
    let (id, _) = number(walk, true)?;
    let (length, is_unknown) = number(walk, false)?;
    let ends = walk.at.checked_add(length).filter(|ends| *ends <= end);
    let end = match (ends, is_unknown) {
        (_, true) => None,
        (Some(ends), false) => Some(ends),
        (None, false) => return Err(broken("a part longer than what it stands in is", at)),
    };
    Ok(Element {
        at,
        id,
        start: walk.at,
        end,
    })
}

/// A number of one to eight bytes: zeros and a one before it say how many follow (RFC 8794, 4.1). Ids keep these. Whether it is a
/// length of ones alone, which says that the length is not known (6.2).
fn number(walk: &mut Walk, keeps: bool) -> Result<(u64, bool), Uncleanable> {
    let [first] = walk.array()?;
    let more = first.leading_zeros();
    if more > 7 {
        return Err(broken("no number is", walk.at - 1));
    }
    let low = first & (0x7f_u8 >> more);
    let mut value = u64::from(if keeps { first } else { low });
    for byte in walk.vec(u64::from(more))? {
        value = value << 8 | u64::from(byte);
    }
    let ones = (1_u64 << (7 * (more + 1))) - 1;
    Ok((value, !keeps && value == ones))
}

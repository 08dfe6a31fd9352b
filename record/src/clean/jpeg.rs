//! JPEG: what decodes the picture stays (ITU-T T.81, B.1.1), and of the application segments JFIF, the colour profile and Adobe's
//! word on how colours are kept. All others go, and what stands behind the end, such as a gain map or a short film.

use super::Uncleanable;
use super::plan::Plan;
use super::profile;
use super::walk::{Walk, breaks_off, broken};
use crate::carriers::exif;

const SCAN: u8 = 0xda;
const END: u8 = 0xd9;
const COMMENT: u8 = 0xfe;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP11: u8 = 0xeb;
const APP14: u8 = 0xee;

/// What JFIF says without its thumbnail (JFIF 1.02): its version, and the density of the picture.
const JFIF: &[u8] = b"JFIF\0";
const JFIF_BYTES: usize = 12;
const UNIT: usize = 7;
const EXIF: &[u8] = b"Exif\0\0";
/// A part of a colour profile (ICC.1, B.4), and the bytes before its data: this, its number from one on, and how many there are.
const PROFILE: &[u8] = b"ICC_PROFILE\0";
const BEFORE_PROFILE: usize = 14;
/// Whether colours are YCbCr or not (Adobe TN 5116, section 18), in twelve bytes.
const ADOBE: &[u8] = b"Adobe";
const ADOBE_BYTES: usize = 12;

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    if walk.array()? != [0xff, 0xd8] {
        return Err(broken("it does not begin as a JPEG does", 0));
    }
    plan.keep(0, walk.at)?;
    let mut seen = Seen::default();
    loop {
        let [mark, mut marker] = walk.array()?;
        if mark != 0xff {
            return Err(broken("no marker is", walk.at - 2));
        }
        while marker == 0xff {
            [marker] = walk.array()?;
        }
        let start = walk.at - 2;
        let length = match marker {
            END if !seen.picture => return Err(broken("an end without a picture is", start)),
            END => {
                plan.keep(start, walk.at)?;
                if walk.left() > 0 {
                    plan.tell("bytes behind the end");
                }
                return Ok(());
            }
            0x00..=0x01 | 0xd0..=0xd8 => return Err(broken("a marker out of place is", start)),
            _ => u64::from(u16::from_be_bytes(walk.array()?)),
        };
        let length = length.checked_sub(2);
        let length = length.ok_or_else(|| broken("a wrong length is", start))?;
        let end = walk.ahead(length)?;
        match marker {
            APP0..=0xef | COMMENT => segment(walk, marker, length, &mut seen, plan)?,
            SCAN => {
                seen.picture = true;
                walk.to(end)?;
                entropy(walk)?;
                plan.keep(start, walk.at)?;
                continue;
            }
            // Tables, heads of frames, intervals; 0xf0 to 0xfd are for what nobody has made.
            0xc0..=0xdf => plan.keep(start, end)?,
            _ => plan.tell(format!("JPEG segment {marker:x}")),
        }
        walk.to(end)?;
    }
}

/// What was met so far.
#[derive(Default)]
struct Seen {
    picture: bool,
    /// Whether the density stands in JFIF.
    density: bool,
    exif: bool,
    profile: Option<Profile>,
}

/// How far the colour profile is.
struct Profile {
    /// The number of the next part, and how many there are.
    next: u8,
    count: u8,
    /// How much of it is left. [`None`] where it is none.
    left: Option<u64>,
}

impl Seen {
    /// How many bytes of a part of the colour profile are kept. Each part stays, since readers count them. [`None`] where it is of no
    /// profile.
    fn profile(&mut self, data: &[u8], start: u64) -> Result<Option<usize>, Uncleanable> {
        let Some((head, part)) = data.split_at_checked(BEFORE_PROFILE) else {
            return Ok(None);
        };
        if self.profile.is_none() && head[13] > 1 && part.len() < profile::HEAD {
            return Err(broken("a colour profile in too small parts is", start));
        }
        let profile = self.profile.get_or_insert_with(|| Profile {
            next: 1,
            count: head[13],
            left: profile::length(part, u64::MAX),
        });
        if [profile.next, profile.count] != head[12..] || profile.next > profile.count {
            return Err(broken("a part of a colour profile out of place is", start));
        }
        profile.next = profile.next.saturating_add(1);
        let Some(left) = &mut profile.left else {
            return Ok(None);
        };
        let kept = (*left).min(part.len() as u64);
        *left -= kept;
        Ok(Some(BEFORE_PROFILE + kept as usize))
    }
}

/// Keeps of an application segment or a comment what belongs to the picture.
fn segment(
    walk: &mut Walk,
    marker: u8,
    length: u64,
    seen: &mut Seen,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    let start = walk.at - 4;
    let data = walk.vec(length)?;
    let name = match marker {
        COMMENT => "JPEG Comment".to_owned(),
        _ => format!("JPEG APP{}", marker - APP0),
    };
    match marker {
        APP0 if data.starts_with(JFIF) && data.len() >= JFIF_BYTES => {
            // Without a unit it is the shape of pixels (JFIF 1.02), and says nothing of their size.
            seen.density = data[UNIT] != 0;
            let kept = [&data[..JFIF_BYTES], &[0, 0]].concat();
            if kept == data {
                return plan.keep(start, walk.at);
            }
            plan.tell("JPEG thumbnail");
            return plan.put(written(APP0, &kept));
        }
        APP2 if data.starts_with(PROFILE) => match seen.profile(&data, start)? {
            Some(kept) if kept == data.len() => return plan.keep(start, walk.at),
            Some(kept) => plan.put(written(APP2, &data[..kept]))?,
            None => {}
        },
        APP14 if data.starts_with(ADOBE) && data.len() >= ADOBE_BYTES => {
            return match data.len() {
                ADOBE_BYTES => plan.keep(start, walk.at),
                _ => plan.put(written(APP14, &data[..ADOBE_BYTES])),
            };
        }
        APP1 if data.starts_with(EXIF) && !seen.exif => {
            seen.exif = true;
            if let Some(kept) = exif::minimal(data, !seen.density) {
                plan.put(written(APP1, &[EXIF, &kept].concat()))?;
            }
        }
        APP11 => plan.is_signed |= data.windows(4).any(|bytes| bytes == b"jumb"),
        _ => {}
    }
    plan.tell(name);
    Ok(())
}

/// A segment. Its data is shorter than the one that it takes the place of.
fn written(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker][..], &length, data].concat()
}

/// Passes over the data of a scan, to the marker that ends it. Within it a zero follows what looks like one, and markers that count
/// stand between its parts (T.81, B.1.1.2 and B.1.1.5).
fn entropy(walk: &mut Walk) -> Result<(), Uncleanable> {
    let mut marked = false;
    loop {
        let buffer = walk.source.fill_buf()?;
        if buffer.is_empty() {
            return Err(breaks_off(walk.at));
        }
        let mut at = 0;
        let mut ends = false;
        while at < buffer.len() && !ends {
            if marked {
                match buffer[at] {
                    0x00 | 0xd0..=0xd7 => marked = false,
                    0xff => {}
                    _ => ends = true,
                }
                at += usize::from(!ends);
                continue;
            }
            match buffer[at..].iter().position(|byte| *byte == 0xff) {
                Some(more) => {
                    at += more + 1;
                    marked = true;
                }
                None => at = buffer.len(),
            }
        }
        walk.source.consume(at);
        walk.at += at as u64;
        if ends {
            return walk.to(walk.at - 1);
        }
    }
}

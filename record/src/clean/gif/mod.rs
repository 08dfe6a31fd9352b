//! GIF: frames, how long they stand, the loop and the colour profile stay; comments, XMP and what else programs put into extensions
//! go (GIF89a, 15 and on).

mod data;

use super::Uncleanable;
use super::plan::Plan;
use super::profile::{self, LONGEST, TOO_LONG};
use super::walk::{Walk, broken};

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const END: u8 = 0x3b;
const CONTROL: u8 = 0xf9;
const COMMENT: u8 = 0xfe;
const TEXT: u8 = 0x01;
const APPLICATION: u8 = 0xff;

/// Extensions that say how often the frames are shown, and the one that holds a colour profile.
const LOOPS: [&[u8; 11]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];
const PROFILE: &[u8; 11] = b"ICCRGBG1012";
/// The one that holds Content Credentials (C2PA 2.3, Embedding manifests into GIF).
const CREDENTIALS: &[u8; 11] = b"C2PA_GIF\x01\0\0";

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let head = walk.array::<13>()?;
    walk.pass(colours(head[10]))?;
    plan.keep(0, walk.at)?;
    let mut has_picture = false;
    let mut has_profile = false;
    // What stands before a picture and tells how it is shown.
    let mut control = Control::None;
    loop {
        let start = walk.at;
        match walk.array()? {
            [IMAGE] => {
                let head = walk.array::<9>()?;
                walk.pass(colours(head[8]))?;
                control.keep(plan)?;
                plan.keep(start, walk.at)?;
                data::clean(walk, head, plan)?;
                has_picture = true;
            }
            [EXTENSION] => match walk.array()? {
                [CONTROL] => {
                    // One that stands before something else than a picture is for nothing.
                    control = Control::read(walk, start, plan)?;
                    continue;
                }
                [APPLICATION] => {
                    control.keep(plan)?;
                    application(walk, start, &mut has_profile, plan)?;
                }
                [COMMENT] => {
                    control.keep(plan)?;
                    skip(walk)?;
                    plan.tell("GIF Comment");
                }
                [kind] => {
                    skip(walk)?;
                    let name = match kind {
                        TEXT => "GIF text".to_owned(),
                        kind => format!("GIF extension {kind:x}"),
                    };
                    plan.tell(name);
                }
            },
            [END] if has_picture => {
                plan.keep(start, walk.at)?;
                if walk.left() > 0 {
                    plan.tell("bytes behind the end");
                }
                return Ok(());
            }
            _ => return Err(broken("a part that nobody here knows is", start)),
        }
        control = Control::None;
    }
}

/// How the next picture is shown (GIF89a, 23): four bytes, of which more may stand there, and no reader reads them.
enum Control {
    None,
    /// Where it stands.
    Kept(u64, u64),
    Written([u8; 8]),
}

impl Control {
    fn read(walk: &mut Walk, start: u64, plan: &mut Plan) -> Result<Self, Uncleanable> {
        let [length] = walk.array()?;
        if length == 0 {
            return Ok(Self::None);
        }
        let data = walk.vec(u64::from(length))?;
        skip(walk)?;
        if length == 4 && walk.at == start + 8 {
            return Ok(Self::Kept(start, walk.at));
        }
        plan.tell("GIF extension f9");
        Ok(match data[..] {
            [a, b, c, d, ..] => Self::Written([EXTENSION, CONTROL, 4, a, b, c, d, 0]),
            _ => Self::None,
        })
    }

    fn keep(&self, plan: &mut Plan) -> Result<(), Uncleanable> {
        match self {
            Self::None => Ok(()),
            Self::Kept(from, to) => plan.keep(*from, *to),
            Self::Written(bytes) => plan.put(*bytes),
        }
    }
}

/// Bytes of the table of colours that these flags tell of.
fn colours(flags: u8) -> u64 {
    match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    }
}

/// Passes over parts, each with its length, to the one without any.
fn skip(walk: &mut Walk) -> Result<(), Uncleanable> {
    loop {
        match walk.array()? {
            [0] => return Ok(()),
            [length] => walk.pass(u64::from(length))?,
        }
    }
}

/// Keeps a loop or a colour profile.
fn application(
    walk: &mut Walk,
    start: u64,
    has_profile: &mut bool,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    let [length] = walk.array()?;
    if length != 11 {
        walk.pass(u64::from(length))?;
        plan.tell("GIF application");
        return skip(walk);
    }
    let name = walk.array::<11>()?;
    if LOOPS.contains(&&name) {
        plan.keep(start, walk.at)?;
        return parts_of_loop(walk, plan);
    }
    if &name == PROFILE && !*has_profile {
        *has_profile = colour_profile(walk, start, plan)?;
        return Ok(());
    }
    skip(walk)?;
    plan.is_signed |= name.starts_with(&CREDENTIALS[..8]);
    plan.tell(format!(
        "GIF {}",
        String::from_utf8_lossy(&name).trim_end_matches('\0')
    ));
    Ok(())
}

/// Keeps a profile of colours without what stands behind it. What is none goes. Whether it was one.
fn colour_profile(walk: &mut Walk, start: u64, plan: &mut Plan) -> Result<bool, Uncleanable> {
    let head = walk.at;
    let mut data = Vec::new();
    loop {
        let [length] = walk.array()?;
        if length == 0 {
            break;
        }
        data.extend(walk.vec(u64::from(length))?);
        if data.len() > LONGEST {
            return Err(Uncleanable::Kind(TOO_LONG));
        }
    }
    let kept = profile::length(&data, data.len() as u64);
    if kept == Some(data.len() as u64) {
        plan.keep(start, walk.at)?;
        return Ok(true);
    }
    plan.tell("GIF ICCRGBG1012");
    let Some(kept) = kept else {
        return Ok(false);
    };
    plan.keep(start, head)?;
    let mut parts = Vec::new();
    for part in data[..kept as usize].chunks(usize::from(u8::MAX)) {
        parts.push(part.len() as u8);
        parts.extend(part);
    }
    parts.push(0);
    plan.put(parts)?;
    Ok(true)
}

/// Keeps how often it loops, and how much is to be there before it begins (Netscape's and Animator's extension).
fn parts_of_loop(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    loop {
        let start = walk.at;
        let [length] = walk.array()?;
        let kind = match length {
            0 => return plan.keep(start, walk.at),
            3 | 5 => {
                let [kind] = walk.array()?;
                walk.to(start + 1)?;
                kind
            }
            _ => 0,
        };
        walk.pass(u64::from(length))?;
        match (length, kind) {
            (3, 1) | (5, 2) => plan.keep(start, walk.at)?,
            _ => plan.tell("GIF application"),
        }
    }
}

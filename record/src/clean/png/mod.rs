//! PNG and APNG: the chunks that make the picture stay (PNG, 5.6 and 11), all others go, and so does what stands behind its packed data.

mod hidden;
mod profile;
mod stream;

use super::Uncleanable;
use super::plan::Plan;
use super::walk::{Walk, broken};
use crate::carriers::{exif, png};
use stream::{Size, Stream};

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// Most bytes of EXIF that is looked at for how the picture is turned. Such data stands at its begin.
const LONGEST_EXIF: u64 = 1 << 20;
/// Most bytes of a text in which EXIF stands in hex.
const LONGEST_PROFILE: u64 = 4 << 20;

/// What makes the picture beside its data and frames: colours, density, how it is animated, each once and with the most bytes that each has (PNG, 11). Chunks with names or
/// texts in them, such as sPLT and pCAL, are not among them, but for the name of a colour profile.
const PICTURE: [(&[u8; 4], u64); 17] = [
    (b"PLTE", 768),
    (b"tRNS", 256),
    (b"cHRM", 32),
    (b"gAMA", 4),
    (b"iCCP", u64::MAX),
    (b"sBIT", 4),
    (b"sRGB", 1),
    (b"cICP", 4),
    (b"mDCV", 24),
    (b"cLLI", 8),
    (b"mDCv", 24),
    (b"cLLi", 8),
    (b"bKGD", 6),
    (b"hIST", 512),
    (b"pHYs", 9),
    (b"sTER", 1),
    (b"acTL", 8),
];
/// What is told of bytes behind the packed data.
const BEHIND: &str = "bytes behind the pixels";

/// How far the walk is.
#[derive(Default)]
struct State {
    /// The picture's data packed again, if it hid a text.
    packed: Option<Vec<u8>>,
    size: Option<Size>,
    /// The data of the picture, and of the frame of an animation that was begun.
    picture: Option<Stream>,
    frame: Option<Stream>,
    has_pixels: bool,
    /// Chunks that are kept once.
    seen: Vec<[u8; 4]>,
}

/// A chunk: its name, where it begins, and where its data ends and it itself, behind the checksum.
struct Chunk {
    kind: [u8; 4],
    start: u64,
    data_end: u64,
    end: u64,
}

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    if walk.array()? != SIGNATURE {
        return Err(broken("it does not begin as a PNG does", 0));
    }
    plan.keep(0, walk.at)?;
    let mut state = State::default();
    loop {
        let start = walk.at;
        let [a, b, c, d, kind @ ..] = walk.array::<8>()?;
        let length = u64::from(u32::from_be_bytes([a, b, c, d]));
        let end = walk.ahead(length + 4)?;
        let chunk = Chunk {
            kind,
            start,
            data_end: end - 4,
            end,
        };
        match &kind {
            b"IHDR" if start != 8 || length != 13 => {
                return Err(broken("a wrong header is", start));
            }
            _ if start == 8 && &kind != b"IHDR" => return Err(broken("no header is", start)),
            b"IHDR" => {
                let header = walk.array()?;
                if plan.hides {
                    state.packed = hidden::without(walk, header)?;
                }
                hidden::refuse_others(walk, header)?;
                let size = Size::of(header);
                state.size = Some(size);
                state.picture = Some(Stream::of(size));
                plan.keep(start, end)?;
            }
            b"IEND" if !state.has_pixels => {
                return Err(broken("an end without a picture is", start));
            }
            b"IEND" => {
                if length > 0 {
                    plan.tell("PNG IEND");
                    plan.put(self::chunk(*b"IEND", &[]))?;
                } else {
                    plan.keep(start, end)?;
                }
                if end < walk.length {
                    plan.tell("bytes behind the end");
                }
                return Ok(());
            }
            b"IDAT" => state.pixels(walk, &chunk, plan)?,
            b"fcTL" | b"fdAT" => state.frame(walk, &chunk, plan)?,
            _ => match PICTURE.iter().find(|(known, _)| **known == kind) {
                Some((_, most)) if length <= *most && !state.seen.contains(&kind) => {
                    state.seen.push(kind);
                    match &kind {
                        b"iCCP" => profile::clean(walk, &chunk, plan)?,
                        _ => plan.keep(start, end)?,
                    }
                }
                // A small letter says that a picture can be shown without it (PNG, 5.4).
                _ if !kind.iter().all(u8::is_ascii_alphabetic) || kind[0].is_ascii_uppercase() => {
                    return Err(broken("a part that nobody here knows is", start));
                }
                _ => told(walk, &chunk, plan)?,
            },
        }
        walk.to(end)?;
    }
}

impl State {
    /// Keeps a part of the picture's data, up to where that ends.
    fn pixels(
        &mut self,
        walk: &mut Walk,
        part: &Chunk,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        self.has_pixels = true;
        match (&mut self.packed, &mut self.picture) {
            // Further chunks are parts of the same data.
            (Some(packed), _) if packed.is_empty() => Ok(()),
            (Some(packed), _) => plan.put(std::mem::take(packed)),
            (None, Some(picture)) => {
                let data = walk.at;
                let is_done = picture.is_done;
                let (used, checksum) = picture.take(walk, part.kind, part.data_end)?;
                if data + used == part.data_end && !is_done {
                    return plan.keep(part.start, part.end);
                }
                plan.tell(BEHIND);
                if used == 0 {
                    return Ok(());
                }
                // It is not longer than the chunk.
                plan.put([&(used as u32).to_be_bytes()[..], &part.kind].concat())?;
                plan.keep(data, data + used)?;
                plan.put(checksum.to_be_bytes())
            }
            (None, None) => Err(broken("no header is", part.start)),
        }
    }

    /// Keeps a frame of an animation. Its parts are counted, so that none may be left out or made shorter.
    fn frame(&mut self, walk: &mut Walk, part: &Chunk, plan: &mut Plan) -> Result<(), Uncleanable> {
        if &part.kind == b"fcTL" {
            let [_, _, _, _, a, b, c, d, e, f, g, h] = walk.array()?;
            let size = self.size.filter(|_| part.data_end == part.start + 8 + 26);
            let size = size.ok_or_else(|| broken("a wrong frame is", part.start))?;
            let size = Size {
                width: u32::from_be_bytes([a, b, c, d]),
                height: u32::from_be_bytes([e, f, g, h]),
                ..size
            };
            match &mut self.frame {
                Some(frame) => frame.begin(size),
                None => self.frame = Some(Stream::of(size)),
            }
            return plan.keep(part.start, part.end);
        }
        let data = walk.ahead(4)?;
        walk.to(data)?;
        let frame = self.frame.as_mut();
        let frame = frame.ok_or_else(|| broken("data of no frame is", part.start))?;
        let (used, _) = frame.take(walk, part.kind, part.data_end)?;
        match data + used == part.data_end {
            true => plan.keep(part.start, part.end),
            false => Err(broken("data that no frame shows is", data + used)),
        }
    }
}

/// Leaves out a chunk that tells something, but how the picture is turned.
fn told(walk: &mut Walk, part: &Chunk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let length = part.data_end - walk.at;
    match &part.kind {
        b"eXIf" => {
            let data = walk.vec(length.min(LONGEST_EXIF))?;
            if let Some(turned) = exif::minimal(data, false) {
                plan.put(chunk(part.kind, &turned))?;
            }
        }
        // Programs that look for it here do not look there, and the other way round.
        b"tEXt" | b"zTXt" if length <= LONGEST_PROFILE => {
            let data = walk.vec(length)?;
            if let Some(turned) = png::turned(&part.kind, &data) {
                plan.put(chunk(*b"tEXt", &turned))?;
            }
        }
        _ => {}
    }
    plan.is_signed |= &part.kind == b"caBX";
    plan.tell(format!("PNG {}", String::from_utf8_lossy(&part.kind)));
    Ok(())
}

/// A chunk with its checksum.
fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&kind[..], data].concat();
    let length = (data.len() as u32).to_be_bytes();
    let checksum = crc32fast::hash(&named).to_be_bytes();
    [&length[..], &named, &checksum].concat()
}

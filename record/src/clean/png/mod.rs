//! PNG and APNG: the chunks that make the picture stay (PNG, 5.6 and 11), all others go.

mod hidden;

use super::Uncleanable;
use super::plan::Plan;
use super::walk::{Walk, broken};
use crate::carriers::exif;

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// Most bytes of EXIF that is looked at for how the picture is turned. Such data stands at its begin.
const LONGEST_EXIF: u64 = 1 << 20;

/// What makes the picture: its data, colours, density and frames. Chunks with names or texts in them, such as sPLT and pCAL, are
/// not among them, but for the name of a colour profile.
const PICTURE: [&[u8; 4]; 22] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"mDCv", b"cLLi", b"bKGD", b"hIST", b"pHYs", b"sTER", b"acTL",
    b"fcTL", b"fdAT",
];

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    if walk.array()? != SIGNATURE {
        return Err(broken("it does not begin as a PNG does", 0));
    }
    plan.keep(0, walk.at)?;
    let mut packed = None;
    let mut has_pixels = false;
    loop {
        let start = walk.at;
        let [a, b, c, d, kind @ ..] = walk.array::<8>()?;
        let length = u64::from(u32::from_be_bytes([a, b, c, d]));
        let end = walk.ahead(length + 4)?;
        match &kind {
            b"IHDR" if start != 8 || length != 13 => {
                return Err(broken("a wrong header is", start));
            }
            _ if start == 8 && &kind != b"IHDR" => return Err(broken("no header is", start)),
            b"IHDR" => {
                let header = walk.array()?;
                if plan.hides {
                    packed = hidden::without(walk, header)?;
                }
                hidden::refuse_others(walk, header)?;
                plan.keep(start, end)?;
            }
            b"IDAT" => {
                match &mut packed {
                    None => plan.keep(start, end)?,
                    // Further chunks are parts of the same data.
                    Some(packed) if packed.is_empty() => {}
                    Some(packed) => plan.put(std::mem::take(packed))?,
                }
                has_pixels = true;
            }
            b"IEND" if !has_pixels => return Err(broken("an end without a picture is", start)),
            b"IEND" => {
                plan.keep(start, end)?;
                if end < walk.length {
                    plan.tell("bytes behind the end");
                }
                return Ok(());
            }
            _ if PICTURE.contains(&&kind) => plan.keep(start, end)?,
            // A small letter says that a picture can be shown without it (PNG, 5.4).
            _ if !kind.iter().all(u8::is_ascii_alphabetic) || kind[0].is_ascii_uppercase() => {
                return Err(broken("a part that nobody here knows is", start));
            }
            _ => {
                if &kind == b"eXIf" {
                    let data = walk.vec(length.min(LONGEST_EXIF))?;
                    if let Some(turned) = exif::minimal(data, false) {
                        plan.put(chunk(*b"eXIf", &turned))?;
                    }
                }
                plan.is_signed |= &kind == b"caBX";
                plan.tell(format!("PNG {}", String::from_utf8_lossy(&kind)));
            }
        }
        walk.to(end)?;
    }
}

/// A chunk with its checksum.
fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&kind[..], data].concat();
    let length = (data.len() as u32).to_be_bytes();
    let checksum = crc32fast::hash(&named).to_be_bytes();
    [&length[..], &named, &checksum].concat()
}

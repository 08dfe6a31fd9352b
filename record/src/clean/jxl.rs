//! JPEG XL in boxes (ISO 18181-2, 9): those of the picture stay, all others go, also the one from which the JPEG can be made again
//! that it was made of, since that one holds all that the JPEG told.

use super::Uncleanable;
use super::plan::Plan;
use super::walk::{Walk, broken};

const SIGNATURE: [u8; 12] = *b"\0\0\0\x0cJXL \x0d\x0a\x87\x0a";
const PICTURE: [&[u8; 4]; 5] = [b"ftyp", b"jxll", b"jxli", b"jxlc", b"jxlp"];

const BARE: &str = "the file is JPEG XL without boxes, in which nobody here knows where the picture ends: save it in boxes, or publish it as it \
                    is, since such a file has no place for texts";

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    if walk.left() < 12 || walk.array()? != SIGNATURE {
        return Err(Uncleanable::Kind(BARE));
    }
    plan.keep(0, walk.at)?;
    let mut has_picture = false;
    while walk.left() > 0 {
        let start = walk.at;
        let [a, b, c, d, kind @ ..] = walk.array::<8>()?;
        let length = match u32::from_be_bytes([a, b, c, d]) {
            0 => walk.length - start,
            1 => u64::from_be_bytes(walk.array()?),
            length => u64::from(length),
        };
        let end = start.checked_add(length).filter(|end| *end >= walk.at);
        let end = end.ok_or_else(|| broken("a box of a wrong length is", start))?;
        if end > walk.length {
            return Err(super::walk::breaks_off(walk.length));
        }
        match PICTURE.contains(&&kind) {
            true => plan.keep(start, end)?,
            false => {
                plan.is_signed |= &kind == b"jumb";
                plan.tell(format!("JPEG XL {}", String::from_utf8_lossy(&kind).trim()));
            }
        }
        has_picture |= matches!(&kind, b"jxlc" | b"jxlp");
        walk.to(end)?;
    }
    match has_picture {
        true => Ok(()),
        false => Err(broken("an end without a picture is", walk.length)),
    }
}

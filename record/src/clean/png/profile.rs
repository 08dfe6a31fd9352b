//! The profile of colours of a PNG: a name, a method, and the profile, packed (PNG, 11.3.2.3).

use super::super::Uncleanable;
use super::super::plan::Plan;
use super::super::profile::{self, LONGEST, TOO_LONG};
use super::super::walk::{Walk, broken};
use super::{Chunk, chunk};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// Most bytes of the name.
const LONGEST_NAME: usize = 79;
const LEVEL: u8 = 6;

/// Keeps the profile without what stands behind it, packed or not. What is none goes.
pub(super) fn clean(walk: &mut Walk, part: &Chunk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let length = part.data_end - walk.at;
    if length > LONGEST as u64 {
        return Err(Uncleanable::Kind(TOO_LONG));
    }
    let data = walk.vec(length)?;
    let instead = match kept(&data, part.start)? {
        Some(kept) if kept == data => return plan.keep(part.start, part.end),
        kept => kept,
    };
    plan.tell("PNG iCCP");
    match instead {
        Some(kept) => plan.put(chunk(part.kind, &kept)),
        None => Ok(()),
    }
}

/// What is kept of the data of the chunk that stands there. [`None`] where it is no profile.
fn kept(data: &[u8], start: u64) -> Result<Option<Vec<u8>>, Uncleanable> {
    let name = data.iter().take(LONGEST_NAME + 1).position(|it| *it == 0);
    let Some((head, packed)) = name.and_then(|name| data.split_at_checked(name + 2)) else {
        return Ok(None);
    };
    let mut all = vec![0; LONGEST];
    let flags = inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER
        | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut inflating = Box::<DecompressorOxide>::default();
    let (status, used, unpacked) = decompress(&mut inflating, packed, &mut all, 0, flags);
    if status == TINFLStatus::HasMoreOutput {
        return Err(Uncleanable::Kind(TOO_LONG));
    }
    let Some(length) = profile::length(&all, u64::MAX) else {
        return Ok(None);
    };
    // Programs use one that is whole though its packing breaks off, or lacks the sum at its end.
    let is_whole = matches!(status, TINFLStatus::Done | TINFLStatus::Adler32Mismatch);
    if !is_whole && length > unpacked as u64 {
        return Err(broken("a colour profile that breaks off is", start));
    }
    let length = length.min(unpacked as u64) as usize;
    Ok(Some(match is_whole && length == unpacked {
        true => [head, &packed[..used]].concat(),
        false => [head, &compress_to_vec_zlib(&all[..length], LEVEL)].concat(),
    }))
}

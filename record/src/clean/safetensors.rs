//! safetensors: `__metadata__` keeps `format`, without which programs do not load the model, and nothing else. The header is filled up
//! with spaces to the length that it had, so that no tensor moves.

use super::Uncleanable;
use super::over::Over;
use super::plan::Plan;
use super::walk::{Walk, broken};
use crate::carriers::safetensors::{LONGEST_HEADER, METADATA, Scan, name_of};
use serde_json::Value;
use std::io::{BufRead, Read as _};

/// The member that says for which library the tensors are.
pub(super) const FORMAT: &str = "format";
/// Most bytes of it with its quotes. It is `pt`, `np` and the like.
const LONGEST: usize = 16;
/// Most bytes of what says where a tensor is and which shape it has.
const LONGEST_TENSOR: usize = 4_096;

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    let length = u64::from_le_bytes(walk.array()?);
    let start = walk.at;
    let end = walk.ahead(length)?;
    if length > LONGEST_HEADER {
        return Err(broken("too long a header is", 0));
    }
    let mut over = Over::default();
    let mut header = (&mut *walk.source).take(length);
    let mut scan = Scan::of(&mut header);
    let mut tensors = 0;
    while let Some(name) = scan.name() {
        if name_of(&name) == METADATA {
            metadata(&mut scan, start, &mut over, plan)?;
        } else {
            tensors = tensors.max(tensor(&mut scan)?);
        }
    }
    if !scan.leave() {
        return Err(breaks_off());
    }
    walk.source.seek(std::io::SeekFrom::Start(end))?;
    walk.at = end;
    let end = walk.ahead(tensors)?;
    if end < walk.length {
        plan.tell("bytes behind the end");
    }
    over.finish(end, plan)
}

fn breaks_off() -> Uncleanable {
    broken("a header that breaks off is", 8)
}

/// Where a tensor ends, behind the header.
fn tensor(scan: &mut Scan<impl BufRead>) -> Result<u64, Uncleanable> {
    let value = scan.value(LONGEST_TENSOR).ok_or_else(breaks_off)?;
    let value: Option<Value> = value.and_then(|value| serde_json::from_slice(&value).ok());
    let end = value.and_then(|value| value.get("data_offsets")?.get(1)?.as_u64());
    end.ok_or_else(|| broken("a tensor without a place is told of", 8))
}

/// Leaves of the metadata the format alone.
fn metadata(
    scan: &mut Scan<impl BufRead>,
    start: u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<(), Uncleanable> {
    if !scan.enter().ok_or_else(breaks_off)? {
        return Err(broken("metadata that is no object is told of", 8));
    }
    let begin = start + scan.taken();
    let mut kept = Vec::new();
    let mut others = false;
    while let Some(name) = scan.name() {
        let value = scan.value(LONGEST).ok_or_else(breaks_off)?;
        let format = value.filter(|value| name_of(&name) == FORMAT && is_word(value));
        match format {
            Some(value) if kept.is_empty() => {
                kept = [&b"\"format\":"[..], value.trim_ascii()].concat();
            }
            _ => others = true,
        }
    }
    if !scan.leave() {
        return Err(breaks_off());
    }
    let end = start + scan.taken();
    if others {
        plan.tell("safetensors __metadata__");
        let instead = [b"{", &kept[..], b"}"].concat();
        let filled = begin + instead.len() as u64;
        if filled > end {
            return Err(breaks_off());
        }
        over.put(begin, instead)?;
        over.spaces(filled, end)?;
    }
    Ok(())
}

/// Whether a value is a word in quotes.
fn is_word(value: &[u8]) -> bool {
    let word = value.trim_ascii().strip_prefix(b"\"");
    let word = word.and_then(|word| word.strip_suffix(b"\""));
    word.is_some_and(|word| word.iter().all(u8::is_ascii_alphanumeric))
}

//! safetensors: `__metadata__` keeps `format`, without which programs do not load the model, and nothing else. The header is filled up
//! with spaces to the length that it had, so that no tensor moves.

use super::Uncleanable;
use super::over::Over;
use super::plan::Plan;
use super::walk::{Walk, broken};
use crate::carriers::safetensors::{LONGEST_HEADER, METADATA, Scan, name_of};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{BufRead, Read as _};

/// The member that says for which library the tensors are.
pub(super) const FORMAT: &str = "format";
/// Most bytes of it with its quotes. It is `pt`, `np` and the like.
const LONGEST: usize = 16;
/// Most bytes of what says where a tensor is and which shape it has.
const LONGEST_TENSOR: usize = 4_096;
/// Members of a tensor.
const MEMBERS: usize = 3;
/// The libraries that are named so (transformers, `modeling_utils.py`; MLX; safetensors' own).
const FORMATS: [&str; 7] = ["pt", "tf", "flax", "np", "mlx", "jax", "paddle"];

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
    let mut places = Vec::new();
    while let Some(name) = scan.name() {
        if name_of(&name) == METADATA {
            metadata(&mut scan, start, &mut over, plan)?;
        } else {
            places.push(tensor(&mut scan, start, &mut over, plan)?);
        }
    }
    if !scan.leave() {
        return Err(breaks_off());
    }
    // What fills it up are spaces, and tensors stand one behind the other (safetensors, Format).
    loop {
        let behind = header.fill_buf()?;
        if !behind.trim_ascii().is_empty() {
            return Err(broken("a header with something behind it is", 8));
        }
        match behind.len() {
            0 => break,
            length => header.consume(length),
        }
    }
    places.sort_unstable();
    let mut tensors = 0;
    for [begins, ends] in places {
        if begins != tensors || ends < begins {
            return Err(broken(
                "a place between tensors, or in two of them, is",
                end,
            ));
        }
        tensors = ends;
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

/// What programs read of a tensor (safetensors, `TensorInfo`).
#[derive(Deserialize, Serialize)]
struct Tensor {
    dtype: String,
    shape: Vec<u64>,
    data_offsets: [u64; 2],
}

/// Where a tensor begins and ends, behind the header. What programs pass over of it is left out.
fn tensor(
    scan: &mut Scan<impl BufRead>,
    start: u64,
    over: &mut Over,
    plan: &mut Plan,
) -> Result<[u64; 2], Uncleanable> {
    let without = || broken("a tensor without a kind, a shape and a place is told of", 8);
    let begin = start + scan.taken();
    let value = scan.value(LONGEST_TENSOR).ok_or_else(breaks_off)?;
    let end = start + scan.taken();
    let value = value.ok_or_else(without)?;
    let all: Value = serde_json::from_slice(&value).map_err(|_| without())?;
    let members = all.as_object().map_or(0, |members| members.len());
    let tensor: Tensor = serde_json::from_value(all).map_err(|_| without())?;
    if !tensor.fits() {
        return Err(without());
    }
    // One that is there twice has no more members.
    let names = value.iter().filter(|byte| **byte == b':').count();
    if members > MEMBERS || names > MEMBERS {
        plan.tell("safetensors tensors");
        let instead = serde_json::to_vec(&tensor).map_err(|_| without())?;
        let filled = begin + instead.len() as u64;
        if filled > end {
            return Err(without());
        }
        over.put(begin, instead)?;
        over.fill(b' ', filled, end)?;
    }
    Ok(tensor.data_offsets)
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
        let format = value.filter(|value| name_of(&name) == FORMAT && is_library(value));
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
        over.fill(b' ', filled, end)?;
    }
    Ok(())
}

/// Whether a value is the name of a library in quotes.
fn is_library(value: &[u8]) -> bool {
    let word = value.trim_ascii().strip_prefix(b"\"");
    let word = word.and_then(|word| word.strip_suffix(b"\""));
    word.is_some_and(|word| is_format(&String::from_utf8_lossy(word)))
}

/// Whether a library is named so.
pub(super) fn is_format(name: &str) -> bool {
    FORMATS.contains(&name)
}

/// Kinds of numbers, and bits of one (safetensors, `Dtype`).
const KINDS: [(&str, u64); 22] = [
    ("BOOL", 8),
    ("F4", 4),
    ("F6_E2M3", 6),
    ("F6_E3M2", 6),
    ("U8", 8),
    ("I8", 8),
    ("F8_E5M2", 8),
    ("F8_E4M3", 8),
    ("F8_E8M0", 8),
    ("F8_E4M3FNUZ", 8),
    ("F8_E5M2FNUZ", 8),
    ("I16", 16),
    ("U16", 16),
    ("F16", 16),
    ("BF16", 16),
    ("I32", 32),
    ("U32", 32),
    ("F32", 32),
    ("C64", 64),
    ("F64", 64),
    ("I64", 64),
    ("U64", 64),
];

impl Tensor {
    /// Whether it is of a kind that is known, and as long as its shape.
    fn fits(&self) -> bool {
        let [begins, ends] = self.data_offsets;
        let kind = KINDS.iter().find(|(kind, _)| *kind == self.dtype);
        let bits = kind.and_then(|(_, bits)| {
            let mut sides = self.shape.iter();
            sides.try_fold(*bits, |all, side| all.checked_mul(*side))
        });
        let length = ends.checked_sub(begins);
        bits.is_some_and(|bits| bits % 8 == 0 && length == Some(bits / 8))
    }
}

//! GGUF: the keys and values before the tensors (ggml, `docs/gguf.md`), texts and numbers.
//!
//! Lists are passed over, of which the words of a model are the longest, but for lists of texts about the model itself.

use super::stream::{array, pass, too_long, utf8, vec};
use crate::Source;
use crate::field::Carried;
use serde_json::Value;

const PLACE: &str = "GGUF";
pub(super) const MAGIC: &[u8] = b"GGUF";

/// What keys about the model itself begin with.
const GENERAL: &str = "general.";
/// Most bytes of a key: the format allows 65,535.
const LONGEST_KEY: u64 = 65_535;
/// Most texts of a list that is read.
const MOST: u64 = 1_000;
/// Most bytes of such a list. Real ones have some hundred.
const LONGEST_LIST: u64 = 1 << 20;
/// How deep lists may stand in lists. No program writes one.
const DEEPEST: usize = 4;

/// The kinds of values.
const TEXT: u32 = 8;
const LIST: u32 = 9;

/// The version decides how wide lengths are.
#[derive(Clone, Copy)]
struct Version(u32);

/// Adds the values of a file.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let _ = values(source, carried);
}

fn values(source: &mut dyn Source, carried: &mut Carried) -> Option<()> {
    source.rewind().ok()?;
    array::<4>(source)?;
    let version = match u32::from_le_bytes(array(source)?) {
        version @ 1..=3 => Version(version),
        // Files for other machines have it the other way round.
        _ => return None,
    };
    version.length(source)?;
    let count = version.length(source)?;
    for _ in 0..count {
        let length = version.length(source)?;
        if length > LONGEST_KEY {
            return None;
        }
        let key = String::from_utf8_lossy(&vec(source, length)?).into_owned();
        let kind = u32::from_le_bytes(array(source)?);
        match kind {
            TEXT => {
                let length = version.length(source)?;
                match too_long(length) {
                    Some(reason) => {
                        carried.fail(PLACE, &key, reason);
                        pass(source, length)?;
                    }
                    None => match utf8(vec(source, length)?) {
                        Ok(text) => carried.push(PLACE, key, text),
                        Err(reason) => carried.fail(PLACE, &key, reason),
                    },
                }
            }
            LIST => match list(source, version, key.starts_with(GENERAL), DEEPEST)? {
                List::Texts(texts) => {
                    carried.push(PLACE, key, Value::from(texts).to_string());
                }
                List::TooLong => carried.fail(PLACE, &key, too_long_list()),
                List::Passed => {}
            },
            _ => carried.push(PLACE, key, number(source, kind)?),
        }
    }
    Some(())
}

impl Version {
    fn length(self, source: &mut dyn Source) -> Option<u64> {
        match self.0 {
            1 => array(source).map(|bytes| u64::from(u32::from_le_bytes(bytes))),
            _ => array(source).map(u64::from_le_bytes),
        }
    }
}

/// What is read of a list.
enum List {
    Texts(Vec<String>),
    /// It is wanted, and has more or longer texts than are read.
    TooLong,
    /// Nobody asked for it, or it is no list of texts.
    Passed,
}

fn too_long_list() -> String {
    format!("it has more than {MOST} texts, or than {LONGEST_LIST} bytes of them")
}

/// Passes a list; its texts, if it is one of texts and is wanted.
fn list(source: &mut dyn Source, version: Version, is_wanted: bool, left: usize) -> Option<List> {
    let left = left.checked_sub(1)?;
    let kind = u32::from_le_bytes(array(source)?);
    let count = version.length(source)?;
    match kind {
        TEXT => {
            let mut texts = (is_wanted && count <= MOST).then(Vec::new);
            let mut bytes = 0;
            for _ in 0..count {
                let length = version.length(source)?;
                bytes = length.saturating_add(bytes);
                match &mut texts {
                    Some(texts) if bytes <= LONGEST_LIST => {
                        let text = vec(source, length)?;
                        texts.push(String::from_utf8_lossy(&text).into_owned());
                    }
                    _ => {
                        texts = None;
                        pass(source, length)?;
                    }
                }
            }
            Some(match texts {
                Some(texts) => List::Texts(texts),
                None if is_wanted => List::TooLong,
                None => List::Passed,
            })
        }
        LIST => {
            for _ in 0..count {
                list(source, version, false, left)?;
            }
            Some(List::Passed)
        }
        _ => {
            pass(source, width(kind)?.checked_mul(count)?)?;
            Some(List::Passed)
        }
    }
}

/// Bytes of a number by its kind.
fn width(kind: u32) -> Option<u64> {
    match kind {
        0 | 1 | 7 => Some(1),
        2 | 3 => Some(2),
        4..=6 => Some(4),
        10..=12 => Some(8),
        _ => None,
    }
}

/// A number or a truth as it is printed.
fn number(source: &mut dyn Source, kind: u32) -> Option<String> {
    Some(match kind {
        0 => u8::from_le_bytes(array(source)?).to_string(),
        1 => i8::from_le_bytes(array(source)?).to_string(),
        2 => u16::from_le_bytes(array(source)?).to_string(),
        3 => i16::from_le_bytes(array(source)?).to_string(),
        4 => u32::from_le_bytes(array(source)?).to_string(),
        5 => i32::from_le_bytes(array(source)?).to_string(),
        6 => f32::from_le_bytes(array(source)?).to_string(),
        7 => (array::<1>(source)? != [0]).to_string(),
        10 => u64::from_le_bytes(array(source)?).to_string(),
        11 => i64::from_le_bytes(array(source)?).to_string(),
        12 => f64::from_le_bytes(array(source)?).to_string(),
        _ => return None,
    })
}

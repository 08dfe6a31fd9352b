//! safetensors: the texts of `__metadata__`, which stands in the header beside the tensors' places.
//!
//! A header is eight bytes of length and JSON, of 100 MB at most (safetensors, `MAX_HEADER_SIZE`). It is read byte by byte, and only
//! the metadata is kept.

mod scan;

use super::{LONGEST_TEXT, stream};
use crate::Source;
use crate::field::Carried;
use crate::json;
pub(crate) use scan::Scan;
use serde_json::Value;
use std::io::{Read as _, SeekFrom};

const PLACE: &str = "safetensors";
pub(crate) const METADATA: &str = "__metadata__";
pub(crate) const LONGEST_HEADER: u64 = 100_000_000;

/// Whether a file that begins so is of this kind: a length that may be, and the start of an object.
pub(crate) fn is(head: &[u8]) -> bool {
    let length = head.first_chunk().map(|length| u64::from_le_bytes(*length));
    length.is_some_and(|length| (2..=LONGEST_HEADER).contains(&length))
        && matches!(
            head.get(8..10),
            Some([b'{', b'"' | b'}' | b' ' | b'\n' | b'\r' | b'\t'])
        )
}

/// Adds the texts of a file.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let _ = metadata(source, carried);
}

fn metadata(source: &mut dyn Source, carried: &mut Carried) -> Option<()> {
    source.seek(SeekFrom::Start(0)).ok()?;
    let length = u64::from_le_bytes(stream::array(source)?);
    let mut header = source.take(length);
    let mut scan = Scan::of(&mut header);
    while name_of(&scan.name()?) != METADATA {
        scan.value(0)?;
    }
    if !scan.enter()? {
        carried.fail(PLACE, METADATA, "it is no JSON object");
        return None;
    }
    loop {
        let name = name_of(&scan.name()?);
        match scan.value(LONGEST_TEXT)? {
            None => carried.fail(
                PLACE,
                &name,
                format!("it has more than {LONGEST_TEXT} bytes"),
            ),
            Some(value) => match text(value) {
                Some(text) => carried.push(PLACE, name, text),
                None => carried.fail(PLACE, &name, "it is no JSON"),
            },
        }
    }
}

/// The name that stands between quotes.
pub(crate) fn name_of(name: &[u8]) -> String {
    text([b"\"", name, b"\""].concat()).unwrap_or_default()
}

/// The text that a value is. Values that are no strings break the rules of the format and are written all the same.
fn text(value: Vec<u8>) -> Option<String> {
    let value = String::from_utf8(value).ok()?;
    if let Ok(text) = serde_json::from_str(&value) {
        return Some(text);
    }
    match json::parse(&value).ok()? {
        Value::String(text) => Some(text),
        _ => Some(value.trim().to_owned()),
    }
}

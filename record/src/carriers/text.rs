//! A text that is a file of its own: JSON, or prompts and settings as AUTOMATIC1111's web UI saves them beside a picture.
//!
//! Prose about pictures, training captions and programs hold the same words, and none of them says how it was made itself. So a
//! text is a field only if it is one JSON object, or if its last line and no other begins with steps.

use super::{LONGEST_TEXT, stream};
use crate::Source;
use crate::field::{Carried, WHOLE};
use std::borrow::Cow;
use std::io::{Read as _, SeekFrom};

const PLACE: &str = "file";
const STEPS: &str = "Steps: ";
/// What the settings before a text are called.
pub(crate) const FRONT: &str = "front matter";
/// Most bytes that they may have.
const LONGEST_FRONT: usize = 1 << 18;

/// Adds the text of a file that is one.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let _ = whole(source, carried);
}

fn whole(source: &mut dyn Source, carried: &mut Carried) -> Option<()> {
    source.seek(SeekFrom::Start(0)).ok()?;
    let mut bytes = Vec::new();
    let most = LONGEST_TEXT as u64 + 1;
    (&mut *source).take(most).read_to_end(&mut bytes).ok()?;
    match stream::too_long(bytes.len() as u64) {
        // Files of any kind are that long.
        Some(reason) if bytes.trim_ascii_start().starts_with(b"{") => {
            carried.fail(PLACE, WHOLE, reason);
        }
        Some(_) => {}
        None => add_own(&bytes, carried),
    }
    Some(())
}

/// Adds a text if it is of a form that is known, or else what stands before it between lines of dashes: whoever put that there
/// wrote the rest too, so that it is not what a program saved.
fn add_own(bytes: &[u8], carried: &mut Carried) {
    let Some(text) = text(bytes) else {
        return;
    };
    match front(&text) {
        Some(front) if front.len() > LONGEST_FRONT => {
            let reason = format!("it has more than {LONGEST_FRONT} bytes");
            carried.fail(PLACE, FRONT, reason);
        }
        Some(front) => carried.push(PLACE, FRONT, front.to_owned()),
        None if is_known(&text) => carried.push(PLACE, WHOLE, text),
        None => {}
    }
}

/// Adds a text that stands beside a file, if it is of a form that is known. Settings before a text are about that text.
pub(crate) fn add_beside(bytes: &[u8], place: Cow<'static, str>, carried: &mut Carried) {
    let text = text(bytes).filter(|text| front(text).is_none() && is_known(text));
    if let Some(text) = text {
        carried.push(place, WHOLE, text);
    }
}

/// What stands between the first line, which is three dashes, and the next that is, or is three dots. Prose after it is none of it.
fn front(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("---")?.trim_start_matches([' ', '\t']);
    let ends = ["\r\n", "\n", "\r"];
    let rest = ends.iter().find_map(|end| rest.strip_prefix(end))?;
    let mut end = 0;
    for line in rest.split_inclusive(['\n', '\r']) {
        if ["---", "..."].contains(&line.trim_end()) {
            return Some(&rest[..end]).filter(|front| !front.trim().is_empty());
        }
        end += line.len();
    }
    None
}

/// UTF-8, or UTF-16 with its mark, as editors of Windows save it.
pub(crate) fn text(bytes: &[u8]) -> Option<String> {
    if stream::too_long(bytes.len() as u64).is_some() {
        return None;
    }
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes {
        return Some(stream::utf16(bytes, true));
    }
    let text = str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

fn is_known(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with('{') {
        return text.ends_with('}');
    }
    let mut lines = text.lines().rev();
    let begins = |line: &str| line.trim_start().starts_with(STEPS);
    lines.next().is_some_and(begins) && !lines.any(begins) && !text.contains("```")
}

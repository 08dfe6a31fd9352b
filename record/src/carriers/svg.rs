//! SVG: titles, descriptions, comments and metadata. Nothing in it is drawn, fetched or replaced.

use super::LONGEST_TEXT;
use super::xmp::{Properties, reader};
use crate::Source;
use crate::field::Carried;
use quick_xml::events::Event;
use std::io::Read as _;

const PLACE: &str = "SVG";
/// Most bytes that are looked at. Texts stand before the picture; what stands behind is often a picture in letters.
const LONGEST: usize = 2 * LONGEST_TEXT;

/// Whether letters have two bytes: by their mark, or the zero in that with which XML begins (XML 1.0, appendix F).
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..]
    )
}

/// Adds the texts of an SVG.
pub(super) fn read(source: &mut dyn Source, carried: &mut Carried) {
    let mut bytes = Vec::new();
    if (&mut *source)
        .take(LONGEST as u64)
        .read_to_end(&mut bytes)
        .is_err()
    {
        return;
    }
    let is_cut = bytes.len() == LONGEST;
    if is_utf16(&bytes) {
        bytes = super::stream::utf16(&bytes, bytes[0] != 0).into_bytes();
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        // A letter may break off at the end.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return carried.fail(PLACE, "file", "it is not UTF-8"),
    };
    let mut reader = reader(text);
    let mut texts = Texts::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => texts.take(&event, carried),
            Err(error) => return carried.fail(PLACE, "file", error),
        }
    }
    if is_cut {
        carried.fail(
            PLACE,
            "file",
            format!("only {LONGEST} bytes of it are looked at"),
        );
    }
}

/// Elements whose texts are read (SVG 2, 5.7 and 5.8).
const TEXTS: [&str; 3] = ["title", "desc", "metadata"];

/// The texts of the element that is open.
#[derive(Default)]
struct Texts {
    /// The name of the element and how deep in it the walk is.
    open: Option<(&'static str, usize)>,
    text: String,
    properties: Properties,
}

impl Texts {
    fn take(&mut self, event: &Event, carried: &mut Carried) {
        if let Event::Comment(comment) = event {
            let comment = comment.trim();
            if !comment.is_empty() {
                carried.push(PLACE, "Comment", comment.to_owned());
            }
            return;
        }
        // Prefixes are declared outside of it.
        self.properties.take(event, carried);
        match (event, &mut self.open) {
            (Event::Start(_), Some((_, depth))) => *depth += 1,
            (Event::Start(element), None) => {
                let local = element.local_name();
                let name = TEXTS.into_iter().find(|name| *name == local.as_ref());
                self.open = name.map(|name| (name, 0));
            }
            (Event::End(_), Some((name, 0))) => {
                let text = std::mem::take(&mut self.text);
                if !text.trim().is_empty() {
                    carried.push(PLACE, *name, text.trim().to_owned());
                }
                self.open = None;
            }
            (Event::End(_), Some((_, depth))) => *depth -= 1,
            // The texts of elements within it are told by their own names.
            (Event::Text(_) | Event::CData(_) | Event::GeneralRef(_), Some((_, 0))) => {
                self.text.push_str(&plain(event));
            }
            _ => {}
        }
    }
}

/// The text of an event, with references that are XML's own replaced.
fn plain(event: &Event) -> String {
    match event {
        Event::Text(text) => text.xml10_content().into_owned(),
        Event::CData(text) => text.xml10_content().into_owned(),
        Event::GeneralRef(reference) => super::xmp::resolved(reference),
        _ => String::new(),
    }
}

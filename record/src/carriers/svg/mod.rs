//! SVG: titles, descriptions, comments and metadata are read, and what editors and others wrote into it is disclosed. Nothing in it is
//! drawn, fetched or replaced.

pub(crate) mod css;
pub(crate) mod doctype;
pub(crate) mod spaces;
pub(crate) mod told;

use super::LONGEST_TEXT;
use super::xmp::{Properties, reader};
use crate::Source;
use crate::field::Carried;
use css::Css;
use doctype::What;
use quick_xml::events::Event;
use spaces::{Spaces, attributes};
use std::collections::HashSet;
use std::io::Read as _;

const PLACE: &str = "SVG";
const TEXT: &str = "text";
/// What parts are called that have no name of their own.
pub(crate) const OUTSIDE: &str = "text outside of the picture";
pub(crate) const COMMENT_OF_STYLES: &str = "comment in styles";
pub(crate) const INSTRUCTION: &str = "instruction";
pub(crate) const DOCTYPE: &str = "DOCTYPE";
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
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = reader(text);
    let mut texts = Texts::default();
    let mut untold = Untold::new(text);
    loop {
        // The text is in memory, so that places in it fit.
        let start = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => {
                texts.take(&event, carried);
                let raw = &text[start..reader.buffer_position() as usize];
                if untold.take(&event, raw, carried).is_none() {
                    return carried.fail(PLACE, "file", "it has too many spaces of names");
                }
            }
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

/// What is disclosed and not read: what editors wrote for themselves, labels, and what stands where nothing is drawn.
struct Untold<'a> {
    text: &'a str,
    spaces: Spaces<'a>,
    open: usize,
    /// The element that is open and not drawn: how many were open before it, its name, and how many texts were read before it.
    /// Of credentials the name is not told here.
    gone: Option<(usize, Option<String>, usize)>,
    /// Whether that says something.
    says: bool,
    /// Of each that is open whether letters in it are not drawn.
    bare: Vec<bool>,
    /// The styles that are open.
    styles: Option<Css>,
}

impl<'a> Untold<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            spaces: Spaces::new(text),
            open: 0,
            gone: None,
            says: false,
            bare: Vec::new(),
            styles: None,
        }
    }

    /// Takes what stands next. [`None`] where there are too many spaces of names.
    fn take(&mut self, event: &Event, raw: &'a str, carried: &mut Carried) -> Option<()> {
        match event {
            Event::Start(element) => {
                let name = element.name();
                self.begin(name.as_ref(), raw, carried)?;
                self.open += 1;
                self.bare.push(told::is_without_letters(name.as_ref()));
                self.styles = (told::local(name.as_ref()) == told::STYLE).then(Css::default);
            }
            Event::Empty(element) => {
                let name = element.name();
                self.begin(name.as_ref(), raw, carried)?;
                self.end(carried);
            }
            Event::End(_) => {
                self.open = self.open.saturating_sub(1);
                self.bare.pop();
                self.styles = None;
                self.end(carried);
            }
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                let is_bare = self.bare.last().is_none_or(|is_bare| *is_bare);
                if is_bare && self.gone.is_none() && !raw.trim().is_empty() {
                    carried.value(TEXT, PLACE, OUTSIDE);
                }
                let says = |css: &mut Css| css.comments(&plain(event)).count() > 0;
                if self.gone.is_none() && self.styles.as_mut().is_some_and(says) {
                    carried.value(TEXT, PLACE, COMMENT_OF_STYLES);
                }
                self.more(raw);
            }
            Event::PI(instruction) if instruction.target() != told::SHEET => {
                carried.value(TEXT, PLACE, INSTRUCTION);
            }
            Event::DocType(_) if self.says_more(raw) => carried.value(TEXT, PLACE, DOCTYPE),
            _ => {}
        }
        Some(())
    }

    fn begin(&mut self, name: &str, tag: &'a str, carried: &mut Carried) -> Option<()> {
        self.spaces.begin(tag, self.open)?;
        if self.gone.is_some() {
            self.more(name);
            return Some(());
        }
        match told::element(name, &self.spaces) {
            Some(told) => {
                let told = (told != told::CREDENTIALS).then(|| told.to_owned());
                self.gone = Some((self.open, told, carried.fields.0.len()));
                self.says = told::says_more(tag);
            }
            None => {
                for (_, attribute, value) in attributes(tag) {
                    if told::attribute(attribute, name, &self.spaces) && !value.trim().is_empty() {
                        carried.value(TEXT, PLACE, attribute);
                    }
                }
            }
        }
        Some(())
    }

    /// Takes what stands in an element that is not drawn.
    fn more(&mut self, raw: &str) {
        self.says |= !raw.trim().is_empty();
    }

    fn end(&mut self, carried: &mut Carried) {
        self.spaces.end(self.open);
        let Some((_, name, texts)) = self.gone.take_if(|(open, _, _)| *open == self.open) else {
            return;
        };
        let says = std::mem::take(&mut self.says);
        if let Some(name) = name.filter(|_| says && carried.fields.0.len() == texts) {
            carried.value(TEXT, PLACE, &name);
        }
    }

    /// Whether a type of document tells more than a standard and texts that are used.
    fn says_more(&self, raw: &str) -> bool {
        let Some(parts) = doctype::parts(raw) else {
            return false;
        };
        let mut unused = HashSet::new();
        for part in &parts {
            match part.what {
                What::Told => return true,
                // The name of a space says no more than a standard or a program.
                What::Entity { name, value } if !value.starts_with("http") => unused.insert(name),
                _ => false,
            };
        }
        for used in self.text.split('&').skip(1) {
            let end = used.find(';').unwrap_or(used.len());
            unused.remove(&used[..end]);
        }
        !unused.is_empty()
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

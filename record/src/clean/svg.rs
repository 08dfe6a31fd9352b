//! SVG: titles, descriptions, metadata, comments, and what editors note for themselves go; what is drawn stays letter by letter.

use super::Uncleanable;
use super::plan::Plan;
use super::walk::{Walk, broken};
use crate::carriers::xmp::reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;
use std::ops::Range;

/// Most bytes of a file. It stands in memory.
const LONGEST: u64 = 8 << 20;
/// Elements that are not drawn (SVG 2, 5.7 and 5.8).
const TOLD: [&str; 3] = ["title", "desc", "metadata"];
/// Prefixes of elements and attributes that are drawn, and names of other such prefixes. What has another is read by editors only.
const DRAWN: [&str; 4] = ["xml", "xmlns", "xlink", "svg"];
const SPACES: [&str; 4] = [
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
];
/// The attribute in which diagrams.net keeps the whole diagram, its program and dates.
const DIAGRAM: &str = "content";
/// The element of Content Credentials (C2PA 2.3, Embedding manifests into SVG).
const CREDENTIALS: &str = "c2pa:manifest";
/// How a file within it begins.
const PICTURE: &str = "data:image/";

const TOO_LONG: &str = "the SVG has more than 8 MiB, which is not looked through here: make it smaller, or save it as PNG and clean that";
const HOLDS_PICTURES: &str = "the SVG holds pictures of other kinds, which may tell something themselves: clean these and put them in again, or save \
                              it as PNG and clean that";

/// Plans a clean copy.
pub(super) fn clean(walk: &mut Walk, plan: &mut Plan) -> Result<(), Uncleanable> {
    if walk.length > LONGEST {
        return Err(Uncleanable::Kind(TOO_LONG));
    }
    let bytes = walk.vec(walk.length)?;
    let text = std::str::from_utf8(&bytes);
    let text = text.map_err(|_| broken("what is not UTF-8 is", 0))?;
    if text.contains(PICTURE) {
        return Err(Uncleanable::Kind(HOLDS_PICTURES));
    }
    let without_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    let base = (text.len() - without_mark.len()) as u64;
    plan.keep(0, base)?;
    let mut reader = reader(without_mark);
    // What goes is told by its end, so that each must be there.
    reader.config_mut().check_end_names = true;
    reader.config_mut().allow_unmatched_ends = false;
    let mut state = State {
        drawn: drawn(text),
        ..State::default()
    };
    loop {
        let start = reader.buffer_position();
        let event = reader.read_event();
        let event = event.map_err(|error| Uncleanable::Broken(error.to_string()))?;
        let place = base + start..base + reader.buffer_position();
        if matches!(event, Event::Eof) {
            break;
        }
        state.take(&event, place, text, plan)?;
    }
    match state.open == 0 && state.has_picture && state.gone.is_none() {
        true => Ok(()),
        false => Err(super::walk::breaks_off(walk.length)),
    }
}

/// How far the walk is.
#[derive(Default)]
struct State<'a> {
    /// Prefixes of what is drawn.
    drawn: HashSet<&'a str>,
    /// Elements that are open.
    open: usize,
    /// How many were open when the element began that goes.
    gone: Option<usize>,
    has_picture: bool,
}

impl State<'_> {
    fn take(
        &mut self,
        event: &Event,
        place: Range<u64>,
        text: &str,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        match event {
            Event::Start(element) => {
                let is_told = self.is_told(element, plan);
                if is_told && self.gone.is_none() {
                    self.gone = Some(self.open);
                }
                self.open += 1;
                self.keep_element(place, text, plan)
            }
            Event::Empty(element) => match self.is_told(element, plan) {
                true => Ok(()),
                false => self.keep_element(place, text, plan),
            },
            Event::End(_) => {
                let open = self.open.checked_sub(1);
                self.open = open.ok_or_else(|| broken("one end too many is", place.start))?;
                if self.gone == Some(self.open) {
                    self.gone = None;
                    return Ok(());
                }
                self.keep(place, plan)
            }
            Event::Comment(_) => {
                plan.tell("SVG Comment");
                Ok(())
            }
            Event::PI(instruction) => match instruction.target() {
                "xml-stylesheet" => self.keep(place, plan),
                _ => {
                    plan.tell("SVG instruction");
                    Ok(())
                }
            },
            Event::DocType(kind) if kind.contains("<!--") => Err(broken(
                "a comment within the type of document is",
                place.start,
            )),
            _ => self.keep(place, plan),
        }
    }

    fn is_told(&mut self, element: &BytesStart, plan: &mut Plan) -> bool {
        self.has_picture = true;
        let (name, local) = (element.name(), element.local_name());
        let (name, local) = (name.as_ref(), local.as_ref());
        plan.is_signed |= name == CREDENTIALS;
        let is_told = TOLD.contains(&local) || name == CREDENTIALS || self.is_of_editor(name);
        if is_told && self.gone.is_none() {
            plan.tell(format!("SVG {name}"));
        }
        is_told
    }

    /// Whether a name is of what only editors read.
    fn is_of_editor(&self, name: &str) -> bool {
        let prefix = name.split_once(':').map(|(prefix, _)| prefix);
        prefix.is_some_and(|prefix| !self.drawn.contains(prefix))
    }

    fn keep(&self, place: Range<u64>, plan: &mut Plan) -> Result<(), Uncleanable> {
        match self.gone {
            Some(_) => Ok(()),
            None => plan.keep(place.start, place.end),
        }
    }

    /// Keeps the tag of an element without what editors wrote into it.
    fn keep_element(
        &self,
        place: Range<u64>,
        text: &str,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        if self.gone.is_some() {
            return Ok(());
        }
        // The text is in memory, so that places in it fit.
        let tag = &text[place.start as usize..place.end as usize];
        let is_svg = tag.starts_with("<svg") || tag.starts_with("<svg:svg");
        let mut from = place.start;
        for (range, name) in attributes(tag) {
            if self.is_of_editor(name) || (name == DIAGRAM && is_svg) {
                plan.tell(format!("SVG {name}"));
                plan.keep(from, place.start + range.start as u64)?;
                from = place.start + range.end as u64;
            }
        }
        plan.keep(from, place.end)
    }
}

/// The prefixes of what is drawn.
fn drawn(text: &str) -> HashSet<&str> {
    // Illustrator gives names of spaces names again, in the type of document.
    let named = text.match_indices("<!ENTITY ").filter_map(|(at, begin)| {
        let (name, value) = word(&text[at + begin.len()..]);
        is_drawn(value).then_some(name)
    });
    let named: HashSet<_> = named.collect();
    let mut known = HashSet::from(DRAWN);
    for (at, begin) in text.match_indices("xmlns:") {
        let (prefix, rest) = word(&text[at + begin.len()..]);
        let value = rest
            .trim_ascii_start()
            .strip_prefix('=')
            .unwrap_or_default();
        let entity = value.trim_ascii_start().get(1..).unwrap_or_default();
        let entity = entity.strip_prefix('&').map(|entity| word(entity).0);
        if is_drawn(value) || entity.is_some_and(|entity| named.contains(entity)) {
            known.insert(prefix);
        }
    }
    known
}

/// A name, and what stands behind it.
fn word(text: &str) -> (&str, &str) {
    let is_of_name = |char: char| char.is_alphanumeric() || "-_.".contains(char);
    let end = text.find(|char| !is_of_name(char)).unwrap_or(text.len());
    text.split_at(end)
}

/// Whether a value in quotes names a space of what is drawn.
fn is_drawn(value: &str) -> bool {
    let value = value.trim_ascii_start().strip_prefix(['"', '\'']);
    value.is_some_and(|value| SPACES.iter().any(|space| value.starts_with(space)))
}

/// The attributes of a tag: where each stands with the space before it, and its name.
fn attributes(tag: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = tag
        .find(|char: char| char.is_ascii_whitespace())
        .unwrap_or(tag.len());
    std::iter::from_fn(move || {
        let start = at;
        let rest = &tag[start..];
        let name = rest.trim_ascii_start();
        let begin = start + rest.len() - name.len();
        let (name, _) = name.split_once('=')?;
        let value = begin + name.len() + 1;
        let rest = &tag[value..];
        let quoted = rest.trim_ascii_start();
        let open = value + rest.len() - quoted.len();
        let quote = quoted
            .chars()
            .next()
            .filter(|char| ['"', '\''].contains(char))?;
        let length = quoted[1..].find(quote)?;
        at = open + length + 2;
        Some((start..at, name.trim_ascii_end()))
    })
}

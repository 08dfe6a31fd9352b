//! SVG: titles, descriptions, labels, metadata, comments, and what editors note for themselves go; what is drawn stays letter by letter.

mod spaces;
mod wide;

use super::Uncleanable;
use super::plan::Plan;
use super::walk::{Walk, broken};
use crate::carriers::svg::is_utf16;
use crate::carriers::xmp::reader;
use quick_xml::events::{BytesStart, Event};
use spaces::{Spaces, attributes};
use std::ops::Range;

/// Most bytes of a file. It stands in memory.
const LONGEST: u64 = 8 << 20;
/// Elements that are not drawn (SVG 2, 5.7 and 5.8).
const TOLD: [&str; 3] = ["title", "desc", "metadata"];
/// Attributes that say something to people (WAI-ARIA 1.3, 6.7; XLink 1.1, 5.1.6), or where the file once stood (XML Base).
const SAID: [&str; 6] = [
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "aria-placeholder",
    "xml:base",
];
/// The attribute of a name, which elements of styles are chosen by.
const TITLE: &str = "title";
const STYLES: [&str; 2] = ["style", "link"];
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
    if !is_utf16(&bytes) {
        let text = std::str::from_utf8(&bytes);
        let text = text.map_err(|_| broken("what is not UTF-8 is", 0))?;
        return plan_of(text, walk.length, plan);
    }
    let text = wide::text(&bytes);
    drop(bytes);
    let text = text.ok_or_else(|| broken("what is not UTF-16 is", 0))?;
    let mut narrow = Plan::default();
    plan_of(&text, walk.length, &mut narrow)?;
    plan.is_signed |= narrow.is_signed;
    for part in std::mem::take(&mut narrow.gone) {
        plan.tell(part);
    }
    wide::keep(&text, &narrow, plan)
}

/// Plans a clean copy of a text, in a file of this length.
fn plan_of(text: &str, length: u64, plan: &mut Plan) -> Result<(), Uncleanable> {
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
        spaces: Spaces::new(text),
        open: 0,
        gone: None,
        has_picture: false,
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
        false => Err(super::walk::breaks_off(length)),
    }
}

/// How far the walk is.
struct State<'a> {
    spaces: Spaces<'a>,
    /// Elements that are open.
    open: usize,
    /// How many were open when the element began that goes.
    gone: Option<usize>,
    has_picture: bool,
}

impl<'a> State<'a> {
    fn take(
        &mut self,
        event: &Event,
        place: Range<u64>,
        text: &'a str,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        match event {
            Event::Start(element) => {
                self.begin(&place, text)?;
                let is_told = self.is_told(element, plan);
                if is_told && self.gone.is_none() {
                    self.gone = Some(self.open);
                }
                self.open += 1;
                self.keep_element(element, place, text, plan)
            }
            Event::Empty(element) => {
                self.begin(&place, text)?;
                if !self.is_told(element, plan) {
                    self.keep_element(element, place, text, plan)?;
                }
                self.spaces.end(self.open);
                Ok(())
            }
            Event::End(_) => {
                let open = self.open.checked_sub(1);
                self.open = open.ok_or_else(|| broken("one end too many is", place.start))?;
                self.spaces.end(self.open);
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

    /// Takes the names of spaces that the tag of an element declares.
    fn begin(&mut self, place: &Range<u64>, text: &'a str) -> Result<(), Uncleanable> {
        // The text is in memory, so that places in it fit.
        let tag = &text[place.start as usize..place.end as usize];
        self.spaces.begin(tag, self.open, place.start)
    }

    fn is_told(&mut self, element: &BytesStart, plan: &mut Plan) -> bool {
        let (name, local) = (element.name(), element.local_name());
        let (name, local) = (name.as_ref(), local.as_ref());
        plan.is_signed |= name == CREDENTIALS;
        let is_told = TOLD.contains(&local) || name == CREDENTIALS || !self.spaces.is_drawn(name);
        self.has_picture |= !is_told && self.gone.is_none();
        if is_told && self.gone.is_none() {
            // The reader names these by their own names too.
            let name = if TOLD.contains(&local) { local } else { name };
            plan.tell(format!("SVG {name}"));
        }
        is_told
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
        element: &BytesStart,
        place: Range<u64>,
        text: &str,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        if self.gone.is_some() {
            return Ok(());
        }
        // The text is in memory, so that places in it fit.
        let tag = &text[place.start as usize..place.end as usize];
        let is_svg = element.local_name().as_ref() == "svg";
        let is_of_styles = STYLES.contains(&element.local_name().as_ref());
        let is_said = |name: &str| {
            let local = name.rsplit(':').next().unwrap_or_default();
            SAID.contains(&name) || (local == TITLE && !is_of_styles)
        };
        let is_of_editor = |name: &str| name.contains(':') && !self.spaces.is_drawn(name);
        let mut from = place.start;
        for (range, name, _) in attributes(tag) {
            if is_of_editor(name) || is_said(name) || (name == DIAGRAM && is_svg) {
                plan.tell(format!("SVG {name}"));
                plan.keep(from, place.start + range.start as u64)?;
                from = place.start + range.end as u64;
            }
        }
        plan.keep(from, place.end)
    }
}

//! How far the walk of an SVG is, and what is kept of each part.

use super::super::Uncleanable;
use super::super::plan::Plan;
use super::super::walk::{breaks_off, broken};
use super::addresses::Addresses;
use crate::carriers::svg::css::Css;
use crate::carriers::svg::doctype::{self, What};
use crate::carriers::svg::spaces::{Spaces, attributes, declared};
use crate::carriers::svg::{COMMENT_OF_STYLES, DOCTYPE, INSTRUCTION, OUTSIDE, told};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;
use std::ops::Range;

/// Elements whose texts have addresses in them.
const WRITTEN: [&str; 2] = ["style", "script"];
const STYLES: [&str; 2] = ["style", "link"];

/// Most names of attributes that went which are known.
const MOST_NAMES: usize = 10_000;

/// What a text begins and ends with in which no letter has a name (XML 1.0, 2.7).
const LITERAL: (&str, &str) = ("<![CDATA[", "]]>");

const CHOSEN: &str = "the SVG has styles that choose what they are for by a text that a clean copy has not, such as aria-label: choose by class or id \
                      instead, or save it as PNG and clean that";

const ENDED_BY_NAME: &str = "the SVG has styles with a star in a comment that is written as a name or a number, such as &#42;, where nobody here looks what \
                             it ends: write it as it is, or save it as PNG and clean that";

/// What is known of the whole.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Known<'a> {
    /// Whether there are style sheets. They may choose elements by their places, so that what goes leaves an empty element there.
    has_styles: bool,
    /// The names of texts that are used in what is kept.
    used: HashSet<&'a str>,
}

pub(super) struct State<'a, 'b> {
    text: &'a str,
    known: &'b Known<'a>,
    found: Known<'a>,
    spaces: Spaces<'a>,
    addresses: Addresses<'a>,
    /// Elements that are open.
    open: usize,
    /// How many were open when the element began that goes, and whether it leaves an empty one.
    gone: Option<(usize, bool)>,
    /// How many were open when styles or a program began, and their text.
    written: Option<(usize, String)>,
    /// What is open in styles.
    css: Option<Css>,
    /// Of each element that is open whether letters in it are not drawn.
    bare: Vec<bool>,
    /// All styles, and the names of attributes that went.
    styles: String,
    attributes_gone: HashSet<&'a str>,
    has_picture: bool,
}

impl<'a, 'b> State<'a, 'b> {
    pub(super) fn new(text: &'a str, known: &'b Known<'a>) -> Self {
        Self {
            text,
            known,
            found: Known::default(),
            spaces: Spaces::new(text),
            addresses: Addresses::default(),
            open: 0,
            gone: None,
            written: None,
            css: None,
            bare: Vec::new(),
            styles: String::new(),
            attributes_gone: HashSet::new(),
            has_picture: false,
        }
    }

    /// What was found of the whole, in a file of this length.
    pub(super) fn found(mut self, length: u64) -> Result<Known<'a>, Uncleanable> {
        if self.open > 0 || !self.has_picture {
            return Err(breaks_off(length));
        }
        self.styles.retain(|char| !char.is_whitespace());
        let is_of_name = |char: char| char.is_alphanumeric() || "-_:".contains(char);
        let mut chosen = self.styles.split(['[', '|']).skip(1);
        let is_gone = chosen.any(|rest| {
            let end = rest.find(|char| !is_of_name(char)).unwrap_or(rest.len());
            self.attributes_gone.contains(&rest[..end])
        });
        match is_gone {
            true => Err(Uncleanable::Kind(CHOSEN)),
            false => Ok(self.found),
        }
    }

    pub(super) fn take(
        &mut self,
        event: &Event,
        place: Range<u64>,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        // The text is in memory, so that places in it fit.
        let raw = &self.text[place.start as usize..place.end as usize];
        match event {
            Event::Start(element) => {
                self.begin(element, &place, raw, false, plan)?;
                self.open += 1;
                let name = element.name();
                self.bare.push(told::is_without_letters(name.as_ref()));
                Ok(())
            }
            Event::Empty(element) => {
                self.begin(element, &place, raw, true, plan)?;
                self.gone.take_if(|(open, _)| *open == self.open);
                self.end_of_written()?;
                self.spaces.end(self.open);
                Ok(())
            }
            Event::End(_) => {
                let open = self.open.checked_sub(1);
                self.open = open.ok_or_else(|| broken("one end too many is", place.start))?;
                self.bare.pop();
                self.spaces.end(self.open);
                self.end_of_written()?;
                match self.gone.take_if(|(open, _)| *open == self.open) {
                    Some((_, false)) => Ok(()),
                    _ => self.keep(place, plan),
                }
            }
            Event::Comment(_) => {
                plan.tell("SVG Comment");
                Ok(())
            }
            Event::PI(instruction) if instruction.target() != told::SHEET => {
                plan.tell(format!("SVG {INSTRUCTION}"));
                Ok(())
            }
            Event::PI(_) => {
                self.found.has_styles = true;
                self.addresses.refuse_in(raw)?;
                self.keep(place, plan)
            }
            Event::DocType(_) => self.doctype(raw, place.start, plan),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                self.letters(event, raw, place, plan)
            }
            _ => self.keep(place, plan),
        }
    }

    fn letters(
        &mut self,
        event: &Event,
        raw: &'a str,
        place: Range<u64>,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        if self.gone.is_some() {
            return Ok(());
        }
        let is_named = matches!(event, Event::GeneralRef(_));
        if is_named {
            // Elements may stand in it.
            self.addresses.resolved(raw)?;
        }
        let is_bare = self.bare.last().is_none_or(|is_bare| *is_bare);
        if is_bare && !raw.trim().is_empty() {
            plan.tell(format!("SVG {OUTSIDE}"));
            return Ok(());
        }
        if let Some((_, written)) = &mut self.written {
            match event {
                Event::CData(text) => written.push_str(text),
                _ => written.push_str(&self.addresses.resolved(raw)?),
            }
        }
        match self.css.take() {
            Some(mut css) => {
                self.styled(event, raw, &place, &mut css, plan)?;
                self.css = Some(css);
                Ok(())
            }
            None => {
                if is_named {
                    self.uses(raw);
                }
                self.keep(place, plan)
            }
        }
    }

    /// Keeps a part of a style sheet without its comments.
    fn styled(
        &mut self,
        event: &Event,
        raw: &'a str,
        place: &Range<u64>,
        css: &mut Css,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        let was_in_comment = css.is_in_comment();
        let (begin, text) = match event {
            Event::GeneralRef(_) => {
                let letters = self.addresses.resolved(raw)?;
                css.comments(&letters).for_each(drop);
                if was_in_comment && css.is_in_comment() {
                    // It may end the comment, with what stands in it or behind it.
                    if letters.contains('*') {
                        return Err(Uncleanable::Kind(ENDED_BY_NAME));
                    }
                    plan.tell(format!("SVG {COMMENT_OF_STYLES}"));
                    return Ok(());
                }
                self.uses(raw);
                return plan.keep(place.start, place.end);
            }
            Event::CData(_) => {
                let text = raw.strip_prefix(LITERAL.0);
                let text = text.and_then(|text| text.strip_suffix(LITERAL.1));
                (LITERAL.0.len(), text.unwrap_or_default())
            }
            _ => (0, raw),
        };
        let mut from = place.start;
        for comment in css.comments(text) {
            plan.tell(format!("SVG {COMMENT_OF_STYLES}"));
            let at = |within: usize| place.start + (begin + within) as u64;
            plan.keep(from, at(comment.start))?;
            from = at(comment.end);
        }
        plan.keep(from, place.end)
    }

    /// Takes the tag that begins an element, or is one.
    fn begin(
        &mut self,
        element: &BytesStart,
        place: &Range<u64>,
        tag: &'a str,
        is_empty: bool,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        let begun = self.spaces.begin(tag, self.open);
        begun.ok_or_else(|| broken("one space of names too many is", place.start))?;
        let name = element.name();
        let name = name.as_ref();
        if name.contains(['"', '\'', '=', '<', '/', '&']) {
            return Err(broken("no name is", place.start));
        }
        plan.is_signed |= name == told::CREDENTIALS;
        if self.gone.is_some() {
            return Ok(());
        }
        let Some(told) = told::element(name, &self.spaces) else {
            self.has_picture = true;
            let local = told::local(name);
            self.found.has_styles |= STYLES.contains(&local);
            if self.written.is_none() && WRITTEN.contains(&local) {
                self.written = Some((self.open, String::new()));
                self.css = (local == told::STYLE).then(Css::default);
            }
            return self.keep_tag(name, place, tag, plan);
        };
        plan.tell(format!("SVG {told}"));
        let leaves = self.known.has_styles && name != told::CREDENTIALS && self.open > 0;
        self.gone = Some((self.open, leaves));
        if !leaves {
            return Ok(());
        }
        // Its name and what says of which space that is.
        let at = |within: usize| place.start + within as u64;
        plan.keep(place.start, at(1 + name.len()))?;
        for (range, name, value) in attributes(tag) {
            if declared(name).is_some() {
                self.uses(value);
                plan.keep(at(range.start), at(range.end))?;
            }
        }
        let end = if is_empty { 2 } else { 1 };
        plan.keep(place.end - end, place.end)
    }

    fn end_of_written(&mut self) -> Result<(), Uncleanable> {
        match self.written.take_if(|(open, _)| *open == self.open) {
            Some((_, written)) => {
                self.css = None;
                self.addresses.refuse_in(&written)?;
                self.styles.push_str(&written);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn keep(&self, place: Range<u64>, plan: &mut Plan) -> Result<(), Uncleanable> {
        match self.gone {
            Some(_) => Ok(()),
            None => plan.keep(place.start, place.end),
        }
    }

    /// Takes the names of texts in what is kept.
    fn uses(&mut self, value: &'a str) {
        let names = value.split('&').skip(1);
        let names = names.filter_map(|name| Some(name.split_once(';')?.0));
        let addresses = &self.addresses;
        self.found
            .used
            .extend(names.filter(|name| addresses.knows(name)));
    }

    /// Keeps the tag of an element without what editors wrote into it.
    fn keep_tag(
        &mut self,
        element: &str,
        place: &Range<u64>,
        tag: &'a str,
        plan: &mut Plan,
    ) -> Result<(), Uncleanable> {
        let mut from = place.start;
        let mut end = 0;
        for (range, name, value) in attributes(tag) {
            end = range.end;
            if name.contains(|char: char| char.is_whitespace() || "\"'<>/".contains(char)) {
                return Err(broken("an attribute without a value is", place.start));
            }
            // What is of the spaces of editors goes, but for the names of elements that leave an empty one.
            let is_of_editors = declared(name).is_some() && !self.spaces.is_of_drawn(value);
            let is_told = told::attribute(name, element, &self.spaces);
            if is_told {
                plan.tell(format!("SVG {name}"));
                if self.attributes_gone.len() < MOST_NAMES {
                    self.attributes_gone.insert(told::local(name));
                }
            }
            if is_told || (is_of_editors && !self.known.has_styles) {
                plan.keep(from, place.start + range.start as u64)?;
                from = place.start + range.end as u64;
                continue;
            }
            self.uses(value);
            if declared(name).is_none() {
                self.addresses.refuse_in(value)?;
            }
        }
        let rest = tag[end.max(1 + element.len())..].trim_ascii();
        if !matches!(rest, ">" | "/>") {
            return Err(broken("an attribute without a value is", place.start));
        }
        plan.keep(from, place.end)
    }

    /// Keeps of the type of document what is used.
    fn doctype(&mut self, raw: &'a str, start: u64, plan: &mut Plan) -> Result<(), Uncleanable> {
        let parts = doctype::parts(raw);
        let parts = parts.ok_or_else(|| broken("a type of document of another form is", start))?;
        let is_kept = |what: &What| match what {
            What::Entity { name, .. } => Some(self.known.used.contains(name)),
            What::Spaces => Some(true),
            What::Told | What::Needed | What::Mark => Some(false),
            What::Other => None,
        };
        let kept: Option<Vec<_>> = parts.iter().map(|part| is_kept(&part.what)).collect();
        let kept = kept.ok_or_else(|| broken("a declaration that nobody here knows is", start))?;
        let has_any = kept.contains(&true);
        for (part, is_kept) in parts.iter().zip(kept) {
            if let What::Entity { name, value } = part.what {
                self.addresses.declare(name, value);
            }
            let stays = match part.what {
                What::Needed => true,
                What::Mark => has_any,
                _ => is_kept,
            };
            match stays {
                true => {
                    plan.keep(
                        start + part.range.start as u64,
                        start + part.range.end as u64,
                    )?;
                }
                false if matches!(part.what, What::Mark) => {}
                false => plan.tell(format!("SVG {DOCTYPE}")),
            }
        }
        Ok(())
    }
}

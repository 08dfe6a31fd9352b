//! The walk over the elements of a packet.

use super::super::LONGEST_TEXT;
use super::PLACE;
use super::names::{Name, Prefixes};
use crate::field::Carried;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;

/// Most properties of a packet. Programs that copy the history of each picture into the next write a hundred thousand.
const MOST: usize = 2_000;
/// Most properties within one another. The standards have three.
const DEEPEST: usize = 8;
/// Most bytes of a property's name.
const LONGEST_NAME: usize = 200;

/// The properties of a packet: elements and attributes within `rdf:RDF`. A property within another is named by both.
#[derive(Debug, Default)]
pub(in super::super) struct Properties {
    prefixes: Prefixes,
    /// The elements that are open.
    open: Vec<Element>,
    /// The properties that are open.
    path: Vec<String>,
    /// The text of the innermost element, while no other stood in it.
    text: Option<String>,
    /// How deep `rdf:RDF` stands, once it is open.
    rdf: Option<usize>,
    /// The outermost list of alternatives that is open.
    alternatives: Option<Alternatives>,
    found: usize,
}

/// A list of the same in several languages, of which the one for everybody counts, or else the first (ISO 16684-1, 7.8 and 8.2.2.4).
/// The others are named with their language, so that nothing is read from them.
#[derive(Debug)]
struct Alternatives {
    /// How deep it stands.
    depth: usize,
    /// Items of it that were begun.
    items: usize,
    /// The language of the item that is open, or its number.
    language: String,
    /// The field and the language of the first item that says something.
    first: Option<(usize, String)>,
}

/// The language of the alternative for everybody.
const DEFAULT: &str = "x-default";
/// Most bytes of the name of a language that is told.
const LONGEST_LANGUAGE: usize = 40;

impl Alternatives {
    /// An item begins.
    fn next(&mut self, element: &BytesStart) {
        self.items += 1;
        let language = attributes(element).find(|(key, _)| *key == "xml:lang");
        let language = language.map(|(_, value)| plain(&value));
        let language = language.filter(|text| text.len() <= LONGEST_LANGUAGE);
        self.language = language.unwrap_or_else(|| self.items.to_string());
    }

    /// The name under which the open item of a property is told. The first stays as it is, unless the one for everybody follows.
    fn name(&mut self, name: String, carried: &mut Carried) -> String {
        let named = |name: &str, language: &str| format!("{name}[{language}]");
        let Some((at, first)) = &mut self.first else {
            self.first = Some((carried.fields.0.len(), self.language.clone()));
            return name;
        };
        if self.items == 1 {
            return name;
        }
        if self.language != DEFAULT || first == DEFAULT {
            return named(&name, &self.language);
        }
        if let Some(field) = carried.fields.0.get_mut(*at) {
            field.name = named(&field.name, first);
        }
        DEFAULT.clone_into(first);
        name
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    /// A part of RDF, or of what is round it.
    Frame,
    /// A property, which is in the path.
    Property,
    /// A property too deep, or with too long a name, to be in it; and whatever is within that.
    Deep,
}

impl Properties {
    /// Whether elements are open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Takes the next event of a document.
    pub(in super::super) fn take(&mut self, event: &Event, carried: &mut Carried) {
        match event {
            Event::Start(element) => self.start(element, carried),
            Event::Empty(element) => {
                self.start(element, carried);
                self.end(carried);
            }
            Event::End(_) => self.end(carried),
            Event::Text(text) => self.add(&text.xml10_content()),
            Event::CData(text) => self.add(&text.xml10_content()),
            Event::GeneralRef(reference) => self.add(&resolved(reference)),
            _ => {}
        }
    }

    fn add(&mut self, more: &str) {
        if let Some(text) = self.text.as_mut().filter(|text| text.len() < LONGEST_TEXT) {
            text.push_str(more);
        }
    }

    fn start(&mut self, element: &BytesStart, carried: &mut Carried) {
        for (key, value) in attributes(element) {
            if let Some(prefix) = key.strip_prefix("xmlns:") {
                self.prefixes.declare(prefix, &value);
            } else if key == "xmlns" {
                self.prefixes.declare("", &value);
            }
        }
        let name = self.prefixes.name(element.name().0);
        let kind = match name {
            Name::Frame(name) => {
                match name.as_str() {
                    "RDF" if self.rdf.is_none() => self.rdf = Some(self.open.len()),
                    "Alt" if self.alternatives.is_none() => {
                        self.alternatives = Some(Alternatives {
                            depth: self.open.len(),
                            items: 0,
                            language: String::new(),
                            first: None,
                        });
                    }
                    "li" => {
                        let depth = self.open.len();
                        let list = self.alternatives.as_mut();
                        if let Some(list) = list.filter(|list| list.depth + 1 == depth) {
                            list.next(element);
                        }
                    }
                    _ => {}
                }
                Element::Frame
            }
            Name::Property(name)
                if self.rdf.is_some()
                    && self.open.last() != Some(&Element::Deep)
                    && self.path.len() < DEEPEST
                    && name.len() <= LONGEST_NAME =>
            {
                self.path.push(name);
                Element::Property
            }
            Name::Property(_) if self.rdf.is_some() => Element::Deep,
            Name::Property(_) => Element::Frame,
        };
        self.open.push(kind);
        self.text = Some(String::new());
        if self.rdf.is_none() || self.found > MOST || kind == Element::Deep {
            return;
        }
        for (key, value) in attributes(element) {
            match self.prefixes.name(key) {
                Name::Property(name) if key != "xmlns" && name.len() <= LONGEST_NAME => {
                    let name = match self.path.is_empty() {
                        true => name,
                        false => format!("{}/{name}", self.path.join("/")),
                    };
                    self.push(name, plain(&value), carried);
                }
                // What a property points to is its value.
                Name::Frame(name) if name == "resource" => {
                    self.push(self.path.join("/"), plain(&value), carried);
                }
                _ => {}
            }
        }
    }

    fn end(&mut self, carried: &mut Carried) {
        let text = self.text.take();
        let Some(element) = self.open.last().copied() else {
            return;
        };
        if let Some(text) = text.filter(|_| element != Element::Deep) {
            self.push(self.path.join("/"), text, carried);
        }
        self.open.pop();
        if element == Element::Property {
            self.path.pop();
        }
        if self.rdf == Some(self.open.len()) {
            self.rdf = None;
        }
        let depth = self.open.len();
        self.alternatives.take_if(|list| list.depth == depth);
    }

    fn push(&mut self, name: String, text: String, carried: &mut Carried) {
        if name.is_empty() || text.trim().is_empty() || self.rdf.is_none() {
            return;
        }
        self.found += 1;
        if self.found > MOST {
            if self.found == MOST + 1 {
                let reason =
                    format!("it has more than {MOST} properties, and the rest is left out");
                carried.fail(PLACE, "packet", reason);
            }
            return;
        }
        let name = match &mut self.alternatives {
            Some(list) => list.name(name, carried),
            None => name,
        };
        carried.push(PLACE, name, text);
    }
}

/// The attributes of an element. Whether one is there twice is not looked at, which would take its time where there are many.
fn attributes<'a>(element: &'a BytesStart) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let attributes = attributes.map_while(Result::ok);
    attributes.map(|attribute| (attribute.key.0, attribute.value))
}

/// What a reference stands for. One that is not XML's own stays as it is.
pub(in super::super) fn resolved(reference: &BytesRef) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(char)) => char.to_string(),
        _ => match resolve_xml_entity(reference) {
            Some(text) => text.to_owned(),
            None => format!("&{};", &**reference),
        },
    }
}

/// A text with XML's own references replaced. Where others stand in it, it stays as it is.
fn plain(text: &str) -> String {
    unescape(text).map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

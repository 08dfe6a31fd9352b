//! The spaces of names of an SVG (Namespaces in XML): what is of none that is drawn is read by editors only.

use super::super::Uncleanable;
use super::super::walk::broken;
use std::collections::HashSet;
use std::ops::Range;

/// What is drawn, or is within what is.
const DRAWN: [&str; 4] = [
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
];
/// Prefixes that are drawn where nobody declares them, the first that of elements without one.
const UNDECLARED: [&str; 5] = ["", "xml", "xmlns", "xlink", "svg"];
/// Most declarations that hold at a time and change something.
const MOST: usize = 256;

/// The declarations that hold where the walk is.
pub(super) struct Spaces<'a> {
    /// Entities that are names of spaces that are drawn.
    entities: HashSet<&'a str>,
    /// Each with how many elements were open, its prefix, and whether it is drawn.
    declared: Vec<(usize, &'a str, bool)>,
}

impl<'a> Spaces<'a> {
    /// No declarations, and the entities of a text.
    pub(super) fn new(text: &'a str) -> Self {
        // Illustrator gives names of spaces names again, in the type of document.
        let named = text.match_indices("<!ENTITY ").filter_map(|(at, begin)| {
            let (name, value) = word(&text[at + begin.len()..]);
            let value = value.trim_ascii_start().strip_prefix(['"', '\'']);
            value.is_some_and(is_drawn).then_some(name)
        });
        Self {
            entities: named.collect(),
            declared: Vec::new(),
        }
    }

    /// Takes the declarations of a tag, where so many elements are open.
    pub(super) fn begin(&mut self, tag: &'a str, open: usize, at: u64) -> Result<(), Uncleanable> {
        for (_, name, value) in attributes(tag) {
            let prefix = match name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if name == "xmlns" => "",
                _ => continue,
            };
            let entity = value
                .trim_ascii()
                .strip_prefix('&')
                .map(|name| word(name).0);
            let is_drawn = is_drawn(value.trim_ascii())
                || entity.is_some_and(|entity| self.entities.contains(entity));
            if self.holds(prefix) == is_drawn {
                continue;
            }
            if self.declared.len() == MOST {
                return Err(broken("one space of names too many is", at));
            }
            self.declared.push((open, prefix, is_drawn));
        }
        Ok(())
    }

    /// Forgets the declarations of an element that ends, where so many others are open.
    pub(super) fn end(&mut self, open: usize) {
        while self
            .declared
            .pop_if(|(begun, _, _)| *begun >= open)
            .is_some()
        {}
    }

    /// Whether a name is of what is drawn.
    pub(super) fn is_drawn(&self, name: &str) -> bool {
        self.holds(name.split_once(':').map_or("", |(prefix, _)| prefix))
    }

    fn holds(&self, prefix: &str) -> bool {
        let mut declared = self.declared.iter().rev();
        let found = declared.find(|(_, declared, _)| *declared == prefix);
        found.map_or_else(
            || UNDECLARED.contains(&prefix),
            |(_, _, is_drawn)| *is_drawn,
        )
    }
}

/// A name, and what stands behind it.
fn word(text: &str) -> (&str, &str) {
    let is_of_name = |char: char| char.is_alphanumeric() || "-_.".contains(char);
    let end = text.find(|char| !is_of_name(char)).unwrap_or(text.len());
    text.split_at(end)
}

/// Whether a value names a space of what is drawn.
fn is_drawn(value: &str) -> bool {
    DRAWN.iter().any(|space| value.starts_with(space))
}

/// The attributes of a tag: where each stands with the space before it, its name, and its value.
pub(super) fn attributes(tag: &str) -> impl Iterator<Item = (Range<usize>, &str, &str)> {
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
        Some((start..at, name.trim_ascii_end(), &tag[open + 1..at - 1]))
    })
}

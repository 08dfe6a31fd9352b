//! The spaces of names of an SVG (Namespaces in XML): what is of none that is drawn is read by editors only.

use std::collections::{HashMap, HashSet};
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
pub(crate) struct Spaces<'a> {
    /// Entities that are names of spaces that are drawn.
    entities: HashSet<&'a str>,
    /// Each with how many elements were open, its prefix, and whether it is drawn.
    declared: Vec<(usize, &'a str, bool)>,
    /// What was said of each prefix, the last of which holds.
    by_prefix: HashMap<&'a str, Vec<bool>>,
}

impl<'a> Spaces<'a> {
    /// No declarations, and the entities of a text.
    pub(crate) fn new(text: &'a str) -> Self {
        // Illustrator gives names of spaces names again, in the type of document.
        let named = text.match_indices("<!ENTITY ").filter_map(|(at, begin)| {
            let (name, value) = word(&text[at + begin.len()..]);
            let value = value.trim_ascii_start();
            let quote = value.chars().next()?;
            let (value, _) = value[quote.len_utf8()..].split_once(quote)?;
            is_drawn(value).then_some(name)
        });
        Self {
            entities: named.collect(),
            declared: Vec::new(),
            by_prefix: HashMap::new(),
        }
    }

    /// Takes the declarations of a tag, where so many elements are open. [`None`] where there are too many.
    pub(crate) fn begin(&mut self, tag: &'a str, open: usize) -> Option<()> {
        for (_, name, value) in attributes(tag) {
            let Some(prefix) = declared(name) else {
                continue;
            };
            let is_drawn = self.is_of_drawn(value);
            if self.holds(prefix) == is_drawn {
                continue;
            }
            if self.declared.len() == MOST {
                return None;
            }
            self.declared.push((open, prefix, is_drawn));
            self.by_prefix.entry(prefix).or_default().push(is_drawn);
        }
        Some(())
    }

    /// Whether the value of a declaration is a space of what is drawn.
    pub(crate) fn is_of_drawn(&self, value: &str) -> bool {
        let value = value.trim_ascii();
        let entity = value.strip_prefix('&').map(|name| word(name).0);
        is_drawn(value) || entity.is_some_and(|entity| self.entities.contains(entity))
    }

    /// Forgets the declarations of an element that ends, where so many others are open.
    pub(crate) fn end(&mut self, open: usize) {
        let ends = |(begun, _, _): &mut (usize, &str, bool)| *begun >= open;
        while let Some((_, prefix, _)) = self.declared.pop_if(ends) {
            self.by_prefix.entry(prefix).or_default().pop();
        }
    }

    /// Whether a name is of what is drawn.
    pub(crate) fn is_drawn(&self, name: &str) -> bool {
        self.holds(name.split_once(':').map_or("", |(prefix, _)| prefix))
    }

    fn holds(&self, prefix: &str) -> bool {
        let declared = self.by_prefix.get(prefix).and_then(|said| said.last());
        declared.map_or_else(|| UNDECLARED.contains(&prefix), |is_drawn| *is_drawn)
    }
}

/// The prefix that an attribute of this name declares, which is empty for elements without one.
pub(crate) fn declared(name: &str) -> Option<&str> {
    match name.split_once(':') {
        Some(("xmlns", prefix)) => Some(prefix),
        None if name == "xmlns" => Some(""),
        _ => None,
    }
}

/// A name, and what stands behind it.
pub(super) fn word(text: &str) -> (&str, &str) {
    let is_of_name = |char: char| char.is_alphanumeric() || "-_.".contains(char);
    let end = text.find(|char| !is_of_name(char)).unwrap_or(text.len());
    text.split_at(end)
}

/// Whether a value names a space of what is drawn.
fn is_drawn(value: &str) -> bool {
    DRAWN.contains(&value)
}

/// The attributes of a tag: where each stands with the space before it, its name, and its value.
pub(crate) fn attributes(tag: &str) -> impl Iterator<Item = (Range<usize>, &str, &str)> {
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

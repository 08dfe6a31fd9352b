//! The type of document of an SVG (XML 1.0, 2.8 and 4.2): programs keep texts in it that are not drawn.

use super::spaces::word;
use std::ops::Range;

const BEGIN: &str = "<!DOCTYPE";
/// Most declarations. Programs write a dozen.
const MOST: usize = 10_000;
const OF_W3C: [&str; 2] = ["-//W3C//", "http://www.w3.org/"];

/// A part of the type of document, with the space before it.
pub(crate) struct Part<'a> {
    pub(crate) range: Range<usize>,
    pub(crate) what: What<'a>,
}

pub(crate) enum What<'a> {
    /// Its begin, its end, and what names a standard of W3C.
    Needed,
    /// The marks between which declarations stand.
    Mark,
    /// A text by its name.
    Entity { name: &'a str, value: &'a str },
    /// What only says in which spaces names are.
    Spaces,
    /// A comment, an instruction, or where else a type of document would stand.
    Told,
    /// What nobody here knows.
    Other,
}

/// The parts of a type of document, from its first letter to its last. [`None`] where it is none, or has too many
/// declarations.
pub(crate) fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    let mut rest = Rest { text, at: 0 };
    let mut parts = Vec::new();
    rest.pass(BEGIN)?;
    rest.space();
    rest.name();
    parts.push(rest.part(0, What::Needed));
    let start = rest.at;
    rest.space();
    if !rest.starts_with("[") && !rest.starts_with(">") {
        rest.name();
        let mut is_known = true;
        for _ in 0..2 {
            let before = rest.at;
            rest.space();
            match rest.quoted() {
                Some(value) => is_known &= OF_W3C.iter().any(|begin| value.starts_with(begin)),
                None => rest.at = before,
            }
        }
        let what = if is_known { What::Needed } else { What::Told };
        parts.push(rest.part(start, what));
    } else {
        rest.at = start;
    }
    let start = rest.at;
    rest.space();
    if rest.pass("[").is_some() {
        parts.push(rest.part(start, What::Mark));
        loop {
            let start = rest.at;
            rest.space();
            if rest.pass("]").is_some() {
                parts.push(rest.part(start, What::Mark));
                break;
            }
            let what = rest.declaration().filter(|_| parts.len() < MOST)?;
            parts.push(rest.part(start, what));
        }
    } else {
        rest.at = start;
    }
    let start = rest.at;
    rest.space();
    rest.pass(">")?;
    parts.push(rest.part(start, What::Needed));
    (rest.at == text.len()).then_some(parts)
}

struct Rest<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Rest<'a> {
    fn left(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn starts_with(&self, begin: &str) -> bool {
        self.left().starts_with(begin)
    }

    fn pass(&mut self, begin: &str) -> Option<()> {
        self.starts_with(begin).then(|| self.at += begin.len())
    }

    fn space(&mut self) {
        let left = self.left();
        self.at += left.len() - left.trim_ascii_start().len();
    }

    fn name(&mut self) -> &'a str {
        let left = self.left();
        let is_end = |char: char| char.is_ascii_whitespace() || "[>\"'<".contains(char);
        let name = &left[..left.find(is_end).unwrap_or(left.len())];
        self.at += name.len();
        name
    }

    fn quoted(&mut self) -> Option<&'a str> {
        let left = self.left();
        let quote = left.chars().next().filter(|char| "\"'".contains(*char))?;
        let (value, _) = left[1..].split_once(quote)?;
        self.at += value.len() + 2;
        Some(value)
    }

    /// Goes behind what ends so.
    fn to(&mut self, end: &str) -> Option<()> {
        self.at += self.left().find(end)? + end.len();
        Some(())
    }

    fn declaration(&mut self) -> Option<What<'a>> {
        for (begin, end) in [("<!--", "-->"), ("<?", "?>")] {
            if self.pass(begin).is_some() {
                self.to(end)?;
                return Some(What::Told);
            }
        }
        let start = self.at;
        if self.pass("<!ENTITY").is_some() {
            self.space();
            let (name, _) = word(self.left());
            self.at += name.len();
            self.space();
            let value = self.quoted();
            self.space();
            if let (Some(value), false, Some(())) = (value, name.is_empty(), self.pass(">")) {
                return Some(What::Entity { name, value });
            }
            self.at = start;
        }
        self.pass("<!")?;
        // What stands in quotes may have any letter.
        while self.pass(">").is_none() {
            if self.quoted().is_none() {
                self.at += self.left().chars().next()?.len_utf8();
            }
        }
        let declared = &self.text[start..self.at];
        let mut words = declared.split_ascii_whitespace().skip(2);
        let is_of_spaces = declared.starts_with("<!ATTLIST")
            && words.next().is_some_and(|it| it.starts_with("xmlns"));
        // More than one attribute may stand in it.
        match is_of_spaces && declared.matches("CDATA").count() == 1 {
            true => Some(What::Spaces),
            false => Some(What::Other),
        }
    }

    fn part(&self, start: usize, what: What<'a>) -> Part<'a> {
        Part {
            range: start..self.at,
            what,
        }
    }
}

//! Addresses that are the data themselves (RFC 2397): pictures and other files stand in an SVG so, with all that they tell.

use super::super::Uncleanable;
use std::borrow::Cow;
use std::collections::HashMap;

const DATA: &str = "data:";
/// What stands before an address: the begin of a value, or one of these.
const BEFORE: [char; 8] = ['"', '\'', '`', '(', ',', ';', '=', '>'];
/// Fonts as they begin in letters of base64: WOFF, WOFF2, TrueType of both kinds, OpenType, collections. They have no prompts.
const FONTS: [&str; 6] = ["d09GR", "d09GM", "AAEAAA", "dHJ1Z", "T1RUT", "dHRjZ"];
const BASE64: &str = ";base64,";
/// Most bytes of what is said of the data before them.
const LONGEST_TYPE: usize = 200;
/// Most bytes of a text that has a name, and most of those that are put in the place of names.
const LONGEST_ENTITY: usize = 1 << 12;
const MOST_NAMED: usize = 8 << 20;

const HOLDS_FILES: &str = "the SVG holds pictures or files of other kinds, which may tell something themselves: clean these and put them in again, \
                           or save it as PNG and clean that";
const NAMED: &str = "the SVG has texts of its own by names (ENTITY), which are not followed here: save it anew by a program that draws, and try again";

/// What addresses are looked for by.
#[derive(Default)]
pub(super) struct Addresses<'a> {
    /// Texts by their names.
    entities: HashMap<&'a str, &'a str>,
    /// Bytes that were put in the place of names.
    named: usize,
}

impl<'a> Addresses<'a> {
    pub(super) fn declare(&mut self, name: &'a str, value: &'a str) {
        // The first of a name counts (XML 1.0, 4.2).
        self.entities.entry(name).or_insert(value);
    }

    /// Whether a text has this name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.entities.contains_key(name)
    }

    /// Refuses a value in which data of other files stand.
    pub(super) fn refuse_in(&mut self, value: &str) -> Result<(), Uncleanable> {
        if !value.contains([':', '&', '\\']) {
            return Ok(());
        }
        let value = plain(&self.resolved(value)?);
        let small = value.to_ascii_lowercase();
        let mut places = small.match_indices(DATA);
        let holds = places.any(|(at, _)| {
            let before = value[..at].chars().next_back();
            before.is_none_or(|char| BEFORE.contains(&char)) && !is_font(&value[at + DATA.len()..])
        });
        match holds {
            true => Err(Uncleanable::Kind(HOLDS_FILES)),
            false => Ok(()),
        }
    }

    /// A text with letters and texts in the place of their names.
    pub(super) fn resolved<'b>(&mut self, value: &'b str) -> Result<Cow<'b, str>, Uncleanable> {
        let mut parts = value.split('&');
        let first = parts.next().unwrap_or_default();
        if first.len() == value.len() {
            return Ok(Cow::Borrowed(value));
        }
        let mut resolved = first.to_owned();
        for part in parts {
            let (name, rest) = part.split_once(';').unwrap_or(("", part));
            match (letter(name), self.entities.get(name)) {
                (Some(letter), _) => resolved.push(letter),
                (None, Some(entity)) => {
                    self.named += entity.len();
                    let letters = letters(entity).filter(|_| self.named <= MOST_NAMED);
                    resolved.push_str(&letters.ok_or(Uncleanable::Kind(NAMED))?);
                }
                // Nobody knows it, so that it is nothing.
                (None, None) => {}
            }
            resolved.push_str(rest);
        }
        Ok(Cow::Owned(resolved))
    }
}

/// The text of an entity. [`None`] where it has elements or other entities in it, or is too long.
fn letters(entity: &str) -> Option<String> {
    let mut parts = entity.split('&');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        text.push(letter(name)?);
        text.push_str(rest);
    }
    let is_plain = entity.len() <= LONGEST_ENTITY && !text.contains(['<', '&', '%']);
    is_plain.then_some(text)
}

/// A letter by its number, or one of the five that XML has names for (XML 1.0, 4.1 and 4.6). Of those of HTML, addresses need one.
fn letter(name: &str) -> Option<char> {
    let number = match name.strip_prefix('#') {
        Some(number) => number,
        None => {
            let known = [
                ("amp", '&'),
                ("lt", '<'),
                ("gt", '>'),
                ("quot", '"'),
                ("apos", '\''),
                ("colon", ':'),
            ];
            return known
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, char)| *char);
        }
    };
    let number = match number.strip_prefix('x') {
        Some(number) => u32::from_str_radix(number, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?)
}

/// A value without spaces and letters that steer, which addresses may have anywhere (URL, 4.4), and without what CSS writes before
/// letters or instead of them (CSS Syntax 3, 4.3.7).
fn plain(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(char) = chars.next() {
        if char != '\\' {
            plain.extend(Some(char).filter(|char| !char.is_control() && !char.is_whitespace()));
            continue;
        }
        let mut number = 0;
        let mut digits = 0;
        while let Some(digit) = chars
            .peek()
            .and_then(|char| char.to_digit(16))
            .filter(|_| digits < 6)
        {
            number = number << 4 | digit;
            digits += 1;
            chars.next();
        }
        plain.extend(char::from_u32(number).filter(|_| digits > 0));
    }
    plain
}

fn is_font(data: &str) -> bool {
    let begin = data
        .char_indices()
        .nth(LONGEST_TYPE)
        .map_or(data, |(end, _)| &data[..end]);
    let Some(comma) = begin.find(',') else {
        return false;
    };
    let (kind, data) = data.split_at(comma + 1);
    kind.to_ascii_lowercase().ends_with(BASE64) && FONTS.iter().any(|font| data.starts_with(font))
}

//! A list of settings: `Key: value` separated by commas, where a value may be a JSON string, object or list.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// Longest key that is one; a longer one is a sentence.
const LONGEST_KEY: usize = 64;
/// Settings that are read. Real texts have some hundred, and each takes many times the memory that it takes in the file.
const MAX_SETTINGS: usize = 10_000;
/// Values that are looked at as JSON in vain. Each may take as long as the text is.
const MAX_FAILURES: usize = 64;

/// The settings of a text in their order.
#[derive(Debug, Default)]
pub(super) struct Settings(pub(super) Vec<(String, String)>);

impl Settings {
    /// Reads the settings at the start of a text: to the end of the line, or of the next where a line ends with a comma.
    pub(super) fn read(text: &str) -> Self {
        let pairs = Pairs::new(text).filter_map(|pair| Some((pair.key?.to_owned(), pair.value)));
        Self(pairs.take(MAX_SETTINGS).collect())
    }

    /// The value of a setting, unless it is empty.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        let value = self.0.iter().find(|(name, _)| name == key);
        value
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

/// The key at the start of a text.
pub(super) fn key(text: &str) -> Option<&str> {
    let end = text.find([':', ',', '\n'])?;
    let key = text[..end].trim();
    let is_key = text[end..].starts_with(':') && !key.is_empty() && key.len() <= LONGEST_KEY;
    is_key.then_some(key)
}

/// A setting of ADetailer, and which tab of its it is of: nothing for the first, ` 2nd`, ` 3rd` and so on (`aaaaaa/ui.py`).
pub(super) fn tab(name: &str) -> (&str, &str) {
    let place = name.rfind(' ').filter(|at| {
        let ordinal = &name[at + 1..];
        let letters = ordinal.trim_start_matches(|char: char| char.is_ascii_digit());
        letters.len() < ordinal.len() && matches!(letters, "st" | "nd" | "rd" | "th")
    });
    name.split_at(place.unwrap_or(name.len()))
}

/// Where the values stand that are quoted.
pub(super) fn quoted(text: &str) -> impl Iterator<Item = (usize, usize)> {
    Pairs::new(text)
        .filter(|pair| pair.whole)
        .map(|pair| pair.place)
}

struct Pair<'a> {
    /// Nothing where a word stands alone.
    key: Option<&'a str>,
    value: String,
    place: (usize, usize),
    /// Whether commas in the value belong to it.
    whole: bool,
}

struct Pairs<'a> {
    text: &'a str,
    at: usize,
    failures: usize,
    /// Whether no quote further on ends a value.
    open: bool,
}

impl<'a> Pairs<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            failures: 0,
            open: false,
        }
    }

    /// A value that says itself where it ends, and its length. A value with neither comma nor colon is never quoted (web UI,
    /// `infotext_utils.py`, `quote`), so that quotes may begin it and end within it.
    fn whole(&mut self, value: &str) -> Option<(String, usize)> {
        if !value.starts_with(['"', '{', '[']) || self.failures == MAX_FAILURES {
            return None;
        }
        let whole = match value.starts_with('"') {
            true => json::<String>(value),
            // Only its length is asked for: as values it would take many times the memory.
            false => json::<IgnoredAny>(value).map(|(_, end)| (value[..end].to_owned(), end)),
        };
        let whole = whole.filter(|(_, length)| ends(&value[*length..]));
        if whole.is_some() {
            return whole;
        }
        self.failures += 1;
        // Of programs that quote without escaping, a quote is open where the first comma stands.
        let first = &value[..value.find([',', '\n']).unwrap_or(value.len())];
        if self.open || !value.starts_with('"') || first.matches('"').count().is_multiple_of(2) {
            return None;
        }
        let mut quotes = value.match_indices('"').skip(1);
        let close = quotes.find(|(at, _)| ends(&value[at + 1..]));
        self.open = close.is_none();
        let (close, _) = close?;
        Some((value[1..close].to_owned(), close + 1))
    }
}

/// The JSON value with which a text begins, and its length.
fn json<'a, T: Deserialize<'a>>(text: &'a str) -> Option<(T, usize)> {
    let mut values = Deserializer::from_str(text).into_iter::<T>();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

/// Whether a value ends here.
fn ends(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '\t', '\r']);
    after.is_empty() || after.starts_with([',', '\n'])
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Pair<'a>> {
        let rest = &self.text[self.at..];
        let start = rest.trim_start_matches([' ', '\t', '\r']);
        // A line that no comma ends is the last.
        let before = self.text[..self.at].trim_end();
        if start.starts_with('\n') && !before.is_empty() && !before.ends_with(',') {
            return None;
        }
        let start = rest.trim_start();
        if start.is_empty() {
            return None;
        }
        let key = key(start);
        let value = match key {
            Some(_) => start[start.find(':')? + 1..].trim_start_matches([' ', '\t']),
            None => start,
        };
        let at = self.text.len() - value.len();
        let whole = match key {
            Some(_) => self.whole(value),
            None => None,
        };
        let is_whole = whole.is_some();
        let (text, length) = whole.unwrap_or_else(|| {
            let length = value.find([',', '\n']).unwrap_or(value.len());
            (value[..length].trim().to_owned(), length)
        });
        let end = at + length;
        let after = &self.text[end..];
        let spaces = after.len() - after.trim_start_matches([' ', '\t', '\r']).len();
        self.at = end + spaces;
        if self.text[self.at..].starts_with(',') {
            self.at += 1;
        }
        Some(Pair {
            key,
            value: text,
            place: (at, end),
            whole: is_whole,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_values_are_json_and_hold_commas_colons_and_escapes() {
        let settings = Settings::read(
            r#"Steps: 15, Lora hashes: "a: 1, b: 2", Tiling, Hires prompt: "say \"hi\",\nModel: no", Hashes: {"model": "1, 2"}, Model: dream, Size: 5x4
Seed: 7"#,
        );
        assert_eq!(settings.get("Model"), Some("dream"));
        assert_eq!(settings.get("Lora hashes"), Some("a: 1, b: 2"));
        assert_eq!(settings.get("Hires prompt"), Some("say \"hi\",\nModel: no"));
        assert_eq!(settings.get("Hashes"), Some(r#"{"model": "1, 2"}"#));
        assert_eq!(settings.get("Size"), Some("5x4"));
        assert_eq!(settings.get("Seed"), None);
    }

    #[test]
    fn a_line_that_ends_with_a_comma_goes_on() {
        let settings = Settings::read("Steps: 15,\r\nModel: dream\r\nSeed: 7");
        assert_eq!(settings.0.len(), 2);
        assert_eq!(settings.get("Model"), Some("dream"));
    }

    #[test]
    fn many_broken_values_are_read_in_good_time() {
        for value in ["A:\"\\", "A:[\"", "A:{", "A:[[", "A:\n", ":", ",", "A:\"é,"] {
            let _ = Settings::read(&value.repeat(200_000));
        }
    }
}

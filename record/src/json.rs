//! JSON as Python writes it.
//!
//! Python's `json` writes NaN, Infinity and -Infinity bare, and a broken character as a lone surrogate escape. Neither is JSON
//! (RFC 8259, sections 3 and 7), both are in many files.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;

/// Values that a text may hold. Real graphs have some ten thousand; each takes many times the memory that it takes in the file.
const MAX_VALUES: usize = 250_000;

/// Why a text cannot be read.
#[derive(Debug)]
pub(crate) enum Error {
    /// It is no JSON, or nested too deeply.
    Json(serde_json::Error),
    /// It holds too many values.
    TooMany,
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "{error}"),
            Self::TooMany => write!(f, "it holds more than {MAX_VALUES} values"),
        }
    }
}

/// Reads a JSON value. What is no number becomes null, and a lone surrogate U+FFFD. More than 127 values within one another are
/// an error, and so are more than [`MAX_VALUES`].
pub(crate) fn parse(text: &str) -> Result<Value, Error> {
    read(text)
}

/// The same, of a type of one's own, which the JSON must be.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    // One of these stands before every value.
    let before = |byte: &&u8| matches!(byte, b'[' | b',' | b'{' | b':');
    let is_long = text.len() > MAX_VALUES;
    if is_long && text.as_bytes().iter().filter(before).count() > MAX_VALUES {
        return Err(Error::TooMany);
    }
    match serde_json::from_str(text) {
        Err(_) if is_of_python(text) => Ok(serde_json::from_str(&plain(text))?),
        read => Ok(read?),
    }
}

/// Whether there may be something in it that Python alone writes. Most texts that are no JSON are sentences.
fn is_of_python(text: &str) -> bool {
    ["NaN", "Infinity", "\\u"]
        .iter()
        .any(|it| text.contains(it))
}

/// Marks of a JSON text that stand before its values, those within strings not counted; each value has at most two. It bounds what a
/// text takes once it is read. Of what is no JSON it means nothing.
pub(crate) fn values(text: &[u8]) -> usize {
    let (mut count, mut quoted, mut escaped) = (0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b',' | b'{' | b':' if !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Reads a JSON object. [`None`] where it is another value or no JSON.
pub(crate) fn object(text: &str) -> Option<Map<String, Value>> {
    match parse(text) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

/// The same text with what Python alone writes replaced.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut quoted = false;
    while let Some(char) = rest.chars().next() {
        let taken = if quoted {
            match char {
                '\\' => escape(rest, &mut plain),
                _ => {
                    quoted = char != '"';
                    plain.push(char);
                    char.len_utf8()
                }
            }
        } else if let Some(word) = ["-Infinity", "Infinity", "NaN"]
            .into_iter()
            .find(|word| rest.starts_with(word))
        {
            plain.push_str("null");
            word.len()
        } else {
            quoted = char == '"';
            plain.push(char);
            char.len_utf8()
        };
        rest = &rest[taken..];
    }
    plain
}

/// Copies an escape, or U+FFFD for a lone surrogate; returns how many bytes it had.
fn escape(rest: &str, plain: &mut String) -> usize {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (length, lone) = match unit(0) {
        Some(0xd800..=0xdbff) if matches!(unit(6), Some(0xdc00..=0xdfff)) => (12, false),
        Some(0xd800..=0xdfff) => (6, true),
        Some(_) => (6, false),
        // The escaped character is one, of any length.
        None => (
            1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            false,
        ),
    };
    match lone {
        true => plain.push(char::REPLACEMENT_CHARACTER),
        false => plain.push_str(&rest[..length]),
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_python_writes_is_read() {
        let text = r#"{"a": NaN, "b": [Infinity, -Infinity], "c": "NaN \" Infinity"}"#;
        let value = json!({ "a": null, "b": [null, null], "c": "NaN \" Infinity" });
        assert_eq!(parse(text).expect("read"), value);
    }

    #[test]
    fn lone_surrogates_are_replaced_and_pairs_are_read() {
        for (text, value) in [
            (r#""a \ud83e b""#, "a \u{fffd} b"),
            (r#""\udd86""#, "\u{fffd}"),
            (r#""\ud83e\ud83e\udd86""#, "\u{fffd}\u{1f986}"),
            (r#""\ud83e\\udd86""#, "\u{fffd}\\udd86"),
        ] {
            assert_eq!(parse(text).expect("read"), value);
        }
    }

    #[test]
    fn what_is_no_json_or_too_deep_is_refused() {
        let deep = "[".repeat(100_000);
        let many = format!("[{}0]", "0,".repeat(MAX_VALUES));
        for text in ["", "{", "\"\\", "\"\\é", "NaNa", &deep, &many] {
            assert!(parse(text).is_err(), "{:.20}", text);
        }
        assert!(object("[]").is_none());
    }
}

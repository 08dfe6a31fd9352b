//! `sd-metadata` and `Dream`, before version 3.
//!
//! `Dream` is the line that makes the same picture again, such as `"a duck [blurry]" -s 50 -S 123`; `sd-metadata` says the same
//! in JSON, and more. What stands in brackets inside a prompt is not wanted.

use super::{MOST, version};
use crate::field::{Field, Fields};
use crate::json;
use crate::reading::Reading;
use serde_json::Value;

pub(super) fn read(fields: &Fields, reading: &mut Reading) {
    let line = fields
        .get("Dream")
        .and_then(|field| Some((field, prompt(&field.text)?)));
    let read = fields
        .get("sd-metadata")
        .is_some_and(|field| settings(field, reading));
    if let Some((field, text)) = line {
        if !read {
            add(text, field, reading);
        }
        reading.parameters(field);
    }
}

/// Reads `sd-metadata`; whether it could be.
fn settings(field: &Field, reading: &mut Reading) -> bool {
    let Some(settings) = json::object(&field.text) else {
        reading.unreadable(field, "it is no JSON object");
        return false;
    };
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    match settings.get("image").and_then(|image| image.get("prompt")) {
        Some(Value::String(prompt)) => add(prompt, field, reading),
        Some(Value::Array(parts)) => {
            for part in parts.iter().take(MOST) {
                weighted(part, field, reading);
            }
        }
        _ => {}
    }
    reading.model(
        text("model_weights").unwrap_or_default(),
        text("model_hash"),
        field,
    );
    reading.parameters(field);
    version(text("app_version"), field, reading);
    true
}

/// A part of a prompt. One that weighs less than nothing is taken off the others.
fn weighted(part: &Value, field: &Field, reading: &mut Reading) {
    let Some(text) = part.get("prompt").and_then(Value::as_str) else {
        return;
    };
    let weight = part.get("weight").and_then(Value::as_f64);
    match weight.is_some_and(|weight| weight < 0.0) {
        true => reading.negative(text, field),
        false => add(text, field, reading),
    }
}

fn add(text: &str, field: &Field, reading: &mut Reading) {
    let (prompt, negative) = split(text);
    reading.prompt(&prompt, field);
    reading.negative(&negative, field);
}

/// A prompt and what is in its brackets, as InvokeAI 2 takes them apart (`ldm/invoke/conditioning.py`): a bracket ends at the
/// next closing one on its line, and runs of spaces become one where there is any.
fn split(text: &str) -> (String, String) {
    let (mut prompt, mut inside) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let end = after.find([']', '\n']);
        match end.map(|end| after.split_at(end)) {
            Some((negative, left)) if left.starts_with(']') => {
                prompt.push_str(before);
                prompt.push(' ');
                inside.push(negative);
                rest = &left[1..];
            }
            // It is never closed. Others on this line are not either.
            Some((line, left)) => {
                prompt.extend([before, "[", line]);
                rest = left;
            }
            None => break,
        }
    }
    prompt.push_str(rest);
    if inside.is_empty() {
        return (text.to_owned(), String::new());
    }
    let mut last = '\0';
    prompt.retain(|char| std::mem::replace(&mut last, char) != ' ' || char != ' ');
    (prompt, inside.join(" "))
}

/// The prompt of a line. One that itself has quotes in it may end at either, and is not known.
fn prompt(line: &str) -> Option<&str> {
    let quoted = line.trim_start().strip_prefix('"')?;
    let (prompt, switches) = quoted.split_once('"')?;
    let steps = switches.strip_prefix(" -s")?.trim_start();
    steps
        .starts_with(|char: char| char.is_ascii_digit())
        .then_some(prompt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_taken_apart_as_invokeai_does() {
        for (text, prompt, negative) in [
            ("a  duck", "a  duck", ""),
            ("a duck [blurry]", "a duck ", "blurry"),
            ("a [red]  duck [blurry]", "a duck ", "red blurry"),
            ("a [b [c] d] e", "a d] e", "b [c"),
            (r"a \[b\] c", r"a \ c", r"b\"),
            ("a [] b", "a b", ""),
            ("a ] b [c", "a ] b [c", ""),
            ("a [b\nc] d [é]", "a [b\nc] d ", "é"),
            ("[x]", " ", "x"),
        ] {
            assert_eq!(split(text), (prompt.to_owned(), negative.to_owned()));
        }
    }

    #[test]
    fn lines_that_are_not_sure_give_no_prompt() {
        assert_eq!(prompt(r#""a duck" -s50 -S 5"#), Some("a duck"));
        for line in [
            "a dream",
            r#""a dream""#,
            r#""a "big" duck" -s 50"#,
            "\"",
            "",
        ] {
            assert_eq!(prompt(line), None, "{line}");
        }
    }

    #[test]
    fn many_brackets_are_quick() {
        for text in [
            "[".repeat(1 << 20),
            "[]".repeat(1 << 19),
            "[\n".repeat(1 << 19),
        ] {
            let _ = split(&text);
        }
    }
}

//! `sd-metadata` and `Dream`, before version 3.
//!
//! `Dream` is the line that makes the same picture again, such as `"a duck [blurry]" -s 50 -S 123`, with the prompt as it was typed;
//! `sd-metadata` says the same in JSON, and more, with the prompt cut into its weighted parts. What stands in brackets inside a
//! prompt is not wanted since version 2.

use super::{MOST, version};
use crate::field::{Field, Fields};
use crate::json;
use crate::reading::Reading;
use serde_json::{Map, Value};

/// A prompt, and whether the version that had it took the brackets out.
struct Typed<'a> {
    text: &'a str,
    brackets: bool,
}

pub(super) fn read(fields: &Fields, reading: &mut Reading) {
    let line = fields.get("Dream");
    let typed = line.and_then(|line| typed(&line.text));
    let metadata = fields.get("sd-metadata");
    if let Some(field) = metadata {
        settings(field, typed.is_none(), reading);
    }
    let Some(line) = line.filter(|_| typed.is_some() || metadata.is_some()) else {
        return;
    };
    if let Some(typed) = typed {
        add(&typed, line, reading);
    }
    reading.parameters(line);
}

/// Reads `sd-metadata` (`metadata_dumps` in `ldm/invoke/args.py`), its prompts only where they are asked for.
fn settings(field: &Field, prompts: bool, reading: &mut Reading) {
    let Some(settings) = json::object(&field.text) else {
        return reading.unreadable(field, "it is no JSON object");
    };
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    let app = text("app_version").unwrap_or_default();
    let brackets = !app.trim_start_matches('v').starts_with("1.");
    if prompts {
        for text in parts(&settings).take(MOST) {
            add(&Typed { text, brackets }, field, reading);
        }
    }
    // The web interface has the name of the model that was used; there `model_id` is the one that it was started with.
    let name = text("model_weights").or_else(|| text("model_id"));
    reading.model(name.unwrap_or_default(), text("model_hash"), field);
    reading.parameters(field);
    version(text("app_version"), field, reading);
}

/// The prompts of a picture, or of all pictures in a grid. A prompt with weights is a list of parts. The weights are divided by
/// their sum, which may turn their signs, so that they do not tell what was not wanted.
fn parts(settings: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let grid = settings.get("images").and_then(Value::as_array);
    let images = settings.get("image").into_iter();
    let prompts = images
        .chain(grid.into_iter().flatten())
        .filter_map(|image| image.get("prompt"));
    let parts = prompts.flat_map(|prompt| match prompt {
        Value::Array(parts) => parts.as_slice(),
        whole => std::slice::from_ref(whole),
    });
    parts.filter_map(|part| part.get("prompt").unwrap_or(part).as_str())
}

fn add(typed: &Typed<'_>, field: &Field, reading: &mut Reading) {
    if !typed.brackets {
        return reading.prompt(typed.text, field);
    }
    let (prompt, negative) = split(typed.text);
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

/// The prompt of a line.
///
/// Version 1 writes `"a duck" -s50` (`PromptFormatter` in `ldm/dream/pngwriter.py`), 2.0 and the web interface `"a duck" -s 50`, and
/// 2.1 `a duck -s 50 -S 5 -W 512` (`dream_prompt_str` in `ldm/invoke/args.py`). None of them marks quotes within the prompt, and what
/// follows it has no second `-s`: it ends at the last.
fn typed(line: &str) -> Option<Typed<'_>> {
    let line = line.trim_start();
    quoted(line).or_else(|| bare(line))
}

fn quoted(line: &str) -> Option<Typed<'_>> {
    let line = line.strip_prefix('"')?;
    line.rmatch_indices("\" -s").find_map(|(at, mark)| {
        let steps = &line[at + mark.len()..];
        let spaced = steps.strip_prefix(' ');
        number(spaced.unwrap_or(steps))?;
        Some(Typed {
            text: &line[..at],
            brackets: spaced.is_some(),
        })
    })
}

fn bare(line: &str) -> Option<Typed<'_>> {
    line.rmatch_indices(" -s ").find_map(|(at, mark)| {
        let seed = number(&line[at + mark.len()..])?.strip_prefix(" -S ")?;
        number(seed)?.strip_prefix(" -W ")?;
        Some(Typed {
            text: &line[..at],
            brackets: true,
        })
    })
}

/// What follows the number with which a text begins.
fn number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
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
    fn prompt_of_a_line_ends_at_its_last_steps() {
        for (line, prompt, brackets) in [
            (r#""a duck" -s50 -W512"#, "a duck", false),
            (r#""a duck" -s 50 -S 5"#, "a duck", true),
            (r#""a "big" duck" -s 50"#, r#"a "big" duck"#, true),
            (r#""a" -s 5 duck" -s50 -S5"#, r#"a" -s 5 duck"#, false),
            ("a duck -s 50 -S 5 -W 512", "a duck", true),
            (r#""a" duck -s 50 -S 5 -W 512"#, r#""a" duck"#, true),
            (
                "a -s 1 -S 2 -W 3 b -s 50 -S 5 -W 9",
                "a -s 1 -S 2 -W 3 b",
                true,
            ),
        ] {
            let found = typed(line).map(|typed| (typed.text, typed.brackets));
            assert_eq!(found, Some((prompt, brackets)), "{line}");
        }
        for line in [
            "a dream",
            r#""a dream""#,
            "a dream -s 50",
            "a dream -s x -S 5 -W 6",
            r#""a dream" -safe"#,
            "\"",
            "",
        ] {
            assert!(typed(line).is_none(), "{line}");
        }
    }

    #[test]
    fn many_switches_are_quick() {
        for text in ["\" -s", " -s 1", "\" -s1 -S 1"] {
            let _ = typed(&format!("\"{}", text.repeat(1 << 18)));
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

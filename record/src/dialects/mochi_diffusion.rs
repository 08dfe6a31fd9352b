//! Mochi Diffusion: one text in the caption of IPTC, which macOS copies into XMP and a PNG's description.
//!
//! Since version 6 it has a line for each field, and says so in the first; before, fields are apart by `; `, which may stand in a
//! prompt too (Mochi Diffusion, `MetadataCodec.swift`, `Metadata.swift`).

use crate::field::{Field, Fields};
use crate::reading::{Evidence, Generator, Reading};

const NAME: &str = "Mochi Diffusion";
/// What the text begins with that has a line for each field.
const LINES: &str = "Metadata Version: 2\n";
const PROMPT: &str = "Include in Image";

/// All fields there are or have been.
const KEYS: [&str; 18] = [
    "Date",
    "Model",
    "Engine",
    "Model Key",
    "Size",
    "Quality",
    "Starting Image",
    "ControlNet Image",
    "Input Images",
    PROMPT,
    "Exclude from Image",
    "Scheduler",
    "ML Compute Unit",
    "Seed",
    "Steps",
    "Guidance Scale",
    "Upscaler",
    "Generator",
];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    fields.free().find_map(reading)
}

fn reading(field: &Field) -> Option<Reading> {
    let settings = match field.text.trim().strip_prefix(LINES) {
        Some(lines) => lines.lines().filter_map(line).collect(),
        None => joined(field.text.trim())?,
    };
    let says = |key: &str| {
        let setting = settings.iter().find(|(known, _)| *known == key);
        setting.map(|(_, value)| value.as_str())
    };
    let version = says("Generator")?.strip_prefix(NAME)?;
    let program = Generator::named(NAME).with_version(Some(version));
    let mut reading = Reading::by(Some(program.clone()), Evidence::Named);
    reading.prompt(says(PROMPT)?, field);
    reading.negative(says("Exclude from Image").unwrap_or_default(), field);
    reading.model(says("Model").unwrap_or_default(), None, field);
    reading.parameters(field);
    reading.tool(program.to_string(), field);
    Some(reading)
}

/// A field on a line of its own, in whose value a line's end and a backslash are escaped.
fn line(line: &str) -> Option<(&str, String)> {
    let (key, value) = line
        .split_once(": ")
        .or_else(|| Some((line.strip_suffix(':')?, "")))?;
    let mut plain = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        match (char, chars.as_str().chars().next()) {
            ('\\', Some(escaped @ ('n' | 'r' | '\\'))) => {
                chars.next();
                plain.push(match escaped {
                    'n' => '\n',
                    'r' => '\r',
                    other => other,
                });
            }
            _ => plain.push(char),
        }
    }
    KEYS.contains(&key).then_some((key, plain))
}

/// The fields of the older text, which begins with one and ends with the program. One begins where its name stands behind the
/// mark, so that a prompt that holds such a name with it is cut there, as it is by the program itself.
fn joined(text: &str) -> Option<Vec<(&str, String)>> {
    begin(text)?;
    let (_, last) = text.rsplit_once("; ")?;
    begin(last).filter(|(key, _)| *key == "Generator")?;
    let mut settings: Vec<(&str, String)> = Vec::new();
    for part in text.split("; ") {
        match (begin(part), settings.last_mut()) {
            (Some((key, value)), _) => settings.push((key, value.to_owned())),
            (None, Some((_, value))) => {
                value.push_str("; ");
                value.push_str(part);
            }
            (None, None) => return None,
        }
    }
    Some(settings)
}

/// A known name at the start, and what follows it.
fn begin(part: &str) -> Option<(&str, &str)> {
    let (key, value) = part.split_once(": ")?;
    KEYS.contains(&key).then_some((key, value))
}

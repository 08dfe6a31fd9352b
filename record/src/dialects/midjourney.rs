//! Midjourney: `Description`, a prompt with its parameters as they were typed, and the id of the job.
//!
//! Such as `a duck, reeds --ar 3:2 --no people --v 6.1 Job ID: 1b2c3d4e-…`. The name of the user stands in `Author`.

use crate::field::Fields;
use crate::reading::{Evidence, Generator, Reading};

const NAME: &str = "Midjourney";
const JOB: &str = "Job ID:";
/// Most parameters that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

/// What may follow a dash that a phone made of two. Such a dash may also stand in a sentence, two hyphens before a word do not.
const NAMES: &str = "ar aspect c chaos cref cw draft exp fast hd iw motion niji no oref ow p personalize \
    profile public q quality r raw relax repeat s seed sref stealth stop style stylize sv \
    sw test testp tile turbo v version video w weird";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let (field, typed) = fields
        .free()
        .find_map(|field| Some((field, typed(&field.text)?)))?;
    let mut parameters = starts(typed);
    let first = parameters.first().map_or(typed.len(), |(at, _)| *at);
    parameters.push((typed.len(), typed.len()));
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    reading.prompt(&typed[..first], field);
    let mut models: Vec<String> = Vec::new();
    for pair in parameters.windows(2).take(MOST) {
        let text = &typed[pair[0].1..pair[1].0];
        let (name, value) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match name {
            "no" => reading.negative(value, field),
            "v" | "version" => {
                models.extend(version(value).map(|version| format!("{NAME} v{version}")))
            }
            "niji" => models.extend(version(value).map(|version| format!("niji {version}"))),
            _ => {}
        }
    }
    models.dedup();
    // Of two, nobody knows which it was.
    if let [model] = &models[..] {
        reading.model(model, None, field);
    }
    reading.parameters(field);
    reading.tool(NAME, field);
    Some(reading)
}

/// What the user typed, where the text ends with the id of a job.
fn typed(text: &str) -> Option<&str> {
    let (typed, id) = text.rsplit_once(JOB)?;
    let parts: Vec<&str> = id.trim().splitn(6, '-').collect();
    let lengths = parts.iter().map(|part| part.len());
    let hex = parts
        .iter()
        .flat_map(|part| part.bytes())
        .all(|byte| byte.is_ascii_hexdigit());
    (hex && lengths.eq([8, 4, 4, 4, 12])).then_some(typed.trim())
}

/// Where each parameter begins: at its dashes, and at its name.
fn starts(typed: &str) -> Vec<(usize, usize)> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (at, char) in typed.char_indices() {
        if before.is_whitespace() && matches!(char, '-' | '—') {
            let rest = &typed[at..];
            let named = rest.strip_prefix("--").map(|named| (named, true));
            let named = named.or_else(|| rest.strip_prefix('—').map(|named| (named, false)));
            if let Some((named, _)) = named.filter(|(named, sure)| is_name(named, *sure)) {
                starts.push((at, typed.len() - named.len()));
            }
        }
        before = char;
    }
    starts
}

/// Whether the name of a parameter follows.
fn is_name(text: &str, sure: bool) -> bool {
    let end = text.find(|char: char| !char.is_ascii_alphabetic());
    let name = &text[..end.unwrap_or(text.len())];
    match sure {
        true => !name.is_empty(),
        false => {
            NAMES.split_whitespace().any(|known| known == name)
                && !text[name.len()..].starts_with(|char: char| !char.is_whitespace())
        }
    }
}

/// A version such as `6.1` or `4b`.
fn version(value: &str) -> Option<&str> {
    let version = value.split_whitespace().next()?;
    let plain = version
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    (plain && version.starts_with(|char: char| char.is_ascii_digit())).then_some(version)
}

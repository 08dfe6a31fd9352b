//! Midjourney: `Description`, a prompt with its parameters as they were typed, and the id of the job.
//!
//! Such as `a duck, reeds --ar 3:2 --no people --v 6.1 Job ID: 1b2c3d4e-…`. The name of the user stands in `Author`.

use super::xmp::source_type;
use crate::field::Fields;
use crate::reading::{Evidence, Generator, Reading};
use crate::source_type::is_of_ai;

const NAME: &str = "Midjourney";
const JOB: &str = "Job ID:";
const GUID: &str = "Iptc4xmpExt:DigImageGUID";
/// Most of what is not wanted. A record holds no more steps.
const MOST: usize = 1_000;

/// What may follow a dash that a phone made of two. Such a dash may also stand in a sentence, two hyphens before a word do not.
const NAMES: &str = "ar aspect c chaos cref cw draft exp fast hd iw motion niji no oref ow p personalize \
    profile public q quality r raw relax repeat s seed sref stealth stop style stylize sv \
    sw test testp tile turbo v version video w weird";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let (field, typed, mut parameters) = fields.free().find_map(|field| {
        let (typed, job) = typed(&field.text)?;
        let parameters = starts(typed);
        // Jobs of others have such an id too.
        let named = parameters.iter().any(|(_, at)| is_known(&typed[*at..]));
        let surely = named || fields.get("Author").is_some() || is_in_xmp(job, fields);
        surely.then_some((field, typed, parameters))
    })?;
    let first = parameters.first().map_or(typed.len(), |(at, _)| *at);
    parameters.push((typed.len(), typed.len()));
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    reading.prompt(&typed[..first], field);
    let pairs = parameters.windows(2).map(|pair| {
        let text = &typed[pair[0].1..pair[1].0];
        text.split_once(char::is_whitespace).unwrap_or((text, ""))
    });
    let unwanted = pairs.clone().filter(|(name, _)| *name == "no");
    for (_, value) in unwanted.take(MOST) {
        reading.negative(value, field);
    }
    let mut models = pairs.filter_map(|(name, value)| match name {
        "v" | "version" => Some(format!("{NAME} v{}", version(value)?)),
        "niji" => Some(format!("niji {}", version(value)?)),
        _ => None,
    });
    // Of two, nobody knows which it was.
    if let Some(model) = models.next()
        && models.all(|other| other == model)
    {
        reading.model(model.as_str(), None, field);
    }
    reading.parameters(field);
    reading.tool(NAME, field);
    Some(reading)
}

/// Whether the XMP says that the picture is of this job, and made by AI.
fn is_in_xmp(job: &str, fields: &Fields) -> bool {
    let guid = fields.get(GUID);
    let is_of_job = guid.is_some_and(|guid| guid.text.trim() == job);
    is_of_job && source_type(fields).is_some_and(|field| is_of_ai(&field.text))
}

/// What the user typed and the id of the job, where the text ends with that.
fn typed(text: &str) -> Option<(&str, &str)> {
    let (typed, id) = text.rsplit_once(JOB)?;
    let parts: Vec<&str> = id.trim().splitn(6, '-').collect();
    let lengths = parts.iter().map(|part| part.len());
    let hex = parts
        .iter()
        .flat_map(|part| part.bytes())
        .all(|byte| byte.is_ascii_hexdigit());
    (hex && lengths.eq([8, 4, 4, 4, 12])).then_some((typed.trim(), id.trim()))
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
    match sure {
        true => !name(text).is_empty(),
        false => is_known(text),
    }
}

/// Whether the name of a parameter of Midjourney follows, and ends there.
fn is_known(text: &str) -> bool {
    let name = name(text);
    NAMES.split_whitespace().any(|known| known == name)
        && !text[name.len()..].starts_with(|char: char| !char.is_whitespace())
}

fn name(text: &str) -> &str {
    let end = text.find(|char: char| !char.is_ascii_alphabetic());
    &text[..end.unwrap_or(text.len())]
}

/// A version such as `6.1` or `4b`.
fn version(value: &str) -> Option<&str> {
    let version = value.split_whitespace().next()?;
    let plain = version
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    (plain && version.starts_with(|char: char| char.is_ascii_digit())).then_some(version)
}

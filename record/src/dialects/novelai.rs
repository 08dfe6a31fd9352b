//! NovelAI: `Software`, the prompt in `Description`, settings as JSON in `Comment`, the model in `Source`.
//!
//! WebP has all of these as one JSON object in the UserComment of its EXIF, and some beside it. Since version 4 a picture has a
//! base prompt and one for each character, and what is not wanted for each of these.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Found, Generator, Reading};
use logic::step::StepKind;
use serde_json::{Map, Value};

const NAME: &str = "NovelAI";
const SIGNATURE: &str = "signed_hash";
/// Most characters of a picture that are looked at. A record holds no more steps, and NovelAI allows six.
const MOST: usize = 1_000;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let software = fields
        .0
        .iter()
        .find(|field| field.name == "Software" && field.text.trim() == NAME);
    // What is hidden in the pixels says once more what stands beside them.
    let hidden = |field: &&Field| software.is_some() && field.is_hidden();
    let wrapped = fields
        .free()
        .filter(|field| !hidden(field))
        .find_map(wrapped);
    let evidence = match software {
        Some(_) => Evidence::Own,
        None => Evidence::Named,
    };
    let mut reading = Reading::by(Some(Generator::named(NAME)), evidence);
    match (&wrapped, software) {
        (Some((field, all)), _) => in_one(field, all, fields, &mut reading),
        (None, Some(software)) => apart(software, fields, &mut reading),
        (None, None) => {
            let (field, settings) = fields.free().find_map(alone)?;
            reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
            prompts(&settings, None, field, &mut reading);
            reading.parameters(field);
            reading.tool(NAME, field);
        }
    }
    Some(reading)
}

/// Settings that stand alone, known by the signature that NovelAI puts over picture and settings: 64 bytes of Ed25519 as Base64
/// (novelai-image-metadata, `nai_sig.py`).
fn alone(field: &Field) -> Option<(&Field, Map<String, Value>)> {
    if !field.text.contains(SIGNATURE) {
        return None;
    }
    let settings = json::object(&field.text)?;
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    let signature = text(SIGNATURE)?.trim_end_matches('=');
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let signed = signature.len() == 86 && signature.bytes().all(is_base64);
    (signed && text("uc").is_some() && text("request_type").is_some()).then_some((field, settings))
}

/// A field that holds all of them.
fn wrapped(field: &Field) -> Option<(&Field, Map<String, Value>)> {
    if !field.text.contains(NAME) {
        return None;
    }
    let all = json::object(&field.text)?;
    let says = |key: &str| all.get(key).and_then(Value::as_str);
    (says("Software") == Some(NAME) && says("Comment").is_some()).then_some((field, all))
}

fn in_one(field: &Field, all: &Map<String, Value>, fields: &Fields, reading: &mut Reading) {
    let text = |key: &str| all.get(key).and_then(Value::as_str);
    match json::parse(text("Comment").unwrap_or_default()) {
        Ok(Value::Object(settings)) => {
            // The description in here has its characters broken, that of the EXIF has them whole.
            prompts(&settings, fields.get("ImageDescription"), field, reading);
            reading.parameters(field);
        }
        Ok(_) => reading.unreadable(field, "its Comment is no JSON object"),
        Err(error) => reading.unreadable(field, format!("its Comment cannot be read: {error}")),
    }
    model(text("Source").unwrap_or_default(), field, reading);
    reading.tool(NAME, field);
}

fn apart(software: &Field, fields: &Fields, reading: &mut Reading) {
    let description = fields
        .get("Description")
        .or_else(|| fields.get("ImageDescription"));
    let comment = fields.get("Comment").or_else(|| fields.get("UserComment"));
    let settings = comment.map(|field| (field, json::parse(&field.text)));
    match settings {
        Some((field, Ok(Value::Object(settings)))) => {
            prompts(&settings, description, field, reading);
            reading.parameters(field);
        }
        other => {
            if let Some(field) = description {
                described(field, reading);
            }
            match other {
                Some((field, Err(error))) => reading.unreadable(field, error),
                Some((field, Ok(_))) => reading.unreadable(field, "it is no JSON object"),
                None => {}
            }
        }
    }
    if let Some(field) = fields.get("Source") {
        model(&field.text, field, reading);
    }
    reading.tool(NAME, software);
}

/// What is wanted and what is not. The description says the base prompt once more, so that it counts only where the settings
/// have none.
fn prompts(
    settings: &Map<String, Value>,
    description: Option<&Field>,
    field: &Field,
    reading: &mut Reading,
) {
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    let [wanted, unwanted] =
        ["v4_prompt", "v4_negative_prompt"].map(|key| settings.get(key)?.get("caption"));
    let base = |caption: Option<&Value>, old: &str| {
        let base = caption.and_then(|caption| caption.get("base_caption")?.as_str());
        let said = |text: &&str| !text.trim().is_empty();
        base.filter(said)
            .or_else(|| text(old).filter(said))
            .map(str::to_owned)
    };
    match (base(wanted, "prompt"), description) {
        (Some(prompt), Some(field)) if prompt.trim() == plain(field) => described(field, reading),
        (Some(prompt), _) => reading.prompt(&prompt, field),
        (None, Some(field)) => described(field, reading),
        (None, None) => {}
    }
    for caption in characters(wanted) {
        reading.prompt(caption, field);
    }
    reading.negative(&base(unwanted, "uc").unwrap_or_default(), field);
    for caption in characters(unwanted) {
        reading.negative(caption, field);
    }
}

fn described(field: &Field, reading: &mut Reading) {
    reading.prompt(plain(field), field);
}

/// The text of a description. That of an EXIF begins with zero bytes.
fn plain(field: &Field) -> &str {
    field
        .text
        .trim_matches(|char: char| char == '\0' || char.is_whitespace())
}

fn characters(caption: Option<&Value>) -> impl Iterator<Item = &str> {
    let all = caption.and_then(|caption| caption.get("char_captions")?.as_array());
    all.into_iter()
        .flatten()
        .take(MOST)
        .filter_map(|character| character.get("char_caption")?.as_str())
}

/// The model as it is written, with the hash that ends it.
fn model(name: &str, field: &Field, reading: &mut Reading) {
    let name = name.trim();
    if name.is_empty() {
        return;
    }
    let is_hash =
        |word: &&str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hash = name.rsplit_once(' ').map(|(_, word)| word).filter(is_hash);
    reading.push(Found::new(StepKind::Model, name, field).with("hash", hash));
}

//! What stands before a text between two lines of dashes (Jekyll, Front Matter): the prompt it was made of, or what a card of a model
//! at Hugging Face says (Hub, Model Cards).
//!
//! A `model` alone is no step: prompts that wait to be run name the one they are for, and photographs their camera. So it counts
//! beside a `prompt`, and `base_model` and `datasets` beside what only cards have. Families, licences and tasks are no steps.

mod yaml;

use crate::carriers::text::FRONT;
use crate::field::{Field, Fields};
use crate::reading::{Evidence, Found, Reading};
use logic::step::StepKind;
use yaml::{Settings, Value};

/// What cards have of which no other text has any.
const OF_CARDS: [&str; 5] = [
    "library_name",
    "license",
    "pipeline_tag",
    "base_model_relation",
    "model-index",
];
/// What cards of Spaces have, which use models and are not made from them.
const OF_SPACES: [&str; 2] = ["sdk", "app_file"];
/// What cards say of how their model was made.
const SAID_BY_CARDS: [&str; 2] = ["base_model", "datasets"];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let field = fields.get(FRONT)?;
    match Settings::read(&field.text) {
        Ok(settings) => of_prompt(&settings, field)
            .or_else(|| of_card(&settings, field))
            .or_else(|| settings.get(MERGED).and_then(|_| broken(field, NOT_MERGED))),
        Err(reason) => broken(field, &reason),
    }
}

fn of_prompt(settings: &Settings, field: &Field) -> Option<Reading> {
    let names = ["prompt", "negative_prompt", "model"];
    let [prompt, negative, model] = names.map(|name| settings.get(name));
    prompt.filter(|value| value.is_more || texts(Some(value)).next().is_some())?;
    let mut reading = Reading::by(None, Evidence::Shape);
    for text in texts(prompt) {
        reading.prompt(text, field);
    }
    for text in texts(negative) {
        reading.negative(text, field);
    }
    for name in texts(model) {
        reading.model(name, None, field);
    }
    whole(settings, &names, field, &mut reading);
    Some(reading)
}

fn of_card(settings: &Settings, field: &Field) -> Option<Reading> {
    let has = |names: &[&str]| names.iter().any(|name| settings.get(name).is_some());
    if !has(&OF_CARDS) || has(&OF_SPACES) {
        return None;
    }
    let said = SAID_BY_CARDS.map(|name| settings.get(name).filter(|it| **it != Value::default()));
    let [base, data] = said;
    base.or(data)?;
    let mut reading = Reading::by(None, Evidence::Shape);
    reading.is_model = true;
    for name in texts(base) {
        reading.model(name, None, field);
    }
    for name in texts(data) {
        reading.push(Found::new(StepKind::Dataset, name, field));
    }
    whole(settings, &SAID_BY_CARDS, field, &mut reading);
    Some(reading)
}

/// What is no YAML and yet has a prompt, or is a card that says what its model is of.
fn broken(field: &Field, reason: &str) -> Option<Reading> {
    let names: Vec<_> = names(&field.text).collect();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
    let is_card = has(&OF_CARDS) && has(&SAID_BY_CARDS) && !has(&OF_SPACES);
    if !has(&["prompt"]) && !is_card {
        return None;
    }
    let mut reading = Reading::by(None, Evidence::Shape);
    reading.is_model = !has(&["prompt"]);
    reading.unreadable(field, reason);
    Some(reading)
}

/// What looks like a name in it, however that is quoted, moved in or ended (YAML 1.2.2, 5.4 and 7.4.2).
fn names(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split(['\n', '\r']);
    // Names stand between braces too, and there on one line.
    let parts = lines.flat_map(|line| {
        let (before, within) = line.split_once('{').unwrap_or((line, ""));
        std::iter::once(before).chain(within.split(['{', ',']))
    });
    parts.filter_map(|part| {
        let part = part.trim();
        let part = ["- ", "? "]
            .iter()
            .find_map(|mark| part.strip_prefix(mark))
            .unwrap_or(part);
        let (name, _) = part.split_once(':')?;
        Some(name.trim().trim_matches(['"', '\'']))
    })
}

/// Where settings merge others into themselves (YAML, Merge Key), which are not followed.
const MERGED: &str = "<<";
const NOT_MERGED: &str = "what is merged into it by << is not read";

fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let texts = value.into_iter().flat_map(|value| &value.texts);
    texts
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
}

/// Keeps the whole as it stands, and tells what of it is not read.
fn whole(settings: &Settings, names: &[&str], field: &Field, reading: &mut Reading) {
    let is_more = |name: &&&str| settings.get(name).is_some_and(|value| value.is_more);
    let more: Vec<_> = names.iter().filter(is_more).copied().collect();
    match more.is_empty() {
        true if settings.get(MERGED).is_some() => reading.unreadable(field, NOT_MERGED),
        true => reading.parameters(field),
        false => {
            let reason = format!("not all that {} says is a text", more.join(" and "));
            reading.unreadable(field, reason);
        }
    }
}

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
use yaml::Settings;

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

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let field = fields.get(FRONT)?;
    let settings = Settings::read(&field.text);
    of_prompt(&settings, field).or_else(|| of_card(&settings, field))
}

fn of_prompt(settings: &Settings, field: &Field) -> Option<Reading> {
    let [prompt] = settings.get("prompt")? else {
        return None;
    };
    let mut reading = Reading::by(None, Evidence::Shape);
    reading.prompt(prompt, field);
    for text in settings.get("negative_prompt").unwrap_or_default() {
        reading.negative(text, field);
    }
    for name in settings.get("model").unwrap_or_default() {
        reading.model(name, None, field);
    }
    if reading.found.is_empty() {
        return None;
    }
    reading.parameters(field);
    Some(reading)
}

fn of_card(settings: &Settings, field: &Field) -> Option<Reading> {
    let has = |names: &[&str]| names.iter().any(|name| settings.get(name).is_some());
    if !has(&OF_CARDS) || has(&OF_SPACES) {
        return None;
    }
    let mut reading = Reading::by(None, Evidence::Shape);
    reading.is_model = true;
    for name in settings.get("base_model").unwrap_or_default() {
        reading.model(name, None, field);
    }
    for name in settings.get("datasets").unwrap_or_default() {
        if !name.trim().is_empty() {
            reading.push(Found::new(StepKind::Dataset, name.trim(), field));
        }
    }
    if reading.found.is_empty() {
        return None;
    }
    reading.parameters(field);
    Some(reading)
}

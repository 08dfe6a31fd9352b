//! NovelAI: `Software`, the prompt in `Description`, settings as JSON in `Comment`, the model in `Source`.

use super::{Found, Source, Texts};
use logic::step::StepKind;

pub(super) fn read(texts: &Texts) -> Option<Source> {
    if texts.get("Software")? != "NovelAI" {
        return None;
    }
    let settings = texts.object("Comment").unwrap_or_default();
    let mut found = Vec::new();
    if let Some(prompt) = texts.get("Description") {
        found.push(Found::new(StepKind::Prompt, prompt));
    }
    if let Some(negative) = settings.get("uc").and_then(|text| text.as_str()) {
        found.push(Found::new(StepKind::Prompt, negative).with("role", "negative"));
    }
    if let Some(model) = texts.get("Source") {
        found.push(Found::new(StepKind::Model, model));
    }
    if let Some(comment) = texts.get("Comment") {
        found.push(Found::new(StepKind::Parameters, comment));
    }
    found.push(Found::new(StepKind::Tool, "NovelAI"));
    Some(Source {
        generator: Some("NovelAI"),
        found,
    })
}

//! Fooocus: `parameters` as JSON beside `fooocus_scheme`.

use super::{Found, Source, Texts};
use logic::step::StepKind;

pub(super) fn read(texts: &Texts) -> Option<Source> {
    texts.get("fooocus_scheme")?;
    let settings = texts.object("parameters")?;
    let text = |key: &str| settings.get(key)?.as_str().filter(|text| !text.is_empty());
    let mut found = Vec::new();
    if let Some(prompt) = text("prompt") {
        found.push(Found::new(StepKind::Prompt, prompt));
    }
    if let Some(negative) = text("negative_prompt") {
        found.push(Found::new(StepKind::Prompt, negative).with("role", "negative"));
    }
    if let Some(model) = text("base_model") {
        let mut step = Found::new(StepKind::Model, model);
        if let Some(hash) = text("base_model_hash") {
            step = step.with("hash", hash);
        }
        found.push(step);
    }
    found.push(Found::new(StepKind::Parameters, texts.get("parameters")?));
    if let Some(version) = text("version") {
        found.push(Found::new(StepKind::Tool, version));
    }
    Some(Source {
        generator: Some("Fooocus"),
        found,
    })
}

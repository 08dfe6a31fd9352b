//! InvokeAI: `invokeai_metadata` as JSON.

use super::{Found, Source, Texts};
use logic::step::StepKind;
use serde_json::Value;

pub(super) fn read(texts: &Texts) -> Option<Source> {
    let settings = texts.object("invokeai_metadata")?;
    let text = |key: &str| settings.get(key)?.as_str().filter(|text| !text.is_empty());
    let mut found = Vec::new();
    if let Some(prompt) = text("positive_prompt") {
        found.push(Found::new(StepKind::Prompt, prompt));
    }
    if let Some(negative) = text("negative_prompt") {
        found.push(Found::new(StepKind::Prompt, negative).with("role", "negative"));
    }
    let model = settings.get("model");
    let named = |key: &str| {
        model
            .and_then(|model| model.get(key))
            .and_then(Value::as_str)
    };
    if let Some(name) = named("model_name").or_else(|| named("name")) {
        let mut step = Found::new(StepKind::Model, name);
        if let Some(hash) = named("hash") {
            step = step.with("hash", hash);
        }
        found.push(step);
    }
    found.push(Found::new(
        StepKind::Parameters,
        texts.get("invokeai_metadata")?,
    ));
    if let Some(version) = text("app_version") {
        found.push(Found::new(StepKind::Tool, format!("InvokeAI {version}")));
    }
    Some(Source {
        generator: Some("InvokeAI"),
        found,
    })
}

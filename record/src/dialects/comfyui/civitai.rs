//! What Civitai's generator adds to a graph: the names of what it used as AIR, and what its user typed.

use super::Story;
use super::graph::Node;
use crate::json;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Whether a text is the name of a model as Civitai gives it, such as `urn:air:sdxl:lora:civitai:162141@182559`.
pub(in crate::dialects) fn is_air(text: &str) -> bool {
    text.strip_prefix("urn:air:")
        .is_some_and(|rest| rest.matches(':').count() >= 3 && !rest.contains(char::is_whitespace))
}

/// The names in `extra.airs`.
fn airs(document: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let airs = document.get("extra").and_then(|extra| extra.get("airs"));
    let airs = airs.and_then(Value::as_array).into_iter().flatten();
    airs.filter_map(Value::as_str).filter(|air| is_air(air))
}

/// Adds what stands beside the nodes. What the user typed is told in place of what the graph made of it.
pub(super) fn find(document: &Map<String, Value>, story: &mut Story) {
    for air in airs(document) {
        story.models.add(air);
    }
    let typed = match document.get("extraMetadata") {
        Some(Value::String(text)) => json::object(text),
        Some(Value::Object(object)) => Some(object.clone()),
        _ => None,
    };
    let Some(typed) = typed else {
        return;
    };
    numbered(&typed, story);
    for (name, texts) in [
        ("prompt", &mut story.positive),
        ("negativePrompt", &mut story.negative),
    ] {
        let text = typed.get(name).and_then(Value::as_str).unwrap_or_default();
        if !text.trim().is_empty() {
            *texts = super::Once::default();
            texts.add(text);
        }
    }
}

/// Adds the models that are known by the number of their version alone, unless an AIR has it.
fn numbered(typed: &Map<String, Value>, story: &mut Story) {
    let airs = story.models.texts.iter().filter(|name| is_air(name));
    let known: HashSet<String> = airs
        .filter_map(|air| Some(air.rsplit_once('@')?.1.to_owned()))
        .collect();
    let resources = typed.get("resources").and_then(Value::as_array);
    for resource in resources.into_iter().flatten() {
        let idle = resource.get("strength").and_then(Value::as_f64) == Some(0.0);
        let version = resource.get("modelVersionId").and_then(Value::as_u64);
        let version = version.map(|version| version.to_string());
        if let Some(version) = version.filter(|version| !idle && !known.contains(version)) {
            story
                .models
                .add(&format!("Civitai model version {version}"));
        }
    }
}

/// What a node for choosing models hands on: a name for each output. [`None`] where it is no such node.
pub(super) fn slots(node: &Node<'_>) -> Option<Vec<(u64, String)>> {
    let all = json::object(node.text("resources_json")?)?;
    let slots = all.get("bySlot")?.as_object()?.iter();
    let named = slots.filter_map(|(output, air)| Some((output.parse().ok()?, air.as_str()?)));
    let airs = named.filter(|(_, air)| is_air(air));
    Some(airs.map(|(output, air)| (output, air.to_owned())).collect())
}

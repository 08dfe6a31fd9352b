//! `invokeai_metadata`, since version 3.

use super::{MOST, version};
use crate::field::{Field, Fields};
use crate::json;
use crate::reading::Reading;
use serde_json::{Map, Value};

/// Models that were used if they are named (`core_metadata` and what the builders of graphs add to it). Not so those whose name ends
/// with `source`: they lend parts where other models lack them.
const MODELS: [&str; 16] = [
    "model",
    "refiner_model",
    "vae",
    "t5_encoder",
    "clip_embed_model",
    "qwen3_encoder",
    "qwen3_vl_encoder",
    "mistral_encoder",
    "gemma2_encoder",
    "pid_decoder",
    "qwen_image_vae",
    "qwen_image_qwen_vl_encoder",
    "wan_transformer_low_noise",
    "wan_vae_model",
    "wan_t5_encoder_model",
    "upscale_model",
];
/// Lists of what was used, each with the names under which an entry has its model.
const LISTS: [(&str, &[&str]); 4] = [
    ("loras", &["model", "lora"]),
    ("controlnets", &["control_model"]),
    ("ipAdapters", &["ip_adapter_model"]),
    ("t2iAdapters", &["t2i_adapter_model"]),
];
/// Ways of using a picture that have a model for it.
const OWN_MODEL: [&str; 4] = ["ip_adapter", "flux_redux", "controlnet", "t2i_adapter"];

pub(super) fn read(fields: &Fields, reading: &mut Reading) {
    let Some(field) = fields.get("invokeai_metadata") else {
        return;
    };
    let Some(settings) = json::object(&field.text) else {
        return reading.unreadable(field, "it is no JSON object");
    };
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    for key in ["positive_prompt", "positive_style_prompt"] {
        reading.prompt(text(key).unwrap_or_default(), field);
    }
    for key in ["negative_prompt", "negative_style_prompt"] {
        reading.negative(text(key).unwrap_or_default(), field);
    }
    for region in regions(&settings) {
        let text = |key: &str| region.get(key).and_then(Value::as_str);
        reading.prompt(text("positivePrompt").unwrap_or_default(), field);
        reading.negative(text("negativePrompt").unwrap_or_default(), field);
    }
    for value in MODELS.iter().filter_map(|key| settings.get(*key)) {
        model(value, field, reading);
    }
    for (list, names) in LISTS {
        for entry in entries(settings.get(list)).filter(|entry| is_on(entry) && has_weight(entry)) {
            if let Some(value) = names.iter().find_map(|name| entry.get(name)) {
                model(value, field, reading);
            }
        }
    }
    for entry in pictures(&settings).take(MOST) {
        if let Some(value) = entry.get("model").filter(|_| has_weight(entry)) {
            model(value, field, reading);
        }
    }
    reading.parameters(field);
    version(text("app_version"), field, reading);
}

/// The parts of the picture that have prompts of their own. `regions` lists those that were used; where it is missing, they are
/// the layers that were on and had something drawn on them.
fn regions(settings: &Map<String, Value>) -> Vec<&Value> {
    if let Some(Value::Array(_)) = settings.get("regions") {
        return entries(settings.get("regions"))
            .filter(|region| is_on(region))
            .collect();
    }
    layers(settings).filter(|layer| is_drawn(layer)).collect()
}

/// The layers of version 4.2 that were on. What stands on the canvas of later ones (`canvas_v2_metadata`) may have been left out of
/// the picture.
fn layers(settings: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let layers = settings
        .get("control_layers")
        .and_then(|value| value.get("layers"));
    entries(layers).filter(|layer| layer.get("isEnabled") == Some(&Value::Bool(true)))
}

/// What says of other pictures how they were used: for the whole, and within its parts. Each has its model, but for those whose
/// picture goes to the main one.
fn pictures(settings: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let on = |list| entries(list).filter(|entry| is_on(entry));
    let whole = on(settings.get("ref_images"));
    let layered = layers(settings)
        .flat_map(|layer| ["controlAdapter", "ipAdapter"].map(|key| layer.get(key)))
        .flatten();
    let lists = regions(settings)
        .into_iter()
        .flat_map(|region| ["referenceImages", "ipAdapters"].map(|key| region.get(key)));
    let entries = whole.chain(layered).chain(lists.flat_map(on));
    entries
        .map(|entry| {
            let inner = ["config", "ipAdapter"].iter();
            inner
                .filter_map(|key| entry.get(key))
                .next()
                .unwrap_or(entry)
        })
        .filter(|entry| {
            let kind = entry.get("type").and_then(Value::as_str);
            kind.is_none_or(|kind| OWN_MODEL.contains(&kind))
        })
}

/// Whether a layer covers any of the picture.
fn is_drawn(layer: &Value) -> bool {
    let objects = layer.get("objects").or_else(|| layer.get("maskObjects"));
    entries(objects).next().is_some()
}

fn is_on(entry: &Value) -> bool {
    entry.get("isEnabled") != Some(&Value::Bool(false))
}

fn has_weight(entry: &Value) -> bool {
    // One for all steps, or one for each.
    let is_off = |weight: &Value| match weight {
        Value::Array(all) => !all.is_empty() && all.iter().all(|one| one.as_f64() == Some(0.0)),
        one => one.as_f64() == Some(0.0),
    };
    let mut weights = ["weight", "control_weight"].iter();
    !weights.any(|key| entry.get(*key).is_some_and(is_off))
}

fn entries(list: Option<&Value>) -> impl Iterator<Item = &Value> {
    list.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .take(MOST)
}

/// A model by its name: a text at first, then `model_name`, and since version 4 `name` with its hash.
fn model(value: &Value, field: &Field, reading: &mut Reading) {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let name = value
        .as_str()
        .or_else(|| text("name"))
        .or_else(|| text("model_name"));
    // A random one is of no file (`model_hash.py`).
    let hash = text("hash").filter(|hash| !hash.starts_with("random:"));
    reading.model(name.unwrap_or_default(), hash, field);
}

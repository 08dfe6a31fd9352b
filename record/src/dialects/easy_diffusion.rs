//! Easy Diffusion: a PNG field for each setting, or JSON in a comment.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Found, Generator, Reading};
use logic::step::StepKind;
use serde_json::{Map, Value};

const NAME: &str = "Easy Diffusion";

/// The setting that only this program has.
const MARK: &str = "use_stable_diffusion_model";

/// Settings that are models, and the weights of those.
const MODELS: [(&str, &str); 7] = [
    (MARK, ""),
    ("use_vae_model", ""),
    ("use_controlnet_model", ""),
    ("use_lora_model", "lora_alpha"),
    ("use_hypernetwork_model", "hypernetwork_strength"),
    ("use_embeddings_model", ""),
    ("use_face_correction", ""),
];

/// All its settings, as the fields of a PNG are called.
const SETTINGS: [&str; 24] = [
    "prompt",
    "negative_prompt",
    "seed",
    "use_stable_diffusion_model",
    "clip_skip",
    "use_controlnet_model",
    "control_filter_to_apply",
    "use_vae_model",
    "sampler_name",
    "width",
    "height",
    "num_inference_steps",
    "guidance_scale",
    "prompt_strength",
    "use_lora_model",
    "lora_alpha",
    "use_hypernetwork_model",
    "hypernetwork_strength",
    "use_embeddings_model",
    "tiling",
    "use_face_correction",
    "use_upscale",
    "upscale_amount",
    "latent_upscaler_steps",
];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    if let Some(field) = fields.get(MARK) {
        let fields = fields.0.iter();
        let fields = fields.filter(|field| SETTINGS.contains(&field.name.as_str()));
        let settings: Vec<(String, Value)> = fields
            .map(|field| (field.name.clone(), Value::from(field.text.as_str())))
            .collect();
        // In the order of the file, however a JSON object is kept in memory.
        let lines = settings
            .iter()
            .map(|(name, text)| format!("{}:{text}", Value::from(name.as_str())));
        let whole = format!("{{{}}}", lines.collect::<Vec<_>>().join(","));
        let settings = settings.into_iter().collect();
        return Some(reading(&settings, &whole, field));
    }
    fields.free().find_map(|field| {
        let is_json = field.text.trim_start().starts_with('{') && field.text.contains(MARK);
        let settings = is_json.then(|| json::object(&field.text))??;
        settings.get(MARK)?;
        Some(reading(&settings, &field.text, field))
    })
}

fn reading(settings: &Map<String, Value>, whole: &str, field: &Field) -> Reading {
    let text = |key: &str| {
        settings
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    reading.prompt(text("prompt"), field);
    reading.negative(text("negative_prompt"), field);
    for (key, weight) in MODELS {
        let weights = settings.get(weight).map(items).unwrap_or_default();
        let names = settings.get(key).map(items).unwrap_or_default();
        for (at, name) in names.iter().enumerate() {
            let weight = weights
                .get(at)
                .and_then(|weight| weight.parse::<f64>().ok());
            if weight != Some(0.0) {
                model(&mut reading, name, field);
            }
        }
    }
    let upscaler = text("use_upscale");
    if upscaler != "latent_upscaler" {
        model(&mut reading, upscaler, field);
    }
    reading.push(Found::new(StepKind::Parameters, whole, field));
    reading.tool(NAME, field);
    reading
}

fn model(reading: &mut Reading, name: &str, field: &Field) {
    if !matches!(name.trim(), "" | "None" | "none" | "null") {
        reading.model(name, None, field);
    }
}

/// What a setting lists, or the one thing that it is. A PNG has lists as Python prints them.
fn items(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(item).collect(),
        Value::String(text) => match text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'))
        {
            Some(list) => printed(list).unwrap_or_default(),
            None => vec![text.clone()],
        },
        Value::Null => Vec::new(),
        other => vec![item(other)],
    }
}

fn item(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The items between the brackets of a list that Python printed. [`None`] where that is not certain.
fn printed(list: &str) -> Option<Vec<String>> {
    let mut items = Vec::new();
    let mut rest = list.trim();
    while let Some(first) = rest.chars().next() {
        let (item, after) = match first {
            '\'' | '"' => rest[1..].split_once(first)?,
            _ => rest.split_at(rest.find(',').unwrap_or(rest.len())),
        };
        // Escapes are rare: a path of Windows has them.
        items.push(item.replace("\\\\", "\\"));
        rest = match after.trim_start() {
            "" => break,
            after => after.strip_prefix(',')?.trim_start(),
        };
    }
    Some(items)
}

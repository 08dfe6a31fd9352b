//! Easy Diffusion: its settings as JSON in a comment, or each as a text of its own.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

/// The setting that no other program has.
const MODEL: &str = "use_stable_diffusion_model";
const MODELS: [&str; 4] = [
    MODEL,
    "use_vae_model",
    "use_hypernetwork_model",
    "use_upscale",
];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let mut reading = Reading::by(Some(Generator::named("Easy Diffusion")), Evidence::Own);
    if let Some(own) = fields.get(MODEL) {
        if let Some(field) = fields.get("prompt") {
            reading.prompt(&field.text, field);
        }
        if let Some(field) = fields.get("negative_prompt") {
            reading.negative(&field.text, field);
        }
        for field in MODELS.iter().filter_map(|name| fields.get(name)) {
            if field.text != "None" {
                reading.model(&field.text, None, field);
            }
        }
        reading.tool("Easy Diffusion", own);
        return Some(reading);
    }
    let field = fields.free().find(|field| field.text.contains(MODEL))?;
    let settings = json::object(&field.text).filter(|settings| settings.contains_key(MODEL))?;
    of(&settings, field, &mut reading);
    Some(reading)
}

fn of(settings: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    reading.prompt(json::text(settings, "prompt"), field);
    reading.negative(json::text(settings, "negative_prompt"), field);
    for key in MODELS {
        let name = json::text(settings, key);
        if name != "None" {
            reading.model(name, None, field);
        }
    }
    let list = |key: &str| match settings.get(key) {
        Some(Value::Array(list)) => list.clone(),
        Some(value) => vec![value.clone()],
        None => Vec::new(),
    };
    let weights = list("lora_alpha");
    for (at, lora) in list("use_lora_model").iter().enumerate() {
        if weights.get(at).and_then(Value::as_f64) != Some(0.0) {
            reading.model(lora.as_str().unwrap_or_default(), None, field);
        }
    }
    reading.parameters(field);
    reading.tool("Easy Diffusion", field);
}

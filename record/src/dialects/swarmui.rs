//! SwarmUI: `sui_image_params` in a JSON object.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};
use std::collections::HashMap;

const PARAMS: &str = "sui_image_params";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let field = fields
        .free()
        .find(|field| field.text.contains(PARAMS) && field.text.trim_start().starts_with('{'))?;
    let object = match json::parse(&field.text) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return None,
        Err(reason) => {
            let mut reading = Reading::by(Some(Generator::named("SwarmUI")), Evidence::Own);
            reading.unreadable(field, reason);
            return Some(reading);
        }
    };
    Some(of(&object, object.get(PARAMS)?.as_object()?, field))
}

fn of(object: &Map<String, Value>, params: &Map<String, Value>, field: &Field) -> Reading {
    let text = |key: &str| json::text(params, key);
    let generator = Generator::named("SwarmUI").with_version(Some(text("swarm_version")));
    let tool = generator.to_string();
    let mut reading = Reading::by(Some(generator), Evidence::Own);
    // What was asked for in the end: wildcards have become words in it.
    reading.prompt(text("prompt"), field);
    reading.negative(text("negativeprompt"), field);
    // `sui_models` gives the hashes, each as 0x and the digits.
    let models = object.get("sui_models").and_then(Value::as_array);
    let bare = |name: &str| name.trim_end_matches(".safetensors").to_owned();
    let described = models.into_iter().flatten().filter_map(|model| {
        let hash = model["hash"].as_str()?.trim_start_matches("0x");
        Some((bare(model["name"].as_str()?), hash))
    });
    let hashes: HashMap<String, &str> = described.collect();
    let hash = |name: &str| hashes.get(&bare(name)).copied();
    for key in ["model", "refinermodel", "vae", "controlnetmodel"] {
        if !["None", "Automatic"].contains(&text(key)) {
            reading.model(text(key), hash(text(key)), field);
        }
    }
    let (loras, weights) = (
        listed(params.get("loras")),
        listed(params.get("loraweights")),
    );
    for (at, lora) in loras.iter().enumerate() {
        if weights.get(at).and_then(|weight| weight.parse().ok()) != Some(0.0) {
            reading.model(lora, hash(lora), field);
        }
    }
    reading.parameters(field);
    reading.tool(tool, field);
    reading
}

/// A list as JSON has it, or as a text between commas.
fn listed(value: Option<&Value>) -> Vec<String> {
    let texts: Vec<String> = match value {
        Some(Value::String(text)) => text.split(',').map(str::to_owned).collect(),
        Some(Value::Array(list)) => {
            let text = |item: &Value| {
                item.as_str()
                    .map_or_else(|| item.to_string(), str::to_owned)
            };
            list.iter().map(text).collect()
        }
        _ => Vec::new(),
    };
    texts.iter().map(|text| text.trim().to_owned()).collect()
}

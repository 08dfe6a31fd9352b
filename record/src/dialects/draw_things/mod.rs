//! Draw Things (macOS, iOS): JSON in the UserComment of the XMP, or of the EXIF, and a description beside it.

mod description;

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use description::Description;
use serde_json::{Map, Value};

const NAME: &str = "Draw Things";
/// Most LoRAs that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    let set_in = fields.free().find_map(|field| {
        let settings = settings(&field.text)?;
        set(&settings, field, &mut reading);
        Some(field)
    });
    let field = match set_in {
        Some(field) => field,
        None => fields.free().find_map(|field| {
            let all = description::of(&field.text)?;
            described(&all, field, &mut reading);
            Some(field)
        })?,
    };
    reading.parameters(field);
    // It says nothing that the settings do not.
    for field in fields.free().filter(|field| is_described(&field.text)) {
        reading.parameters(field);
    }
    reading.tool(NAME, field);
    Some(reading)
}

/// Whether a text is Draw Things' own description, however like that of another program it looks.
pub(super) fn is_described(text: &str) -> bool {
    description::of(text).is_some()
}

/// What the settings say.
fn set(settings: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    let text = |key: &str| {
        settings
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    reading.prompt(text("c"), field);
    reading.negative(text("uc"), field);
    reading.model(text("model"), None, field);
    // `v2` is how the program was set, whether or not it had these models and could use them (`ImageConverter.swift`).
    reading.model(text("upscaler"), None, field);
    let loras = settings.get("lora").and_then(Value::as_array);
    for lora in loras.into_iter().flatten().take(MOST) {
        let used = lora.get("weight").and_then(Value::as_f64) != Some(0.0);
        if let Some(name) = lora.get("model").and_then(Value::as_str).filter(|_| used) {
            reading.model(name, None, field);
        }
    }
}

/// What a description says.
fn described(all: &Description, field: &Field, reading: &mut Reading) {
    if let Some((prompt, negative)) = all.prompts {
        reading.prompt(prompt, field);
        reading.negative(negative, field);
    }
    reading.model(all.model, None, field);
    reading.model(all.upscaler.unwrap_or_default(), None, field);
    for (name, weight) in &all.loras {
        let off = weight
            .trim()
            .parse::<f64>()
            .is_ok_and(|weight| weight == 0.0);
        if !off {
            reading.model(name, None, field);
        }
    }
}

/// The settings, where it is certain that they are of this program.
fn settings(text: &str) -> Option<Map<String, Value>> {
    if !text.contains("\"uc\"") {
        return None;
    }
    let settings = json::object(text)?;
    let has = |keys: &[&str], is: fn(&Value) -> bool| {
        keys.iter().all(|key| settings.get(*key).is_some_and(is))
    };
    let certain = has(&["c", "uc", "model", "sampler"], Value::is_string)
        && has(&["seed", "steps", "scale"], Value::is_number);
    certain.then_some(settings)
}

//! Fooocus: settings as JSON beside `fooocus_scheme`, or in a comment that names the scheme. What it writes in the scheme of
//! AUTOMATIC1111 is read as that.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

/// Names of the two schemes (Fooocus, modules/flags.py).
const SCHEME: &str = "fooocus";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let named = fields
        .get("fooocus_scheme")
        .map(|field| field.text.as_str());
    for field in fields.free() {
        if !field.text.trim_start().starts_with('{') {
            continue;
        }
        let settings = json::parse(&field.text);
        let own = match &settings {
            Ok(settings) => settings["metadata_scheme"] == SCHEME,
            Err(_) => false,
        };
        if !(own || named == Some(SCHEME)) {
            continue;
        }
        return Some(match settings {
            Ok(Value::Object(settings)) => of(&settings, field),
            Ok(_) => unreadable(field, &"it is no JSON object"),
            Err(reason) => unreadable(field, &reason),
        });
    }
    None
}

fn unreadable(field: &Field, reason: &dyn std::fmt::Display) -> Reading {
    let mut reading = Reading::by(Some(Generator::named("Fooocus")), Evidence::Own);
    reading.unreadable(field, reason);
    reading
}

fn of(settings: &Map<String, Value>, field: &Field) -> Reading {
    let text = |key: &str| json::text(settings, key);
    let version = text("version").trim_start_matches("Fooocus").trim();
    let generator = Generator::named("Fooocus").with_version(Some(version));
    let tool = generator.to_string();
    let mut reading = Reading::by(Some(generator), Evidence::Own);
    // What was typed, not what styles made of it (full_prompt).
    reading.prompt(text("prompt"), field);
    reading.negative(text("negative_prompt"), field);
    for model in ["base_model", "refiner_model", "vae"] {
        let hash = text(&format!("{model}_hash"));
        if !["None", "Default (model)"].contains(&text(model)) {
            reading.model(text(model), Some(hash), field);
        }
    }
    // A list of name, weight and hash each.
    let loras = settings.get("loras").and_then(Value::as_array);
    for lora in loras.into_iter().flatten() {
        if lora[1].as_f64() != Some(0.0) {
            reading.model(
                lora[0].as_str().unwrap_or_default(),
                lora[2].as_str(),
                field,
            );
        }
    }
    reading.parameters(field);
    reading.tool(tool, field);
    reading
}

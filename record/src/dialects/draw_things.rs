//! Draw Things: JSON with keys of one letter, in a comment.

use crate::field::Fields;
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::Value;

/// Keys that together nobody else writes: prompt, negative prompt, and three by their names.
const KEYS: [&str; 5] = ["c", "uc", "model", "sampler", "seed"];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let of = |field| {
        let field: &crate::Field = field;
        let likely = field.text.trim_start().starts_with('{') && field.text.contains("\"uc\"");
        let settings = likely.then(|| json::object(&field.text))??;
        KEYS.iter()
            .all(|key| settings.contains_key(*key))
            .then_some((field, settings))
    };
    let (field, settings) = fields.free().find_map(of)?;
    let mut reading = Reading::by(Some(Generator::named("Draw Things")), Evidence::Own);
    reading.prompt(json::text(&settings, "c"), field);
    reading.negative(json::text(&settings, "uc"), field);
    reading.model(json::text(&settings, "model"), None, field);
    let loras = settings.get("lora").and_then(Value::as_array);
    for lora in loras.into_iter().flatten() {
        if lora["weight"].as_f64() != Some(0.0) {
            reading.model(lora["model"].as_str().unwrap_or_default(), None, field);
        }
    }
    reading.parameters(field);
    reading.tool("Draw Things", field);
    Some(reading)
}

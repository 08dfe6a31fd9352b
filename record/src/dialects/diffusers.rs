//! Programs round the library diffusers, of which many Spaces at Hugging Face are: the arguments of its pipelines as JSON, by the
//! names that they have there (diffusers, `StableDiffusionPipeline.__call__`).
//!
//! Some add the model by its name and hash (Animagine XL, `app.py`). Which program wrote it is not said.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Reading};
use serde_json::{Map, Value};

/// Where it is looked for. The name of a pipeline's argument in any other text is an example.
const FIELDS: [&str; 4] = ["parameters", "metadata", "UserComment", "Comment"];
const STEPS: &str = "num_inference_steps";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let named = |field: &&Field| FIELDS.contains(&field.name.as_str()) || field.is_beside();
    fields.free().filter(named).find_map(reading)
}

fn reading(field: &Field) -> Option<Reading> {
    if !field.text.contains(STEPS) {
        return None;
    }
    let settings = json::object(&field.text)?;
    settings.get(STEPS)?.as_u64()?;
    let says = |key: &str| settings.get(key).and_then(Value::as_str);
    let mut reading = Reading::by(None, Evidence::Shape);
    reading.prompt(says("prompt")?, field);
    reading.negative(says("negative_prompt").unwrap_or_default(), field);
    model(&settings, field, &mut reading);
    if let Some(lora) = settings.get("use_lora").and_then(Value::as_object)
        && lora.get("multiplier").and_then(Value::as_f64) != Some(0.0)
        && let Some(name) = lora.get("selected_lora").and_then(Value::as_str)
    {
        reading.model(name, None, field);
    }
    reading.parameters(field);
    Some(reading)
}

/// The model with its hash: an object of both, or each by itself.
fn model(settings: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    let of = match settings.get("Model") {
        Some(Value::Object(model)) => model,
        _ => settings,
    };
    let says = |key: &str| of.get(key).and_then(Value::as_str);
    reading.model(says("Model").unwrap_or_default(), says("Model hash"), field);
}

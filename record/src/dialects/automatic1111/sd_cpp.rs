//! stable-diffusion.cpp: the text of the web UI without its quotes, and since 2026 all of it once more as JSON behind it
//! (`examples/common/common.cpp`, `get_image_params`).

use super::settings::Settings;
use crate::field::Field;
use crate::json;
use crate::reading::Reading;
use serde_json::{Map, Value};

pub(super) const NAME: &str = "stable-diffusion.cpp";
/// Most LoRAs that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

/// The JSON of a text.
pub(super) fn json(settings: &Settings) -> Option<Map<String, Value>> {
    settings.get("SDCPP").and_then(json::object)
}

/// The version that the JSON names.
pub(super) fn version(settings: &Settings) -> Option<String> {
    let json = json(settings)?;
    let version = json.get("generator")?.get("version")?.as_str()?;
    (version != "unknown").then(|| version.to_owned())
}

/// Adds what the text cannot say surely, having no quotes: the prompts with which faces were drawn again.
pub(super) fn prompts(json: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    let again = json.get("adetailer").unwrap_or(&Value::Null);
    reading.prompt(again["prompt"].as_str().unwrap_or_default(), field);
    let negative = again["negative_prompt"].as_str();
    reading.negative(negative.unwrap_or_default(), field);
}

/// Adds the models that stand in the JSON alone: what draws where noise is high, what makes the picture larger, and the LoRAs that
/// were loaded.
pub(super) fn models(json: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    let part = |key: &str| json.get(key).unwrap_or(&Value::Null);
    let noisy = &part("models")["high_noise_diffusion_model"];
    for name in [noisy, &part("hires")["model"]] {
        reading.model(name.as_str().unwrap_or_default(), None, field);
    }
    let loras = part("loras").as_array().into_iter().flatten();
    for lora in loras.take(MOST) {
        if lora["multiplier"].as_f64() != Some(0.0) {
            reading.model(lora["name"].as_str().unwrap_or_default(), None, field);
        }
    }
}

//! Fooocus-MRE.

use super::{Settings, is_zero, model, text};
use crate::field::Field;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::Value;

const NAME: &str = "Fooocus-MRE";

/// The program and its version, where the settings are of the kind that Fooocus-MRE writes.
pub(super) fn generator(settings: &Settings) -> Option<Generator> {
    let version = text(settings, "software").strip_prefix(super::NAME)?;
    let is_mre = ["base_model", "l1", "w1"]
        .iter()
        .all(|key| settings.contains_key(*key));
    let version = version.replace("MRE", "");
    is_mre.then(|| Generator::named(NAME).with_version(Some(&version)))
}

/// The settings that Fooocus-MRE writes (`async_worker.py`): five LoRAs as `l1` to `l5` and their weights as `w1` to `w5`.
pub(super) fn reading(settings: &Settings, generator: Generator, field: &Field) -> Reading {
    let tool = generator.to_string();
    let mut reading = Reading::by(Some(generator), Evidence::Own);
    reading.prompt(text(settings, "prompt"), field);
    reading.negative(text(settings, "negative_prompt"), field);
    for key in ["base_model", "refiner_model"] {
        model(&mut reading, text(settings, key), "", field);
    }
    for lora in 1..=5 {
        let weight = settings.get(&format!("w{lora}"));
        if !weight.is_some_and(is_zero) {
            model(&mut reading, text(settings, &format!("l{lora}")), "", field);
        }
    }
    for (key, used) in [
        ("canny_model", "control_lora_canny"),
        ("depth_model", "control_lora_depth"),
    ] {
        if settings.get(used) == Some(&Value::Bool(true)) {
            model(&mut reading, text(settings, key), "", field);
        }
    }
    reading.parameters(field);
    reading.tool(tool, field);
    reading
}

//! Draw Things (macOS, iOS): JSON in the UserComment of the XMP, or of the EXIF.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

const NAME: &str = "Draw Things";
/// Most LoRAs that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let (field, settings) = fields
        .free()
        .find_map(|field| Some((field, settings(&field.text)?)))?;
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    reading.prompt(text("c").unwrap_or_default(), field);
    reading.negative(text("uc").unwrap_or_default(), field);
    reading.model(text("model").unwrap_or_default(), None, field);
    loras(&settings, field, &mut reading);
    reading.parameters(field);
    reading.tool(NAME, field);
    Some(reading)
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

fn loras(settings: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    let all = settings.get("lora").and_then(Value::as_array);
    for lora in all.into_iter().flatten().take(MOST) {
        let used = lora.get("weight").and_then(Value::as_f64) != Some(0.0);
        if let Some(name) = lora.get("model").and_then(Value::as_str).filter(|_| used) {
            reading.model(name, None, field);
        }
    }
}

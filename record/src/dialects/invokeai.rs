//! InvokeAI: `invokeai_metadata` as JSON.

use crate::field::Fields;
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::Value;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let field = fields.get("invokeai_metadata")?;
    let version = None;
    let generator = Generator::named("InvokeAI").with_version(version);
    let mut reading = Reading::by(Some(generator), Evidence::Own);
    let Some(settings) = json::object(&field.text) else {
        reading.unreadable(field, "it is no JSON object");
        return Some(reading);
    };
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    reading.prompt(text("positive_prompt").unwrap_or_default(), field);
    reading.negative(text("negative_prompt").unwrap_or_default(), field);
    let model = |key: &str| settings.get("model")?.get(key)?.as_str();
    let name = model("model_name").or_else(|| model("name"));
    reading.model(name.unwrap_or_default(), model("hash"), field);
    reading.parameters(field);
    Some(reading)
}

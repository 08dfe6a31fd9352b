//! Stability Matrix: `parameters-json` and its project `smproj`, beside `parameters` as AUTOMATIC1111 has it.

use crate::field::Fields;
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::Value;

const NAME: &str = "Stability Matrix";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let project = fields.get("smproj");
    let field = fields.get("parameters-json").or(project)?;
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    if let Some(field) = fields.get("parameters-json") {
        match json::object(&field.text) {
            Some(settings) => {
                let text = |key: &str| settings.get(key).and_then(Value::as_str);
                reading.prompt(text("PositivePrompt").unwrap_or_default(), field);
                reading.negative(text("NegativePrompt").unwrap_or_default(), field);
                let name = text("ModelName").unwrap_or_default();
                reading.model(name, text("ModelHash"), field);
                reading.parameters(field);
            }
            None => reading.unreadable(field, "it is no JSON object"),
        }
    }
    if let Some(field) = project {
        reading.parameters(field);
    }
    reading.tool(NAME, field);
    Some(reading)
}

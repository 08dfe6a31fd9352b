//! Tensor.Art: `generation_data` as JSON that ends in zero bytes, beside a graph of ComfyUI.

use crate::field::Fields;
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::Value;

const NAME: &str = "Tensor.Art";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let field = fields.get("generation_data")?;
    // The name is not so odd that nobody else would use it; the base model is.
    let settings = json::object(field.text.trim_end_matches('\0'))?;
    let base = settings.get("baseModel")?;
    let says = |key: &str| settings.get(key).and_then(Value::as_str);
    let of_model = |key: &str| base.get(key).and_then(Value::as_str);
    let name = of_model("modelFileName")?;
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    reading.prompt(says("prompt")?, field);
    reading.negative(says("negativePrompt").unwrap_or_default(), field);
    reading.model(name, of_model("hash"), field);
    reading.parameters(field);
    reading.tool(NAME, field);
    Some(reading)
}

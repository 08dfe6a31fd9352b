//! ComfyUI: `prompt`, a graph of nodes as JSON.

use crate::field::Fields;
use crate::json;
use crate::reading::{Evidence, Generator, Reading};

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let field = fields.get("prompt")?;
    let mut reading = Reading::by(Some(Generator::named("ComfyUI")), Evidence::Own);
    let Some(_graph) = json::object(&field.text) else {
        reading.unreadable(field, "it is no JSON object");
        return Some(reading);
    };
    reading.parameters(field);
    reading.tool("ComfyUI", field);
    Some(reading)
}

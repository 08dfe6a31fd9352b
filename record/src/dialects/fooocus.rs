//! Fooocus: `parameters` as JSON beside `fooocus_scheme`.

use crate::field::Fields;
use crate::json;
use crate::reading::{Evidence, Generator, Reading};

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    fields.get("fooocus_scheme")?;
    let field = fields.get("parameters")?;
    let settings = json::object(&field.text)?;
    let text = |key: &str| settings.get(key).and_then(|value| value.as_str());
    let version = text("version");
    let generator = Generator::named("Fooocus").with_version(version);
    let mut reading = Reading::by(Some(generator), Evidence::Own);
    reading.prompt(text("prompt").unwrap_or_default(), field);
    reading.negative(text("negative_prompt").unwrap_or_default(), field);
    reading.model(
        text("base_model").unwrap_or_default(),
        text("base_model_hash"),
        field,
    );
    reading.parameters(field);
    reading.tool(version.unwrap_or("Fooocus"), field);
    Some(reading)
}

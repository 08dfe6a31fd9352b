//! NovelAI: `Software`, the prompt in `Description`, settings as JSON in `Comment`, the model in `Source`.

use crate::field::Fields;
use crate::json;
use crate::reading::{Evidence, Generator, Reading};

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let software = fields
        .get("Software")
        .filter(|field| field.text == "NovelAI")?;
    let generator = Generator::named("NovelAI");
    let mut reading = Reading::by(Some(generator), Evidence::Own);
    if let Some(prompt) = fields.get("Description") {
        reading.prompt(&prompt.text, prompt);
    }
    if let Some(comment) = fields.get("Comment") {
        let settings = json::object(&comment.text).unwrap_or_default();
        let negative = settings.get("uc").and_then(|text| text.as_str());
        reading.negative(negative.unwrap_or_default(), comment);
        reading.parameters(comment);
    }
    if let Some(model) = fields.get("Source") {
        reading.model(&model.text, None, model);
    }
    reading.tool("NovelAI", software);
    Some(reading)
}

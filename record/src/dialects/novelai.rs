//! NovelAI: `Software`, the prompt in `Description`, settings as JSON in `Comment`, the model in `Source`.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let software = fields
        .get("Software")
        .filter(|field| field.text.trim() == "NovelAI")?;
    let mut reading = Reading::by(Some(Generator::named("NovelAI")), Evidence::Own);
    if let Some(prompt) = fields.get("Description") {
        reading.prompt(&prompt.text, prompt);
    }
    if let Some(comment) = fields.get("Comment") {
        match json::parse(&comment.text) {
            Ok(Value::Object(settings)) => {
                of(&settings, comment, &mut reading);
                reading.parameters(comment);
            }
            Ok(_) => reading.unreadable(comment, "it is no JSON object"),
            Err(reason) => reading.unreadable(comment, reason),
        }
    }
    if let Some(model) = fields.get("Source") {
        reading.model(&model.text, None, model);
    }
    reading.tool("NovelAI", software);
    Some(reading)
}

/// Since version 4 each character has a prompt of its own.
fn of(settings: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    reading.prompt(json::text(settings, "prompt"), field);
    for text in captions(settings, "v4_prompt") {
        reading.prompt(text, field);
    }
    reading.negative(json::text(settings, "uc"), field);
    for text in captions(settings, "v4_negative_prompt") {
        reading.negative(text, field);
    }
}

fn captions<'a>(settings: &'a Map<String, Value>, key: &str) -> Vec<&'a str> {
    let Some(caption) = settings.get(key).and_then(|prompt| prompt.get("caption")) else {
        return Vec::new();
    };
    let characters = caption["char_captions"].as_array().into_iter().flatten();
    let characters = characters.filter_map(|character| character["char_caption"].as_str());
    caption["base_caption"]
        .as_str()
        .into_iter()
        .chain(characters)
        .collect()
}

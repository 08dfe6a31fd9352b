//! AUTOMATIC1111's web UI, Forge and their kin: one text, `parameters`.
//!
//! Lines of prompt, then `Negative prompt:` and its lines, then one line of settings that begins with `Steps:`.

use crate::field::Fields;
use crate::reading::{Evidence, Found, Reading};
use logic::step::StepKind;

const NEGATIVE: &str = "Negative prompt:";
const SETTINGS: &str = "Steps:";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let field = fields.free().find(|field| field.text.contains(SETTINGS))?;
    let text = &field.text;
    let (head, settings) = match text.rfind(&format!("\n{SETTINGS}")) {
        Some(at) => text.split_at(at),
        None if text.starts_with(SETTINGS) => ("", text.as_str()),
        None => return None,
    };
    let settings = settings.trim();
    let (prompt, negative) = match head.find(NEGATIVE) {
        Some(at) => (&head[..at], &head[at + NEGATIVE.len()..]),
        None => (head, ""),
    };
    let mut reading = Reading::by(None, Evidence::Shape);
    reading.prompt(prompt, field);
    reading.negative(negative, field);
    if let Some(model) = setting(settings, "Model") {
        reading.model(model, setting(settings, "Model hash"), field);
    }
    reading.push(Found::new(StepKind::Parameters, settings, field));
    Some(reading)
}

/// The value of `name: value` in a list separated by commas; a quoted value may hold commas.
fn setting<'a>(settings: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = settings;
    while !rest.is_empty() {
        let (key, value) = rest.split_once(':')?;
        let value = value.trim_start();
        let end = match value.strip_prefix('"') {
            Some(quoted) => quoted.find('"').map_or(value.len(), |at| at + 2),
            None => value.find(',').unwrap_or(value.len()),
        };
        if key.trim() == name {
            return Some(value[..end].trim_matches('"').trim());
        }
        rest = value[end..].trim_start_matches([',', ' ', '\n']);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_reads_past_quoted_commas() {
        let settings = r#"Steps: 15, Lora hashes: "a: 1, b: 2", Model: dream, Size: 5x4"#;
        assert_eq!(setting(settings, "Model"), Some("dream"));
        assert_eq!(setting(settings, "Lora hashes"), Some("a: 1, b: 2"));
        assert_eq!(setting(settings, "Seed"), None);
    }
}

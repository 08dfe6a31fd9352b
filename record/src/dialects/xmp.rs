//! What IPTC's standard has programs and people say of a picture made by AI, in XMP (Photo Metadata Standard 2025.1).
//!
//! `AIPromptInformation` is the prompt, with what is not wanted perhaps among it, so that it has no role. `AISystemUsed` names the
//! service or its model, which nobody can tell apart, so that it is a tool. `AIPromptWriterName` is a person and no step.

use crate::field::{Field, Fields};
use crate::reading::{Evidence, Found, Generator, Reading};
use crate::source_type::is_of_ai;
use logic::step::StepKind;

const PROMPT: &str = "Iptc4xmpExt:AIPromptInformation";
const SYSTEM: &str = "Iptc4xmpExt:AISystemUsed";
const VERSION: &str = "Iptc4xmpExt:AISystemVersionUsed";
const SOURCE_TYPE: &str = "Iptc4xmpExt:DigitalSourceType";

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let prompts = fields.0.iter().filter(|field| field.name == PROMPT);
    let system = fields.get(SYSTEM);
    let source_type = source_type(fields).filter(|field| is_of_ai(&field.text));
    let generator = system.map(|system| {
        let version = fields.get(VERSION).map(|version| version.text.as_str());
        (
            system,
            Generator::named(system.text.trim()).with_version(version),
        )
    });
    let named = generator.as_ref().map(|(_, generator)| generator.clone());
    let mut reading = Reading::by(named, Evidence::Named);
    for field in prompts {
        reading.prompt(&field.text, field);
    }
    if let Some(field) = source_type {
        reading.push(Found::new(StepKind::Parameters, field.text.trim(), field));
    }
    if let Some((field, generator)) = generator {
        reading.tool(generator.to_string(), field);
    }
    (!reading.found.is_empty()).then_some(reading)
}

/// The field that says from what source the picture is.
pub(crate) fn source_type(fields: &Fields) -> Option<&Field> {
    fields.get(SOURCE_TYPE)
}

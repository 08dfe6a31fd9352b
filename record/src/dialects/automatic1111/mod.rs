//! AUTOMATIC1111's web UI, Forge, SD.Next, Civitai and their kin: one text.
//!
//! Lines of prompt, then `Negative prompt:` and its lines, then a line of settings that begins with `Steps:`. What is made smaller
//! or larger afterwards has settings alone.

mod models;
mod program;
mod sd_cpp;
mod settings;
mod text;

use super::draw_things::is_described;
use crate::field::{Field, Fields};
use crate::reading::{Evidence, Found, Generator, Reading};
use logic::step::StepKind;
use settings::{Settings, tab};
use std::collections::BTreeSet;
use text::Text;

/// Settings that are prompts of their own, and whether they say what is not wanted. ADetailer has one of either for each tab.
const PROMPTS: [(&str, bool); 8] = [
    ("Hires prompt", false),
    ("Hires negative prompt", true),
    ("Refiner prompt", false),
    ("Refiner negative", true),
    ("Detailer prompt", false),
    ("Detailer negative", true),
    ("Prompt2", false),
    ("Negative2", true),
];

/// The field of the web UI itself.
const OWN: &str = "parameters";

/// Fields in which the web UI writes what it did to a finished picture.
const FINISH: [&str; 2] = ["extras", "postprocessing"];

/// Settings among which prompts are looked for. Real texts have some hundred.
const MAX_SETTINGS: usize = 2_000;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let mut all: Option<Reading> = None;
    let mut first = "";
    // What others wrote into the picture may stand before the text in its own field.
    let is_own = |field: &&Field| field.name == OWN;
    let own = fields.free().filter(is_own);
    let free = own.chain(fields.free().filter(|field| !is_own(field)));
    for field in free.filter(|field| !is_described(&field.text)) {
        match &mut all {
            None => {
                all = made(field).or_else(|| finished(field));
                first = &field.text;
            }
            // Which of two texts is about the picture as it is, nobody knows.
            Some(all)
                if field.text.trim() != first.trim() && Text::split(&field.text).is_some() =>
            {
                all.parameters(field);
            }
            Some(_) => {}
        }
    }
    let finishes = fields.0.iter();
    for field in finishes.filter(|field| FINISH.contains(&field.name.as_str())) {
        if let Some(reading) = finished(field) {
            all.get_or_insert_default().merge(reading);
        }
    }
    let mut all = all.or_else(|| unknown(fields))?;
    if all.generator.is_none()
        && let Some((program, field)) = fooocus(fields)
    {
        all.tool(program.to_string(), field);
        all.generator = Some(program);
        all.evidence = Evidence::Named;
    }
    Some(all)
}

/// Fooocus, which may write this text without its own name in it, and then does so in EXIF (Fooocus, `meta_parser.py`, `get_exif`).
fn fooocus(fields: &Fields) -> Option<(Generator, &Field)> {
    let mut software = fields.0.iter().filter(|field| field.name == "Software");
    software.find_map(|field| {
        let version = field.text.trim().strip_prefix("Fooocus v")?;
        let version = version
            .starts_with(|char: char| char.is_ascii_digit())
            .then(|| format!("v{version}"));
        Some((
            Generator::named("Fooocus").with_version(Some(&version?)),
            field,
        ))
    })
}

/// A text of prompts and settings.
fn made(field: &Field) -> Option<Reading> {
    let text = match Text::split(&field.text) {
        Some(text) => text,
        // Without settings only the name of the field tells whose text it is.
        None if field.name == OWN => Text::of_prompts(&field.text)?,
        None => return None,
    };
    let end = text::templates(text.settings).unwrap_or(text.settings.len());
    let settings = Settings::read(&text.settings[..end]);
    let program = program::of(&settings);
    let named = match program {
        Some(_) => Evidence::Named,
        None => Evidence::Shape,
    };
    let is = |name: &str| program.as_ref().is_some_and(|by| by.name == name);
    let fooocus = is("Fooocus");
    // Fooocus adds its styles to the prompt and keeps beside it what was typed.
    let (prompt, negative) = match settings.get("Raw prompt") {
        Some(raw) if fooocus => (raw, settings.get("Raw negative prompt").unwrap_or_default()),
        // SD.Next writes what its wildcards were before the settings.
        _ => (text.prompt, without_templates(text.negative)),
    };
    let mut reading = Reading::by(program.clone(), named);
    reading.prompt(prompt, field);
    reading.negative(negative, field);
    let cpp = is(sd_cpp::NAME);
    let json = sd_cpp::json(&settings).filter(|_| cpp);
    match &json {
        Some(json) => sd_cpp::prompts(json, field, &mut reading),
        // Its prompts go on behind their commas.
        None if cpp => {}
        None => further(&settings, field, &mut reading),
    }
    // ComfyUI, Fooocus and stable-diffusion.cpp do not load what tags in a prompt name, or say in a list that they did; Civitai's
    // own pages do neither.
    let civitai = settings.get("Created Date").is_some();
    let tagged = match fooocus || is("ComfyUI") || civitai || json.is_some() {
        true => Vec::new(),
        false => vec![prompt, settings.get("Hires prompt").unwrap_or_default()],
    };
    let models = models::of(&settings, &tagged, is("SD.Next"));
    let found = models.into_iter().map(|model| model.found(field));
    reading.found.extend(found);
    if let Some(json) = &json {
        sd_cpp::models(json, field, &mut reading);
    }
    if fooocus {
        reading.parameters(field);
    } else if !text.settings.is_empty() {
        reading.push(Found::new(StepKind::Parameters, text.settings, field));
    } else {
        reading.parameters(field);
    }
    if let Some(program) = program {
        reading.tool(program.to_string(), field);
    }
    Some(reading)
}

/// The prompts that stand among the settings.
fn further(settings: &Settings, field: &Field, reading: &mut Reading) {
    let mut seen = BTreeSet::new();
    for (key, text) in settings.0.iter().take(MAX_SETTINGS) {
        let role = match key.strip_prefix("ADetailer ").map(tab) {
            Some(("prompt", _)) => Some(false),
            Some(("negative prompt", _)) => Some(true),
            Some(_) => None,
            None => {
                let named = PROMPTS.iter().find(|(name, _)| name == key);
                named.map(|(_, negative)| *negative)
            }
        };
        let Some(negative) = role.filter(|_| seen.insert(key)) else {
            continue;
        };
        // One for each thing that was found. Some stand for something else than what is written.
        for text in text.split("[SEP]") {
            match negative {
                _ if text.contains("[PROMPT]") || text.contains("[SKIP]") => {}
                true => reading.negative(text, field),
                false => reading.prompt(text, field),
            }
        }
    }
}

/// What the web UI's tab for finished pictures did.
fn finished(field: &Field) -> Option<Reading> {
    let text = field.text.trim();
    if !text.starts_with("Postprocess ") {
        return None;
    }
    let mut reading = Reading::by(None, Evidence::Shape);
    let models = models::of(&Settings::read(text), &[], false);
    let found = models.into_iter().map(|model| model.found(field));
    reading.found.extend(found);
    reading.push(Found::new(StepKind::Parameters, text, field));
    Some(reading)
}

/// A text that is of this kind and cannot be taken apart.
fn unknown(fields: &Fields) -> Option<Reading> {
    let field = fields.get(OWN)?;
    // Other programs put JSON there, which may hold any words, or a text of their own.
    if is_described(&field.text)
        || field.text.trim_start().starts_with(['{', '['])
        || !text::has_steps(&field.text)
    {
        return None;
    }
    let mut reading = Reading::by(None, Evidence::Shape);
    reading.unreadable(field, "where its settings begin is not known");
    Some(reading)
}

/// What is not wanted, without lines of templates behind it.
fn without_templates(negative: &str) -> &str {
    let templates = ["\nTemplate:", "\nNegative template:"];
    let ends = templates.iter().filter_map(|name| negative.find(name));
    &negative[..ends.min().unwrap_or(negative.len())]
}

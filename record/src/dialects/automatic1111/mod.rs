//! AUTOMATIC1111's web UI, Forge, SD.Next and their many kin: one text.
//!
//! Lines of prompt, then `Negative prompt:` and its lines, then settings that begin with `Steps:`. Not everyone keeps to the lines
//! (AUTOMATIC1111, modules/infotext_utils.py).

mod models;
mod settings;

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Found, Generator, Reading};
use logic::step::StepKind;
use models::Models;
use settings::Settings;

const NEGATIVE: &str = "Negative prompt:";
const STEPS: &str = "Steps: ";
/// Settings of a picture that was only made larger begin so.
const POSTPROCESS: &str = "Postprocess ";
/// Fields that such pictures have.
const EXTRAS: [&str; 2] = ["extras", "postprocessing"];

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let mut all: Option<Reading> = None;
    let extras = fields
        .0
        .iter()
        .filter(|field| EXTRAS.contains(&field.name.as_str()));
    for field in fields.free().chain(extras) {
        let Some(parts) = Parts::of(&field.text) else {
            continue;
        };
        // Elsewhere than in their own field, steps may be those of a walk or of a recipe.
        let own = field.name == "parameters" || EXTRAS.contains(&field.name.as_str());
        if !own && parts.negative.is_empty() && !Settings::of(parts.settings).are_of_a_picture() {
            continue;
        }
        let reading = parts.read(field);
        match &mut all {
            Some(all) => all.merge(reading),
            None => all = Some(reading),
        }
    }
    all
}

/// The three parts of a text.
struct Parts<'a> {
    prompt: &'a str,
    negative: &'a str,
    settings: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let begins_json = text.starts_with("{\"") || text.starts_with("[{");
        if begins_json || (text.starts_with(['{', '[']) && json::parse(text).is_ok()) {
            return None;
        }
        if text.starts_with(POSTPROCESS) {
            return Some(Self {
                prompt: "",
                negative: "",
                settings: text,
            });
        }
        let (head, settings) = match begin(text) {
            Some(at) => text.split_at(at),
            // Without settings the text is one of these only if it says what is not wanted, on a line of its own.
            None if line(text, NEGATIVE).is_some() => (text, ""),
            None => return None,
        };
        let one_line = !head.trim_end().contains('\n');
        let negative = line(head, NEGATIVE).or_else(|| head.find(NEGATIVE).filter(|_| one_line));
        let (prompt, negative) = match negative {
            Some(at) => (&head[..at], &head[at + NEGATIVE.len()..]),
            None => (head, ""),
        };
        Some(Self {
            prompt,
            negative,
            settings,
        })
    }

    fn read(&self, field: &Field) -> Reading {
        let settings = Settings::of(self.settings);
        let generator = generator(&settings);
        let evidence = match generator {
            Some(_) => Evidence::Named,
            None => Evidence::Shape,
        };
        let mut reading = Reading::by(generator, evidence);
        reading.prompt(self.prompt, field);
        for text in passes(&settings, &["Hires prompt", "ADetailer prompt"]) {
            reading.prompt(&text, field);
        }
        reading.negative(self.negative, field);
        for text in passes(
            &settings,
            &["Hires negative prompt", "ADetailer negative prompt"],
        ) {
            reading.negative(&text, field);
        }
        for model in Models::of(&settings, self.prompt).0 {
            reading.push(
                Found::new(StepKind::Model, model.name, field)
                    .with("hash", model.hash.as_deref())
                    .with("air", model.air.as_deref()),
            );
        }
        let kept = self.settings.trim();
        if !kept.is_empty() {
            reading.push(Found::new(StepKind::Parameters, kept, field));
        }
        reading
    }
}

/// Where the settings begin: at the last `Steps: ` and a number on a line of its own, else at the last behind a space.
fn begin(text: &str) -> Option<usize> {
    let counts = |at: &usize| {
        let rest = &text[at + STEPS.len()..];
        rest.starts_with(|c: char| c.is_ascii_digit())
    };
    let all = || text.rmatch_indices(STEPS).map(|(at, _)| at).filter(counts);
    let behind = |at: usize, whats: &[char]| at == 0 || text[..at].ends_with(whats);
    if let Some(own_line) = all().find(|at| behind(*at, &['\n'])) {
        return Some(own_line);
    }
    // Settings such as `Refiner Steps: 5` may follow, and words of a prompt stand before.
    let goes_on = |at: &usize| {
        let next = text[*at..].split_once(", ").map(|(_, next)| next);
        next.is_some_and(|next| settings::KEYS.iter().any(|key| next.starts_with(key)))
    };
    let inline = || all().filter(|at| behind(*at, &[' ', '\t']));
    inline().filter(goes_on).last().or_else(|| inline().next())
}

/// The prompts of passes after the first. `[SEP]` divides those of several, `[PROMPT]` and `[SKIP]` stand for something else.
fn passes(settings: &Settings, keys: &[&str]) -> Vec<String> {
    let texts: Vec<_> = settings.all(keys).map(|(_, text)| text).collect();
    let parts = texts
        .iter()
        .filter(|text| !text.contains("[PROMPT]") && !text.contains("[SKIP]"));
    parts
        .flat_map(|text| text.split("[SEP]"))
        .map(str::to_owned)
        .collect()
}

/// Where the first line begins that begins so.
fn line(text: &str, beginning: &str) -> Option<usize> {
    let mut found = text.match_indices(beginning).map(|(at, _)| at);
    found.find(|at| *at == 0 || text[..*at].ends_with('\n'))
}

/// The program, where its settings name it or say its version in a way of its own.
fn generator(settings: &Settings) -> Option<Generator> {
    let version = settings.get("Version");
    if settings.get("App").as_deref() == Some("SD.Next") {
        return Some(Generator::named("SD.Next").with_version(version.as_deref()));
    }
    let version = version?;
    if version == "ComfyUI" {
        return Some(Generator::named("ComfyUI"));
    }
    if let Some(version) = version.strip_prefix("Fooocus") {
        return Some(Generator::named("Fooocus").with_version(Some(version)));
    }
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let name = match version.split_at_checked(1)? {
        ("f", rest) if number(rest) => "Stable Diffusion WebUI Forge",
        ("v", rest) if number(rest) => "Stable Diffusion web UI",
        _ => return None,
    };
    Some(Generator::named(name).with_version(Some(&version)))
}

//! Fooocus, Fooocus-MRE and RuinedFooocus: JSON in `parameters` or a comment, and beside it the name of the scheme.
//!
//! Fooocus can write the text of AUTOMATIC1111's web UI instead, which is read as such.

mod mre;
mod ruined;

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

const NAME: &str = "Fooocus";

/// Fields that hold the settings where the file names their scheme.
const SETTINGS: [&str; 2] = ["parameters", "UserComment"];

/// What stands where no model was chosen.
const NOTHING: [&str; 3] = ["", "None", "Default (model)"];

type Settings = Map<String, Value>;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let scheme = scheme(fields);
    let objects = fields
        .free()
        .filter(|field| field.text.trim_start().starts_with('{'));
    for field in objects {
        let Some(settings) = json::object(&field.text) else {
            continue;
        };
        if text(&settings, "software") == ruined::NAME {
            return Some(ruined::reading(&settings, field));
        }
        if let Some(generator) = mre::generator(&settings) {
            return Some(mre::reading(&settings, generator, field));
        }
        let marked = scheme.is_some() && SETTINGS.contains(&field.name.as_str());
        if marked || text(&settings, "metadata_scheme") == "fooocus" || version(&settings).is_some()
        {
            return Some(plain(&settings, field));
        }
    }
    // What is no JSON is the other scheme, unless the file says that it is not.
    let field = SETTINGS.iter().find_map(|name| fields.get(name))?;
    (scheme? == "fooocus").then(|| {
        let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
        reading.unreadable(field, "it is no JSON object");
        reading
    })
}

/// The scheme that a PNG names in a field of its own, and EXIF in the MakerNote (Fooocus, `meta_parser.py`, `get_exif`), where
/// cameras have what they like.
fn scheme(fields: &Fields) -> Option<&str> {
    let text = |name: &str| fields.get(name).map(|field| field.text.trim());
    let note = text("MakerNote").map(|note| note.trim_end_matches('\0'));
    let note = note.filter(|note| matches!(*note, "fooocus" | "a1111"));
    text("fooocus_scheme").or(note)
}

/// The version, `v2.5.5`, from `Fooocus v2.5.5`. The private log names it with a capital.
fn version(settings: &Settings) -> Option<&str> {
    let version = [text(settings, "version"), text(settings, "Version")];
    let mut versions = version.into_iter();
    versions.find_map(|version| {
        version
            .strip_prefix("Fooocus v")
            .map(|_| &version[NAME.len() + 1..])
    })
}

/// The settings that Fooocus itself writes. `prompt` is what was typed, `full_prompt` what styles made of it.
fn plain(settings: &Settings, field: &Field) -> Reading {
    let either = |key, label| match text(settings, key) {
        "" => text(settings, label),
        text => text,
    };
    let generator = Generator::named(NAME).with_version(version(settings));
    let tool = generator.to_string();
    let mut reading = Reading::by(Some(generator), Evidence::Own);
    reading.prompt(either("prompt", "Prompt"), field);
    reading.negative(either("negative_prompt", "Negative Prompt"), field);
    let hash = text(settings, "base_model_hash");
    model(
        &mut reading,
        either("base_model", "Base Model"),
        hash,
        field,
    );
    let hash = text(settings, "refiner_model_hash");
    model(
        &mut reading,
        either("refiner_model", "Refiner Model"),
        hash,
        field,
    );
    match settings.get("loras").and_then(Value::as_array) {
        Some(loras) => {
            for lora in loras.iter().filter(|lora| !is_zero(&lora[1])) {
                let [name, hash] = [&lora[0], &lora[2]].map(|it| it.as_str().unwrap_or_default());
                model(&mut reading, name, hash, field);
            }
        }
        None => combined(&mut reading, settings, field),
    }
    model(&mut reading, either("vae", "VAE"), "", field);
    reading.parameters(field);
    reading.tool(tool, field);
    reading
}

/// LoRAs as the log has them: `name : weight`, and whether they are on before that in some versions.
fn combined(reading: &mut Reading, settings: &Settings, field: &Field) {
    for (key, value) in settings {
        let is_lora = ["lora_combined_", "LoRA "].iter().any(|start| {
            key.strip_prefix(start)
                .is_some_and(|rest| rest.parse::<u8>().is_ok())
        });
        let Some(value) = value.as_str().filter(|_| is_lora) else {
            continue;
        };
        let parts: Vec<&str> = value.split(" : ").collect();
        let (name, weight) = match parts[..] {
            [name, weight] | ["True", name, weight] => (name, weight),
            _ => continue,
        };
        if weight
            .trim()
            .parse::<f64>()
            .is_ok_and(|weight| weight != 0.0)
        {
            model(reading, name, "", field);
        }
    }
}

fn model(reading: &mut Reading, name: &str, hash: &str, field: &Field) {
    if !NOTHING.contains(&name.trim()) {
        let hash = Some(hash).filter(|hash| !NOTHING.contains(hash));
        reading.model(name, hash, field);
    }
}

fn text<'a>(settings: &'a Settings, key: &str) -> &'a str {
    settings
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn is_zero(weight: &Value) -> bool {
    weight.as_f64() == Some(0.0)
}

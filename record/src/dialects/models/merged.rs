//! Merges of AUTOMATIC1111's web UI, Forge, SD.Next and supermerger: `sd_merge_recipe`, which has the hashes of what was merged
//! beside its settings, and `sd_merge_models`, which has the names for the hashes (`modules/extras.py`).
//!
//! The second holds also what those were merged from, so that a model counts only if the recipe has its hash.

use super::{hash, said};
use crate::field::Fields;
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::Value;

/// The parts of another model that take the place of its own.
const BAKED: [&str; 2] = ["bake_in_vae", "bake_in_te"];
/// Most entries that are looked at. A record holds no more steps.
const MOST: usize = 2_000;

/// Whether the file says that it was merged.
pub(super) fn read(fields: &Fields, reading: &mut Reading) -> bool {
    let Some((field, text)) = said(fields, "sd_merge_recipe") else {
        return false;
    };
    let Some(recipe) = json::object(text) else {
        reading.unreadable(field, "it is no JSON object");
        return true;
    };
    let models = said(fields, "sd_merge_models").and_then(|(_, text)| json::object(text));
    let name = |hash: &str| {
        let models = models.as_ref()?;
        models.get(hash)?.get("name")?.as_str().map(str::to_owned)
    };
    for text in recipe.values().filter_map(Value::as_str).take(MOST) {
        if let Some(hash) = hash(text)
            && let Some(name) = name(text)
        {
            reading.model(&name, Some(hash), field);
        }
    }
    for key in BAKED {
        if let Some(name) = recipe.get(key).and_then(Value::as_str)
            && !matches!(name, "None" | "none")
        {
            reading.model(name, None, field);
        }
    }
    // Forge and others call themselves the web UI too.
    let program = recipe.get("type").and_then(Value::as_str);
    if let Some(program) = program.filter(|program| *program != "webui") {
        reading.tool(program, field);
        reading.generator = Some(Generator::named(program));
        reading.evidence = Evidence::Named;
    }
    true
}

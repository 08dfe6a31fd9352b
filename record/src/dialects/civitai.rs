//! What Civitai says of a model, kept beside it: its answer for a version in `.civitai.info` (`/api/v1/model-versions`), and Stability
//! Matrix's own form of it in `.cm-info.json` (`ConnectedModelInfo.cs`).
//!
//! It names the model itself, not what that was made from: the model is the output. Its family (`baseModel`) is none of its steps,
//! nor are the prompts of the pictures that show it.

use super::{comfyui, models};
use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Found, Reading};
use logic::step::StepKind;
use serde_json::{Map, Value};

/// A model as it is called at Civitai.
struct Known {
    name: String,
    hash: Option<String>,
    air: Option<String>,
}

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let mut all: Option<Reading> = None;
    let fields = fields.0.iter();
    for (field, known) in fields.filter_map(|field| Some((field, known(field)?))) {
        let reading = all.get_or_insert_with(|| Reading::by(None, Evidence::Shape));
        reading.is_model = true;
        let found = Found::new(StepKind::Output, known.name, field);
        let found = found.with("hash", known.hash.as_deref());
        reading.push(found.with("air", known.air.as_deref()));
        reading.parameters(field);
    }
    all
}

fn known(field: &Field) -> Option<Known> {
    let ending = |ending: &str| field.place.ends_with(ending);
    match () {
        () if ending(".civitai.info") => version(&json::object(&field.text)?),
        () if ending(".cm-info.json") => connected(&json::object(&field.text)?),
        () => None,
    }
}

/// Civitai's answer.
fn version(all: &Map<String, Value>) -> Option<Known> {
    let says = |key: &str| all.get(key).and_then(Value::as_str);
    let model = all.get("model")?.get("name")?.as_str()?;
    all.get("modelId").filter(|id| id.is_number())?;
    let air = says("air").filter(|air| comfyui::is_air(air));
    // Of several files nobody can tell which it is.
    let files = all.get("files").and_then(Value::as_array);
    let hashes = files
        .filter(|files| files.len() == 1)
        .and_then(|files| files[0].get("hashes"));
    Some(Known {
        name: named(model, says("name")),
        hash: hashes.and_then(hash),
        air: air.map(str::to_owned),
    })
}

/// Stability Matrix's form.
fn connected(all: &Map<String, Value>) -> Option<Known> {
    let says = |key: &str| all.get(key).and_then(Value::as_str);
    all.get("ModelId").filter(|id| id.is_number())?;
    Some(Known {
        name: named(says("ModelName")?, says("VersionName")),
        hash: all.get("Hashes").and_then(hash),
        air: None,
    })
}

fn named(model: &str, version: Option<&str>) -> String {
    match version.map(str::trim) {
        Some(version) if !version.is_empty() => format!("{} {version}", model.trim()),
        _ => model.trim().to_owned(),
    }
}

fn hash(hashes: &Value) -> Option<String> {
    let hash = hashes.get("SHA256")?.as_str()?;
    models::hash(hash).map(str::to_ascii_lowercase)
}

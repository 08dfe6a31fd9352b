//! Models of ggml and llama.cpp: `general.…` (ggml, `docs/gguf.md`; `gguf-py/gguf/constants.py`) and `quantize.…`.
//!
//! `general.source.…` is where a model is from or where it is shown, nobody can tell which, so that it is left in the parameters.

use super::{dataset, said};
use crate::field::{Field, Fields};
use crate::json;
use crate::reading::Reading;
use serde_json::Value;

/// Most of a kind that are looked at. A record holds no more steps.
const MOST: usize = 2_000;

pub(super) fn read(fields: &Fields, reading: &mut Reading) {
    for (field, name) in numbered(fields, "general.base_model.") {
        reading.model(&name, None, field);
    }
    for (field, name) in numbered(fields, "general.dataset.") {
        dataset(&name, field, reading);
    }
    if let Some((field, list)) = said(fields, "general.datasets")
        && let Ok(Value::Array(names)) = json::parse(list)
    {
        for name in names.iter().filter_map(Value::as_str).take(MOST) {
            dataset(name, field, reading);
        }
    }
    // What a model was run on to learn which of its weights matter.
    if let Some((field, name)) = said(fields, "quantize.imatrix.dataset") {
        dataset(name, field, reading);
    }
}

/// Those that are counted from nought under a name: each by its repository, which others can find, or else by its name with its
/// organisation and its version.
fn numbered<'a>(fields: &'a Fields, begins: &'a str) -> Vec<(&'a Field, String)> {
    let one = |number: usize| {
        let of = |key: &str| said(fields, &format!("{begins}{number}.{key}"));
        if let Some((field, url)) = of("repo_url") {
            return Some((field, url.to_owned()));
        }
        let (field, name) = of("name")?;
        let organization = of("organization").map(|(_, text)| format!("{text}/"));
        let version = of("version").map(|(_, text)| format!(" {text}"));
        let [organization, version] = [organization, version].map(Option::unwrap_or_default);
        Some((field, format!("{organization}{name}{version}")))
    };
    let count = said(fields, &format!("{begins}count"));
    let count = count.and_then(|(_, count)| count.parse().ok());
    let count: usize = count.unwrap_or_default();
    // Counts can claim anything, each one that is there has a field.
    (0..count.min(fields.0.len()).min(100))
        .filter_map(one)
        .collect()
}

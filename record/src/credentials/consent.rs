//! Whether a file may be used to train models and be mined (C2PA 1.4 and CAWG, Training and Data Mining).

use super::Consents;
use c2pa::Manifest;
use serde_json::Value;

/// Uses that are told. The standards have four.
const MOST: usize = 20;
/// What a use may be.
const ANSWERS: [&str; 3] = ["allowed", "notAllowed", "constrained"];

/// What the active manifest allows, by the name of the use, such as `cawg.ai_generative_training`.
pub(super) fn of(manifest: &Manifest) -> Consents {
    let assertions = manifest.assertions().iter();
    let assertions = assertions.filter(|assertion| {
        ["c2pa.training-mining", "cawg.training-mining"].contains(&assertion.label())
    });
    assertions
        .filter_map(|assertion| assertion.value().ok()?.get("entries")?.as_object())
        .flatten()
        .filter_map(|(name, entry)| {
            let answer = entry.get("use").and_then(Value::as_str)?;
            let known = ANSWERS.contains(&answer) && name.len() < 100;
            known.then(|| (name.clone(), answer.to_owned()))
        })
        .take(MOST)
        .collect()
}

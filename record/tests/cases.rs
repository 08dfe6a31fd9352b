//! Files of the kinds that people reported other readers to get wrong, each with what must be known of it.

use logic::step::StepKind;
use record::{Found, Reading};
use serde_json::Value;
use std::io::Cursor;
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/cases")
}

fn is(found: &Found, step: &Value) -> bool {
    let role = found.meta.get("role").and_then(Value::as_str);
    let hash = found.meta.get("hash").and_then(Value::as_str);
    found.kind.name() == step["kind"]
        && found.content == step["content"]
        && role == step["role"].as_str()
        && (step["hash"].is_null() || hash == step["hash"].as_str())
}

fn faults(reading: &Reading, case: &Value) -> Vec<String> {
    let texts = |key: &str| case[key].as_array().into_iter().flatten();
    let mut faults = Vec::new();
    let generator = reading
        .generator
        .as_ref()
        .map(|program| program.name.as_str());
    if generator != case["gen"].as_str() {
        faults.push(format!("it is by {generator:?}"));
    }
    for step in texts("must") {
        if !reading.found.iter().any(|found| is(found, step)) {
            faults.push(format!("{step} is not found"));
        }
    }
    let without_surrogate = |text: &str| text.replace(char::REPLACEMENT_CHARACTER, "");
    for text in texts("some").filter_map(Value::as_str) {
        let somewhere = |found: &Found| without_surrogate(&found.content).contains(text);
        if !reading.found.iter().any(somewhere) {
            faults.push(format!("{text:?} is nowhere"));
        }
    }
    for text in texts("never").filter_map(Value::as_str) {
        let said =
            |found: &Found| found.kind != StepKind::Parameters && found.content.contains(text);
        if reading.found.iter().any(said) {
            faults.push(format!("{text:?} is said"));
        }
    }
    for role in texts("no") {
        let plays = |found: &Found| found.meta.get("role") == Some(role);
        if reading.found.iter().any(plays) {
            faults.push(format!("role {role} is given"));
        }
    }
    faults
}

#[test]
fn every_case_is_read_right() {
    let cases = std::fs::read(folder().join("cases.json")).expect("checked in");
    let cases: Value = serde_json::from_slice(&cases).expect("JSON");
    let mut wrong = Vec::new();
    for (name, case) in cases.as_object().expect("cases") {
        let bytes = std::fs::read(folder().join(name)).expect("checked in");
        let reading = record::read(&mut Cursor::new(bytes));
        for fault in faults(&reading, case) {
            wrong.push(format!(
                "{name} ({}): {fault}",
                case["why"].as_str().unwrap_or_default()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! Executions recorded with Nitro's own engine, replayed through the chain's frames.

use std::path::Path;

#[test]
fn vectors_agree_to_the_unit_of_ink() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors");
    let reports = vectors::run(&folder).expect("the vectors are checked in");
    let failed: Vec<String> = reports
        .iter()
        .filter(|report| !report.differences.is_empty())
        .map(ToString::to_string)
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let runs: usize = reports.iter().map(|report| report.runs).sum();
    assert_eq!((reports.len(), runs), (97, 274));
}

#[test]
fn program_that_assembles_to_other_bytes_is_named() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vectors");
    let text = std::fs::read_to_string(fixtures.join("vectors.json")).expect("the file is there");
    let vectors: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
    let mut vector = vectors.into_iter().next().expect("a vector");
    let fields = vector.as_object_mut().expect("an object");
    fields.remove("wasm");
    fields["runs"] = serde_json::json!([]);
    fields["wasm_bytes"] = 3.into();
    let name = fields["wat"].as_str().expect("text");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vectors");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::copy(fixtures.join(name), folder.join(name)).expect("a copy");
    let list = serde_json::Value::from(vec![vector]).to_string();
    std::fs::write(folder.join("vectors.json"), list).expect("a file");

    let reports = vectors::run(&folder).expect("readable vectors");

    assert_eq!(reports[0].differences, ["wasm_bytes 188, expected 3"]);
}

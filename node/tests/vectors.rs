//! Executions recorded with Nitro's own engine, replayed through the chain's frames.

use std::path::Path;
use stylus_chain::vectors;

#[test]
fn vectors_agree_to_the_unit_of_ink() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/vectors");
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

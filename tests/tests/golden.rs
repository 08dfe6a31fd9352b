//! The golden vectors are what JavaScript's packages make of them today.

use lineage_tests::root::root;
use std::fs;
use std::process::Command;

/// Runs a script and compares what it prints with what is checked in.
fn makes(script: &str, kept: &str) {
    let golden = root().join("tests/fixtures/golden");
    // beside the packages: node resolves imports from where the script lies
    let beside = root().join("target/npm").join(script);
    fs::copy(golden.join(script), &beside).expect("npm packages: run `cargo xtask npm`");
    let made = Command::new("node")
        .arg(&beside)
        .output()
        .expect("node runs");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let kept = fs::read(golden.join(kept)).expect("checked in");
    assert_eq!(
        String::from_utf8_lossy(&made.stdout),
        String::from_utf8_lossy(&kept)
    );
}

#[test]
fn golden_steps_are_what_javascript_makes() {
    makes("steps.mjs", "steps.json");
}

#[test]
fn golden_identifiers_are_what_the_importer_of_ipfs_makes() {
    makes("cids.mjs", "cids.json");
}

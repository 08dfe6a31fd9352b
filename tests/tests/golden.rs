//! The golden vectors of steps and commitments are what JavaScript's Merkle tree makes of them today.

use lineage_tests::root::root;
use std::fs;
use std::process::Command;

#[test]
fn golden_steps_are_what_javascript_makes() {
    let golden = root().join("tests/fixtures/golden");
    // beside the packages: node resolves imports from where the script lies
    let script = root().join("target/npm/steps.mjs");
    fs::copy(golden.join("steps.mjs"), &script).expect("npm packages: run `cargo xtask npm`");
    let made = Command::new("node")
        .arg(&script)
        .output()
        .expect("node runs");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let kept = fs::read(golden.join("steps.json")).expect("checked in");
    assert_eq!(
        String::from_utf8_lossy(&made.stdout),
        String::from_utf8_lossy(&kept)
    );
}

//! The README shows what the two commands print.

use std::path::Path;
use std::process::Command;

/// Writes what is stale instead of failing.
const UPDATE: &str = "UPDATE_SNAPSHOTS";
const BEGIN: &str = "```text\n$ lineage demo\n";
const END: &str = "\n```";

#[test]
fn readme_shows_what_the_demo_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = std::fs::read_to_string(&path).expect("README.md");
    let output = Command::new(env!("CARGO_BIN_EXE_lineage"))
        .arg("demo")
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).expect("text");
    let printed: Vec<_> = printed.lines().map(str::trim_end).collect();
    let printed = printed.join("\n");

    let (before, rest) = readme.split_once(BEGIN).expect("the block of the demo");
    let (shown, after) = rest.split_once(END).expect("the end of the block");
    if std::env::var_os(UPDATE).is_some() {
        let fresh = format!("{before}{BEGIN}{}{END}{after}", printed.trim_end());
        std::fs::write(&path, fresh).expect("written");
        return;
    }
    assert_eq!(
        shown,
        printed.trim_end(),
        "the README is stale: run UPDATE_SNAPSHOTS=1 cargo test -p lineage --test readme"
    );
}

#[test]
fn readme_shows_the_steps_of_the_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md");
    let script = std::fs::read_to_string(root.join("scripts/test.sh")).expect("test.sh");
    let steps = script
        .lines()
        .filter_map(|line| line.strip_prefix("step \""));
    let steps: Vec<_> = steps.filter_map(|step| step.strip_suffix('"')).collect();
    assert!(!steps.is_empty());
    for step in steps {
        assert!(
            readme.contains(&format!("\n== {step}\n")),
            "{step:?} is not in the README"
        );
    }
}

#[cfg(unix)]
#[test]
fn commands_of_the_readme_can_be_typed_in_a_clone() {
    use std::os::unix::fs::symlink;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md");
    let (_, rest) = readme
        .split_once("After the first, the command itself is there")
        .expect("the section of the commands");
    let (section, _) = rest.split_once("\n## ").expect("its end");
    let blocks = section.split("```text\n").skip(1);
    let blocks = blocks.map(|rest| rest.split_once(END).expect("an end").0);
    // What is typed, and below it what is printed, where that is shown.
    let typed: Vec<_> = blocks
        .flat_map(|block| block.split("$ ").skip(1))
        .map(|shown| shown.split_once('\n').unwrap_or((shown, "")))
        .collect();

    // What a clone has after `./scripts/demo.sh`, as far as the commands need it.
    let clone = tempfile::tempdir().expect("a folder");
    let built = clone.path().join("target/debug");
    std::fs::create_dir_all(&built).expect("a folder");
    let command = env!("CARGO_BIN_EXE_lineage");
    symlink(command, built.join("lineage")).expect("a link");
    let tests = root.canonicalize().expect("the root").join("tests");
    symlink(tests, clone.path().join("tests")).expect("a link");
    for (typed, shown) in typed {
        let output = Command::new("sh")
            .args(["-c", typed])
            .current_dir(clone.path())
            .output()
            .expect("a shell");
        assert!(output.status.success(), "{typed}: {output:?}");
        if !shown.trim().is_empty() {
            let printed = String::from_utf8_lossy(&output.stdout);
            assert_eq!(printed.trim_end(), shown.trim_end(), "{typed}");
        }
    }
}

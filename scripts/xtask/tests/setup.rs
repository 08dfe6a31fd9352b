//! scripts/setup.sh says what is wrong with the machine, and leaves the caller's settings out.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a line after setup.sh, with one more tool in front of all others.
fn after_setup(tool: &str, says: &str, line: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(tool);
    fs::write(&file, format!("#!/bin/sh\necho '{says}'\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    Command::new("bash")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .args(["-euo", "pipefail", "-c"])
        .arg(format!(". scripts/setup.sh; {line}"))
        .env("PATH", format!("{}:{path}", folder.path().display()))
        .env("RUSTUP_TOOLCHAIN", "another")
        .env("RUSTC", "another")
        .env("CARGO_TARGET_DIR", "elsewhere")
        .output()
        .unwrap()
}

#[test]
fn tool_of_another_version_is_refused_with_its_place() {
    for tool in ["cargo", "rustc"] {
        let output = after_setup(tool, &format!("{tool} 1.80.0 (abc)"), "check_rust");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{tool}");
        assert!(
            error.contains(&format!("/{tool} is {tool} 1.80.0 (abc), 1.")),
            "{error}"
        );
        assert!(error.contains("first in PATH"), "{error}");
    }
}

#[test]
fn tools_that_the_toolchain_file_chooses_pass() {
    let output = after_setup("unused", "", "check_rust");
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn settings_of_the_caller_that_choose_another_compiler_or_folder_are_left_out() {
    let line = "echo ${RUSTUP_TOOLCHAIN-none} ${RUSTC-none} ${CARGO_TARGET_DIR-none}";
    let output = after_setup("unused", "", line);
    assert_eq!(output.stdout, b"none none none\n");
}

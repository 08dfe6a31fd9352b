//! Readers that go away, and disks that are full.

use crate::Shell;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

/// A folder with one file to mint.
fn shell() -> Shell {
    let shell = Shell::new();
    shell.file("poem.txt", "a poem");
    shell
}

#[test]
fn reader_that_has_read_enough_ends_the_command_quietly() {
    let shell = shell();
    for typed in ["demo", "mint poem.txt --yes", "show", "show 9 --json"] {
        let mut child = shell
            .command(typed)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut said = BufReader::new(child.stdout.take().expect("a pipe"));
        if typed == "demo" {
            let mut line = String::new();
            said.read_line(&mut line).expect("a line");
            assert!(line.starts_with("deploying the programs"), "{line}");
        }
        drop(said);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let code = if typed.starts_with("show 9") { 1 } else { 0 };
        assert_eq!(output.status.code(), Some(code), "lineage {typed}");
    }
    // What was done before anything was said is kept.
    assert_eq!(shell.json("show 1")["works"][0]["title"], "poem");
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_behind_the_output_is_an_error_and_the_state_is_kept() {
    let shell = shell();
    let full = std::fs::File::create("/dev/full").expect("Linux has it");
    let output = shell
        .command("mint poem.txt --yes")
        .stdout(full)
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("No space left"), "{complaint}");
    assert_eq!(shell.json("show 1")["works"][0]["title"], "poem");
}

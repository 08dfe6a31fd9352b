//! The command as it is typed: what it prints, how it ends, what it leaves in its folder.

#[cfg(unix)]
mod arguments;
#[cfg(unix)]
mod choice;
mod coin;
mod help;
mod income;
mod inspect;
mod links;
#[cfg(unix)]
mod node;
#[cfg(unix)]
mod places;
mod prepared;
#[cfg(unix)]
mod question;
mod refusal;
mod reveal;
mod signed;
mod state;
mod stdout;
mod story;
#[cfg(unix)]
mod strip;
#[cfg(unix)]
mod terminal;
mod verify;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A folder to type commands in.
struct Shell {
    folder: TempDir,
}

impl Shell {
    /// An empty folder.
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a picture there that an image tool made.
    fn picture(&self, fixture: &str, name: &str) {
        let works = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/works");
        std::fs::copy(works.join(fixture), self.path(name)).expect("the fixture is checked in");
    }

    /// Puts any file there.
    fn file(&self, name: &str, contents: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), contents).expect("a file");
    }

    /// Names of the files and folders there.
    fn names(&self) -> Vec<String> {
        self.names_in("")
    }

    /// Names of the files and folders in a folder there.
    fn names_in(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(folder)).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<_> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// `lineage` with what is typed, divided at spaces.
    fn command(&self, typed: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lineage"));
        command
            .current_dir(self.folder.path())
            .args(typed.split_whitespace());
        command
    }

    /// Runs it to its end.
    fn run(&self, typed: &str) -> Output {
        self.command(typed).output().expect("the command starts")
    }

    /// Runs it, and kills it after a time unless it has ended by then; answers whether it ended by itself, well.
    fn killed(&self, typed: &str, after: Duration) -> bool {
        let mut child = self
            .command(typed)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command starts");
        std::thread::sleep(after);
        child.kill().expect("it is ours to kill");
        child.wait().expect("it ends").success()
    }

    /// What it prints; it must succeed, without a word on the other stream.
    fn done(&self, typed: &str) -> String {
        let output = self.run(typed);
        let (said, complained) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(
            (output.status.code(), complained.as_str()),
            (Some(0), ""),
            "lineage {typed}: {said}"
        );
        said
    }

    /// The one JSON object it prints.
    fn json(&self, typed: &str) -> Value {
        serde_json::from_str(&self.done(&format!("{typed} --json"))).expect("one JSON object")
    }

    /// What it complains of; it must fail, without a word on the other stream.
    fn refused(&self, typed: &str) -> String {
        let output = self.run(typed);
        let (said, complained) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(
            (output.status.code(), said.as_str()),
            (Some(1), ""),
            "lineage {typed}: {complained}"
        );
        complained
            .strip_prefix("error: ")
            .expect("it begins with error")
            .trim_end()
            .to_owned()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

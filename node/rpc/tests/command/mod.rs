//! The command, started as a user starts it, and a way to ask what it serves.
#![allow(dead_code)] // no test needs all of it

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The command, which ends with the test.
pub(crate) struct Started {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Started {
    /// Starts it with flags.
    pub(crate) fn with(flags: &[&str]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_stylus-node")).args(flags))
    }

    /// Starts it where no file may grow beyond so many bytes, as on a disk that is full then.
    pub(crate) fn with_files_up_to(bytes: u64, flags: &[&str]) -> Self {
        // a write beyond that fails, where a signal would else end the process; the shell counts blocks of 512 bytes
        let blocks = (bytes / 512).to_string();
        let limited = "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"";
        let node = env!("CARGO_BIN_EXE_stylus-node");
        let mut shell = Command::new("sh");
        Self::run(shell.args(["-c", limited, &blocks, node]).args(flags))
    }

    fn run(command: &mut Command) -> Self {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the command");
        let lines = BufReader::new(child.stdout.take().expect("its words"));
        Self { child, lines }
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line that it says.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    /// The next line, which is JSON.
    pub(crate) fn json(&mut self) -> Value {
        let line = self.line();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Where it serves, which its first line of JSON says.
    pub(crate) fn url(&mut self) -> String {
        let start = self.json();
        start["url"].as_str().expect("a URL").to_owned()
    }

    /// All lines up to one that begins so.
    pub(crate) fn lines_until(&mut self, last: &str) -> Vec<String> {
        let mut lines = Vec::new();
        while lines
            .last()
            .is_none_or(|line: &String| !line.starts_with(last))
        {
            lines.push(self.line());
        }
        lines
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.expect("kill").success());
    }

    /// Kills it, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.wait();
    }

    /// Waits until it ends; the code that it ends with.
    pub(crate) fn wait(&mut self) -> Option<i32> {
        self.child.wait().expect("an end").code()
    }

    /// What it complains of when it ends by itself.
    pub(crate) fn end(mut self) -> String {
        assert_eq!(self.wait(), Some(1));
        let mut words = String::new();
        let mut complaints = self.child.stderr.take().expect("its complaints");
        complaints.read_to_string(&mut words).expect("text");
        words
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // it may have ended by itself
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The whole answer of a method, if anybody answers.
pub(crate) fn try_ask(url: &str, method: &str, params: Value) -> Option<Value> {
    let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let posted = ureq::post(url).content_type("application/json");
    let mut answer = posted.send(request.to_string()).ok()?;
    let body = answer.body_mut().with_config().limit(1 << 28);
    serde_json::from_str(&body.read_to_string().ok()?).ok()
}

/// What a method answers, if it does not refuse.
pub(crate) fn ask(url: &str, method: &str, params: Value) -> Value {
    let mut answer = try_ask(url, method, params).expect("an answer");
    assert_eq!(answer.get("error"), None, "{method}");
    answer["result"].take()
}

//! Commands typed at a terminal, where somebody can be asked.

use crate::{Shell, text};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Child, Output, Stdio};

/// The end of a question.
const QUESTION: &str = "[y/N] ";

/// A command at a terminal, which has put its question or has ended.
pub(crate) struct Asked {
    terminal: File,
    command: Child,
    shown: String,
}

impl Shell {
    /// Types a command at a terminal and waits for its question.
    pub(crate) fn ask(&self, typed: &str) -> Asked {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        // Else the commands of other tests would hold it too, and whoever nobody answers would wait for ever.
        fcntl_setfd(&master, FdFlags::CLOEXEC).expect("it is ours");
        grantpt(&master).expect("it is ours");
        unlockpt(&master).expect("it is ours");
        let name = ptsname(&master, Vec::new()).expect("a name");
        let name = OsStr::from_bytes(name.to_bytes());
        let open = || File::options().read(true).write(true).open(name);
        let command = self
            .command(typed)
            .stdin(Stdio::from(open().expect("it opens")))
            .stdout(Stdio::piped())
            .stderr(Stdio::from(open().expect("it opens")))
            .spawn()
            .expect("it starts");
        let mut asked = Asked {
            terminal: master.into(),
            command,
            shown: String::new(),
        };
        asked.read_until(Some(QUESTION));
        asked
    }
}

impl Asked {
    /// What the terminal shows, its lines ended by line feeds alone.
    pub(crate) fn shown(&self) -> String {
        self.shown.replace("\r\n", "\n")
    }

    /// Types an answer; what was printed then, and what the terminal showed in all.
    pub(crate) fn answer(mut self, answer: &str) -> (Output, String) {
        self.terminal.write_all(answer.as_bytes()).expect("typed");
        self.read_until(None);
        let shown = self.shown();
        (self.command.wait_with_output().expect("it ends"), shown)
    }

    /// Ends the command as Ctrl-C does, or harder.
    pub(crate) fn kill(mut self) {
        self.command.kill().expect("it is ours to kill");
        self.command.wait().expect("it ends");
    }

    fn read_until(&mut self, end: Option<&str>) {
        let mut bytes = self.shown.clone().into_bytes();
        let mut piece = [0; 4096];
        // Linux gives an error once nobody has the terminal any more.
        while let Ok(read @ 1..) = self.terminal.read(&mut piece) {
            bytes.extend(&piece[..read]);
            if end.is_some_and(|end| bytes.ends_with(end.as_bytes())) {
                break;
            }
        }
        self.shown = text(&bytes);
    }
}

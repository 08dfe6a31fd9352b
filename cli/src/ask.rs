//! The question before something is done for good.

use anyhow::{Context as _, Result};
use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _, stderr, stdin};

/// Whether somebody can be asked: a terminal shows the question and another, or the same, takes the answer.
#[must_use]
pub(crate) fn is_possible() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

/// Shows something and asks. What is shown goes to standard error, so that standard output holds the report alone. Only `y` and `yes`
/// are a yes; an empty line and the end of the input are none.
///
/// # Errors
/// The terminal has gone.
pub(crate) fn ask(shown: &impl Display, question: &str) -> Result<bool> {
    let mut terminal = stderr().lock();
    write!(terminal, "{shown}\n\n{question} [y/N] ").context("cannot ask")?;
    terminal.flush().context("cannot ask")?;
    let mut answer = String::new();
    let read = stdin()
        .read_line(&mut answer)
        .context("cannot read the answer")?;
    if read == 0 {
        // Nobody typed the end of the line.
        writeln!(terminal).context("cannot ask")?;
    }
    let answer = answer.trim().to_lowercase();
    Ok(answer == "y" || answer == "yes")
}

//! A verdict for people.

use super::{Check, Verdict, plain};
use crate::report::shortened;
use std::fmt;

/// `holds`, `fails`, or what it is where nobody could look.
impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holds = match self.holds {
            Some(true) => "holds",
            Some(false) => "FAILS",
            None => "open",
        };
        write!(f, "  {holds:<6} {:<11} ", self.of)?;
        if let Some(path) = &self.path {
            write!(f, "{}: ", plain(path))?;
        }
        write!(f, "{}", plain(&self.reason))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.holds {
            true => "all that was checked holds",
            false => "does not hold",
        };
        write!(f, "{}: {verdict}", plain(&self.file))?;
        for check in &self.checks {
            write!(f, "\n{check}")?;
        }
        for claim in self.claims.iter().flatten() {
            write!(f, "\n  claim  {}", claim.line())?;
        }
        for step in &self.steps {
            let text = step.content.as_deref().map(shortened);
            let text = text.as_deref().unwrap_or("the file");
            write!(f, "\n  step   {} {}: {text}", step.index, step.kind)?;
            for (name, value) in &step.meta {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                write!(f, " ({} {})", plain(name), shortened(&value))?;
            }
        }
        let marked = match self.ai.marked {
            true => format!("marked as made by AI, by its {}", self.ai.by.join(", ")),
            false => "not marked as made by AI, which does not mean that it was not".to_owned(),
        };
        write!(f, "\n  AI     {marked}")
    }
}

//! Progress of work that takes more than a moment.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// A line on standard error that turns while something is done; silent where standard error is no terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// Begins.
    #[must_use]
    pub fn start() -> Self {
        let bar = ProgressBar::new_spinner();
        bar.set_style(ProgressStyle::default_spinner());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// Says what is being done now.
    pub fn say(&self, what: impl Into<String>) {
        self.0.set_message(what.into());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

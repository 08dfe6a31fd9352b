//! `lineage demo`.

use crate::amount;
use crate::demo::{self, Story};
use crate::report;
use alloy_primitives::U256;
use anyhow::{Result, ensure};
use clap::Args;

/// Arguments of `demo`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  lineage demo
  lineage demo --amount 7
  lineage demo --amount 0.5eth --json

Runs on a chain of its own and leaves nothing behind.")]
pub struct Arguments {
    /// What the marketplace pays, in wei unless a unit is named
    #[arg(long, value_parser = amount::parse, default_value = "1234567890123456789")]
    pub amount: U256,
}

impl Arguments {
    /// Tells the story and checks every figure.
    ///
    /// # Errors
    /// The chain refuses something, or a figure is not exact to the wei.
    pub fn run(&self, json: bool) -> Result<()> {
        let amount = demo::amount(self.amount)?;
        let story = Story::tell(amount, &|line| {
            if json {
                return Ok(());
            }
            report::line(line)
        })?;
        let wrong = "a figure differs from what was owed";
        if json {
            // One object: the story or the error.
            ensure!(story.exact(), wrong);
        }
        report::print(&story, json)?;
        ensure!(story.exact(), wrong);
        Ok(())
    }
}

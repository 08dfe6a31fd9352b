//! Replaying recorded executions on the chain.

use anyhow::{Result, bail};
use std::path::Path;

/// Replays every vector in a folder: a line each, with got and expected where they differ, and totals.
pub(crate) fn replay(folder: &Path) -> Result<()> {
    let reports = vectors::run(folder)?;
    let mut runs = 0;
    let mut disagreeing = 0;
    for report in &reports {
        println!("{report}");
        runs += report.runs;
        disagreeing += usize::from(!report.differences.is_empty());
    }
    println!(
        "{} vectors, {runs} runs, {disagreeing} disagree",
        reports.len()
    );
    if reports.is_empty() {
        bail!("{} holds no vectors", folder.display());
    }
    if disagreeing > 0 {
        bail!("{disagreeing} of {} vectors disagree", reports.len());
    }
    Ok(())
}

//! tests/snapshots/gas.json and docs/gas.md: what the programs cost to use.

use crate::run::{cargo, run};
use anyhow::Result;
use std::path::Path;

/// Writes both from the programs as built. Measuring needs them, and this command builds them: so it cannot measure itself.
pub(crate) fn write(root: &Path) -> Result<()> {
    let example = [
        "run",
        "--quiet",
        "--package",
        "lineage-tests",
        "--example",
        "gas",
    ];
    run(cargo().args(example).current_dir(root))
}

//! Formatting and clippy in the workspaces.

use crate::run::{cargo, run};
use anyhow::Result;
use std::path::Path;

/// Any complaint of rustfmt or clippy is an error.
pub(crate) fn lint(root: &Path) -> Result<()> {
    let contracts = root.join("contracts");
    let browser = root.join("record/js");
    for folder in [root, &contracts, &browser] {
        eprintln!("Checking the formatting in {}", folder.display());
        run(cargo()
            .current_dir(folder)
            .args(["fmt", "--all", "--check"]))?;
    }
    eprintln!("Running clippy on the host workspace (about 60 s the first time)");
    run(cargo()
        .current_dir(root)
        .args(["clippy", "--locked", "--workspace", "--all-targets"])
        .args(["--", "--deny", "warnings"]))?;
    eprintln!("Running clippy on the programs, for WASM (about 60 s the first time)");
    run(cargo()
        .current_dir(&contracts)
        .args(["clippy", "--locked", "--workspace", "--lib"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(root.join("target/lint"))
        .args(["--", "--deny", "warnings"]))?;
    eprintln!("Running clippy on the rules and their tests, natively (about 20 s the first time)");
    run(cargo()
        .current_dir(&contracts)
        .args([
            "clippy",
            "--locked",
            "--package",
            "logic",
            "--all-targets",
            "--target-dir",
        ])
        .arg(root.join("target/logic"))
        .args(["--", "--deny", "warnings"]))
}

//! The names of the programs.

use crate::run::cargo;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    crate_types: Vec<String>,
}

/// The contracts' workspace members that are built as `cdylib`, in order of their names.
pub(crate) fn programs(root: &Path) -> Result<Vec<String>> {
    let output = cargo()
        .current_dir(root.join("contracts"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        bail!(
            "cargo metadata failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    let is_program = |package: &Package| {
        let mut crate_types = package
            .targets
            .iter()
            .flat_map(|target| &target.crate_types);
        crate_types.any(|crate_type| crate_type == "cdylib")
    };
    let mut names: Vec<String> = metadata
        .packages
        .into_iter()
        .filter(is_program)
        .map(|package| package.name)
        .collect();
    names.sort();
    Ok(names)
}

//! What comes from npm: wasm-opt, and for the tests solc, a Merkle tree and tools of IPFS.

use crate::run::run;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FOLDER: &str = "target/npm";

/// Installs what scripts/npm/package-lock.json names, unless that very lock is installed. npm refuses a package whose
/// hash is not the lock's, and no package's script runs.
pub(crate) fn install(root: &Path) -> Result<()> {
    let folder = root.join(FOLDER);
    let lock = fs::read(root.join("scripts/npm/package-lock.json"))
        .context("scripts/npm/package-lock.json")?;
    let installed = folder.join("installed.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    eprintln!(
        "Installing wasm-opt, solc, a Merkle tree and tools of IPFS from npm into {FOLDER} (about 40 s)"
    );
    fs::create_dir_all(&folder)?;
    fs::copy(
        root.join("scripts/npm/package.json"),
        folder.join("package.json"),
    )?;
    fs::write(folder.join("package-lock.json"), &lock)?;
    run(Command::new("npm")
        .args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
        ])
        .arg(&folder))
    .context("npm (it comes with node, version 20 or later)")?;
    fs::write(installed, lock)?;
    Ok(())
}

/// A program that a package brings, to be run with node.
pub(crate) fn tool(root: &Path, package: &str, name: &str) -> PathBuf {
    root.join(FOLDER)
        .join("node_modules")
        .join(package)
        .join("bin")
        .join(name)
}

//! The repository the command runs in.

use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;

/// The nearest folder at or above the current one that holds the contracts' workspace. It is not the one that xtask was
/// compiled in, so that one xtask can build a second clone.
pub(crate) fn find() -> Result<PathBuf> {
    let here = env::current_dir().context("the current folder cannot be read")?;
    here.ancestors()
        .find(|folder| folder.join("contracts/Cargo.toml").is_file())
        .map(PathBuf::from)
        .with_context(|| format!("{} is not inside a clone of Lineage", here.display()))
}

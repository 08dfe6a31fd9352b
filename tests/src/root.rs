//! The repository's root.

use std::path::{Path, PathBuf};

/// The folder that holds the host workspace.
///
/// # Panics
/// If this crate has been moved out of it.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the root")
        .to_owned()
}

//! Embedding programs in a crate, from its build script.

use crate::artefact::{Artefact, Unusable, load, path};
use crate::sources::sources;
use std::fs;
use std::path::Path;

/// Copies the contract code of the named programs to `<out>/<name>.code`, for `include_bytes!`, and tells cargo to run
/// the build script again when their sources or artefacts change.
///
/// # Errors
/// [`Unusable`] when a program is not built from its present sources, so that no stale one is ever embedded.
pub fn embed(root: &Path, names: &[&str], out: &Path) -> Result<(), Unusable> {
    for name in names {
        let unreadable = |error| Unusable::Unreadable {
            name: (*name).to_owned(),
            error,
        };
        println!(
            "cargo::rerun-if-changed={}",
            path(root, name, Artefact::Hash).display()
        );
        for source in sources(root, name).map_err(unreadable)? {
            println!("cargo::rerun-if-changed={}", root.join(source).display());
        }
        let program = load(root, name)?;
        fs::write(out.join(format!("{name}.code")), program.code).map_err(unreadable)?;
    }
    Ok(())
}

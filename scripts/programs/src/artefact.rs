//! Where a program's artefacts lie, and reading them.

use crate::sources::{Fingerprint, fingerprint};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A built program.
#[derive(Clone, Debug)]
pub struct Program {
    /// The module that activation sees.
    pub wasm: Vec<u8>,
    /// The contract code that holds it: `EFF00000`, then the compressed module.
    pub code: Vec<u8>,
}

/// One of the files that the build of a program leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artefact {
    /// The module.
    Wasm,
    /// The contract code.
    Code,
    /// The fingerprint of the sources it was made from.
    Hash,
}

/// Why a program's artefacts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It has not been built.
    #[error("the program `{0}` is not built: run `cargo xtask wasm`")]
    Missing(String),
    /// It was built from other sources than those that lie there now.
    #[error(
        "the WASM of `{name}` is stale: built from sources {built}, which are now {sources}: run `cargo xtask wasm`"
    )]
    Stale {
        /// The program.
        name: String,
        /// The fingerprint it was built from.
        built: String,
        /// The fingerprint of the sources now.
        sources: Fingerprint,
    },
    /// A file could not be read.
    #[error("the program `{name}`: {error}")]
    Unreadable {
        /// The program.
        name: String,
        /// What went wrong.
        error: io::Error,
    },
}

/// Where an artefact of the program `name` lies in the repository at `root`.
#[must_use]
pub fn path(root: &Path, name: &str, artefact: Artefact) -> PathBuf {
    let extension = match artefact {
        Artefact::Wasm => "wasm",
        Artefact::Code => "code",
        Artefact::Hash => "hash",
    };
    root.join("target/programs")
        .join(format!("{name}.{extension}"))
}

/// Reads the program `name`, built from the sources that lie in the repository at `root` now.
///
/// # Errors
/// [`Unusable`], which says what to do.
pub fn load(root: &Path, name: &str) -> Result<Program, Unusable> {
    let read = |artefact| {
        fs::read(path(root, name, artefact)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Unusable::Missing(name.to_owned()),
            _ => unreadable(name, error),
        })
    };
    let built = String::from_utf8_lossy(&read(Artefact::Hash)?)
        .trim()
        .to_owned();
    let sources = fingerprint(root, name).map_err(|error| unreadable(name, error))?;
    if built != sources.to_string() {
        let name = name.to_owned();
        return Err(Unusable::Stale {
            name,
            built,
            sources,
        });
    }
    Ok(Program {
        wasm: read(Artefact::Wasm)?,
        code: read(Artefact::Code)?,
    })
}

fn unreadable(name: &str, error: io::Error) -> Unusable {
    let name = name.to_owned();
    Unusable::Unreadable { name, error }
}

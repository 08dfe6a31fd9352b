//! Why a folder cannot be used.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use stylus_chain::store::StoreError;

/// Why a folder cannot be used as a chain's.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder, or a file in it, cannot be made or opened.
    #[error("cannot use {}: {cause}", path.display())]
    Unusable {
        /// What cannot be used.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Another process has it.
    #[error("{} is in use{}: stop that first, or name another folder", path.display(), by(holder))]
    InUse {
        /// The folder.
        path: PathBuf,
        /// Who has it, as far as that is known.
        holder: Option<String>,
    },
    /// A later version of this program wrote it.
    #[error(
        "{} was written in form {got}, this version knows up to {known}: use a newer version, or name another folder",
        path.display()
    )]
    Newer {
        /// The folder.
        path: PathBuf,
        /// The form that it is in.
        got: u32,
        /// The last form that is known.
        known: u32,
    },
    /// The database is damaged, or none.
    #[error("cannot open the chain in {}: {cause}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database says.
        cause: redb::Error,
    },
    /// What it says of itself cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn by(holder: &Option<String>) -> String {
    holder
        .as_ref()
        .map_or_else(String::new, |holder| format!(" by {holder}"))
}

/// The database failed.
pub(crate) fn failed(cause: impl Into<redb::Error>) -> StoreError {
    StoreError::failed(cause.into())
}

/// What stands in the database is not what was written there.
#[derive(Debug, thiserror::Error)]
#[error("the chain on disk is damaged: {0}")]
pub(crate) struct Damage(pub(crate) String);

pub(crate) fn damaged(what: impl ToString) -> StoreError {
    StoreError::failed(Damage(what.to_string()))
}

/// Does something with the database, which panics where its pages are damaged: that is an error here, as any damage is.
pub(crate) fn guarded<T>(act: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    // after a panic the database refuses to go on, or panics again
    let done = panic::catch_unwind(AssertUnwindSafe(act));
    done.unwrap_or_else(|_| Err(damaged("a page of the file cannot be read")))
}

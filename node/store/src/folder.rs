//! The folder, held by one process at a time.

use crate::error::OpenError;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;

/// The database.
const DATABASE: &str = "chain.redb";
/// Who has the folder: a lock of the system's on it goes with the process, whatever ends that.
const LOCK: &str = "chain.lock";
/// So begins what it says.
const BEGINS: &str = "process ";
/// Of what a lock says, so much is shown.
const MOST_TOLD: u64 = 200;

/// A folder that is held.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Takes a folder, and makes it if there is none.
    pub(crate) fn take(path: &Path) -> Result<Self, OpenError> {
        let unusable = |path: &Path| {
            let path = path.to_owned();
            move |cause| OpenError::Unusable { path, cause }
        };
        fs::create_dir_all(path).map_err(unusable(path))?;
        let name = path.join(LOCK);
        ordinary(&name).map_err(unusable(&name))?;
        let mut options = File::options();
        let options = options.create(true).truncate(false).read(true).write(true);
        let mut lock = options.open(&name).map_err(unusable(&name))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse {
                    path: path.to_owned(),
                    holder: holder(&lock),
                });
            }
            Err(TryLockError::Error(cause)) => return Err(unusable(&name)(cause)),
        }
        let signed = sign(&mut lock);
        signed.map_err(unusable(&name))?;
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
        })
    }

    /// Where the folder is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the database is.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }
}

/// Refuses a link, which may lead to somebody's own file.
fn ordinary(path: &Path) -> io::Result<()> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|known| known.is_symlink());
    let refused = || io::Error::other("it is a link: move it away");
    (!is_link).then_some(()).ok_or_else(refused)
}

/// Writes into a lock who has it, unless somebody else wrote there.
fn sign(lock: &mut File) -> io::Result<()> {
    let told = told(lock)?;
    if !told.is_empty() && !told.starts_with(BEGINS) {
        return Err(io::Error::other("it is another program's: move it away"));
    }
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{BEGINS}{}", process::id())
}

/// Who has a lock, if it says so.
fn holder(lock: &File) -> Option<String> {
    let told = told(lock).ok()?;
    let told = told.trim();
    told.starts_with(BEGINS).then(|| told.to_owned())
}

/// The beginning of what a lock says.
fn told(lock: &File) -> io::Result<String> {
    let mut told = Vec::new();
    lock.take(MOST_TOLD).read_to_end(&mut told)?;
    Ok(String::from_utf8_lossy(&told).into_owned())
}

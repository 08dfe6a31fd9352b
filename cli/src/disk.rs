//! Files that are written whole or not at all.
//!
//! Each is written under another name and synced, then renamed; then its folder is synced, without which the new name
//! may be lost with the power.

use anyhow::{Context as _, Result};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

/// Ends the name that a file has until it is whole.
const UNFINISHED: &str = ".new";
/// Random characters in the name that a file of [`add`] has until it is whole.
const RANDOM: usize = 6;

/// Puts a file in the place of the one that is there, if any. One process at a time may do so.
///
/// # Errors
/// The disk refuses; the file is what it was.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(UNFINISHED);
    let unfinished = Path::new(&name);
    let mut file = File::create(unfinished).with_context(|| refused(unfinished))?;
    file.write_all(bytes).with_context(|| refused(unfinished))?;
    file.sync_all().with_context(|| refused(unfinished))?;
    fs::rename(unfinished, path).with_context(|| refused(path))?;
    sync(folder_of(path))
}

/// Adds a file that its owner alone can read, and clears away what commands that were killed left of it.
///
/// # Errors
/// There is such a file already, or the disk refuses.
pub(crate) fn add(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = folder_of(path);
    let mut prefix = path
        .file_name()
        .context("the path names no file")?
        .to_owned();
    prefix.push(".");
    clear(folder, &prefix).with_context(|| refused(folder))?;
    let mut file = tempfile::Builder::new()
        .prefix(&prefix)
        .suffix(UNFINISHED)
        .rand_bytes(RANDOM)
        .tempfile_in(folder)
        .with_context(|| format!("cannot write in {}", folder.display()))?;
    file.write_all(bytes).with_context(|| refused(path))?;
    file.as_file().sync_all().with_context(|| refused(path))?;
    file.persist_noclobber(path)
        .with_context(|| refused(path))?;
    sync(folder)
}

/// Removes files of a folder that begin so and never became whole.
fn clear(folder: &Path, prefix: &OsString) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        let unfinished = name
            .strip_prefix(prefix.as_encoded_bytes())
            .and_then(|rest| rest.strip_suffix(UNFINISHED.as_bytes()));
        if unfinished.is_some_and(|random| random.len() == RANDOM) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn refused(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// Makes the names in a folder last. Only Unix opens folders as files.
fn sync(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.with_context(|| refused(folder))?;
    }
    Ok(())
}

//! Files that are written whole or not at all.
//!
//! Each is written under another name and synced, then renamed; then its folder is synced, without which the new name
//! may be lost with the power.

use anyhow::{Context as _, Result, ensure};
use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write};
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
    add_by(path, None, |file| {
        file.write_all(bytes).with_context(|| refused(path))
    })
}

/// Adds a file that others may read as they may read the model, and that is written piece by piece. Where there is one already, it
/// must hold the same: then it is left as it is.
///
/// # Errors
/// There is another file, what writes fails, or the disk refuses. Then there is no new file.
pub(crate) fn add_or_keep(
    path: &Path,
    model: &Path,
    write: impl Fn(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        let there = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut same = Same(BufReader::new(there));
        let written = write(&mut same);
        ensure!(
            written.is_ok() && same.0.fill_buf().is_ok_and(<[u8]>::is_empty),
            "{} is there already and holds something else: move it away, and type this again",
            path.display()
        );
        return Ok(());
    }
    let model = fs::metadata(model).with_context(|| format!("cannot read {}", model.display()))?;
    add_by(path, Some(model.permissions()), |file| {
        let mut to = BufWriter::new(file);
        write(&mut to)?;
        to.flush().with_context(|| refused(path))
    })
}

/// Compares what is written with a file.
struct Same(BufReader<File>);

impl Write for Same {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let there = self.0.fill_buf()?;
        let length = there.len().min(bytes.len());
        if (length == 0 && !bytes.is_empty()) || there[..length] != bytes[..length] {
            return Err(io::Error::other("it holds something else"));
        }
        self.0.consume(length);
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn add_by(
    path: &Path,
    permissions: Option<Permissions>,
    write: impl FnOnce(&mut File) -> Result<()>,
) -> Result<()> {
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
    write(file.as_file_mut())?;
    if let Some(permissions) = permissions {
        let set = file.as_file().set_permissions(permissions);
        set.with_context(|| refused(path))?;
    }
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

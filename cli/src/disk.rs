//! Files that are written whole or not at all.
//!
//! Each is written under another name and synced, then renamed; then its folder is synced, without which the new name
//! may be lost with the power.

use crate::file;
use anyhow::{Context as _, Result, bail, ensure};
use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write};
use std::path::Path;

/// Ends the name that a file has until it is whole.
const UNFINISHED: &str = ".new";
/// Stands in the name of a file of [`add`] until it is whole, between its own and random letters and digits: by it such a file is told
/// from those of others, which may end in `.new` too.
const MARK: &str = ".lineage~";
/// How many of these there are.
const RANDOM: usize = 6;
/// What to do about a thing in the place of a file.
const AWAY: &str = "move it away, and type this again";

/// Puts a file in the place of the one that is there, if any. One process at a time may do so.
///
/// # Errors
/// The disk refuses; the file is what it was.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(UNFINISHED);
    let unfinished = Path::new(&name);
    leads_on(unfinished)?;
    ordinary_or_none(unfinished)?;
    // What it leads to is somebody's own file.
    ensure!(
        !unfinished.is_symlink(),
        "{} is a link: {AWAY}",
        unfinished.display()
    );
    let written = || {
        let mut file = File::create(unfinished).with_context(|| refused(unfinished))?;
        file.write_all(bytes).with_context(|| refused(unfinished))?;
        file.sync_all().with_context(|| refused(unfinished))?;
        fs::rename(unfinished, path).with_context(|| refused(path))
    };
    if let Err(error) = written() {
        clear_unfinished(path);
        return Err(error);
    }
    sync(folder_of(path))
}

/// Clears away what a command that was stopped left of [`replace`]. One process at a time may do so. A link, or what is no file, stays,
/// and [`replace`] tells of it.
pub(crate) fn clear_unfinished(path: &Path) {
    let mut name = path.as_os_str().to_owned();
    name.push(UNFINISHED);
    let is_file = fs::symlink_metadata(&name).is_ok_and(|known| known.is_file());
    if is_file {
        // Where the disk refuses, it refuses to write too, which is told.
        let _ = fs::remove_file(&name);
    }
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
/// There is another file or something else, what writes fails, or the disk refuses. Then there is no new file.
pub(crate) fn add_or_keep(
    path: &Path,
    model: &Path,
    write: impl Fn(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        leads_on(path)?;
        ordinary_or_none(path)?;
        let mut same = Same(BufReader::new(file::opened(path)?));
        let written = write(&mut same);
        ensure!(
            written.is_ok() && same.0.fill_buf().is_ok_and(<[u8]>::is_empty),
            "{} is there already and holds something else: {AWAY}",
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
    prefix.push(MARK);
    has_folder(path)?;
    leads_on(path)?;
    clear(folder, &prefix).with_context(|| refused(folder))?;
    let mut file = tempfile::Builder::new()
        .prefix(&prefix)
        .suffix(UNFINISHED)
        .rand_bytes(RANDOM)
        .tempfile_in(folder)
        .with_context(|| format!("cannot write in {}", folder.display()))?;
    // For others that clear away. Where a disk knows no locks, they may still take it for one that was left.
    let _ = file.as_file().try_lock();
    write(file.as_file_mut())?;
    if let Some(permissions) = permissions {
        let set = file.as_file().set_permissions(permissions);
        set.with_context(|| refused(path))?;
    }
    file.as_file().sync_all().with_context(|| refused(path))?;
    match file.persist_noclobber(path).map_err(|failed| failed.error) {
        Ok(_) => sync(folder),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            leads_on(path)?;
            bail!(
                "{} was written by another command meanwhile: look at it, or type this again",
                path.display()
            )
        }
        Err(error) => Err(error).with_context(|| refused(path)),
    }
}

/// Whether a file can lie there.
///
/// # Errors
/// There is no such folder, or the path names one.
pub(crate) fn has_folder(path: &Path) -> Result<()> {
    let folder = folder_of(path);
    ensure!(
        folder.is_dir(),
        "there is no folder {}: make it, and type this again",
        folder.display()
    );
    ensure!(
        !path.is_dir() && path.file_name().is_some(),
        "{} is a folder: name a file in it",
        path.display()
    );
    Ok(())
}

/// Whether a file can be added under this name, which is longer until the file is whole.
///
/// # Errors
/// The name is too long for the disk.
pub(crate) fn can_be_named(path: &Path) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(MARK);
    name.push("x".repeat(RANDOM));
    name.push(UNFINISHED);
    let known = Path::new(&name).symlink_metadata();
    ensure!(
        known.map_or_else(
            |error| error.kind() != io::ErrorKind::InvalidFilename,
            |_| true
        ),
        "{} cannot be written, its name is too long: give the file a shorter one",
        path.display()
    );
    Ok(())
}

/// Whether nothing lies there, or what does is no link to something that is not there.
///
/// # Errors
/// It is such a link: nothing is there to be read, and no file can be put there.
pub(crate) fn leads_on(path: &Path) -> Result<()> {
    ensure!(
        !file::leads_nowhere(path),
        "{}: {AWAY}",
        file::nowhere(path)
    );
    Ok(())
}

/// Whether nothing lies there, or an ordinary file, which can be opened without waiting for anybody.
///
/// # Errors
/// It is something else.
pub(crate) fn ordinary_or_none(path: &Path) -> Result<()> {
    ensure!(
        fs::metadata(path).map_or(true, |known| known.is_file()),
        "{} is no ordinary file: {AWAY}",
        path.display()
    );
    Ok(())
}

/// Removes files of a folder that begin so and never became whole. Those that another command writes now are left.
fn clear(folder: &Path, prefix: &OsString) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        let unfinished = name
            .strip_prefix(prefix.as_encoded_bytes())
            .and_then(|rest| rest.strip_suffix(UNFINISHED.as_bytes()));
        let is_own =
            |random: &[u8]| random.len() == RANDOM && random.iter().all(u8::is_ascii_alphanumeric);
        // What is no ordinary file is nobody's leftover, and a pipe must not be opened.
        if unfinished.is_some_and(is_own) && entry.file_type()?.is_file() {
            remove_if_left(&entry.path())?;
        }
    }
    Ok(())
}

fn remove_if_left(path: &Path) -> io::Result<()> {
    match File::open(path) {
        Ok(file) if file.try_lock().is_ok() => {}
        _ => return Ok(()),
    }
    match fs::remove_file(path) {
        // Another command clears away too.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<OsString> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn file_that_another_command_writes_is_not_cleared_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, model) = (folder.path().join("duck"), folder.path().join("model"));
        fs::write(&model, "a duck").expect("written");
        let left = folder.path().join("duck.lineage~a1B2c3.new");
        fs::write(left, "half").expect("written");
        add_or_keep(&path, &model, |to| {
            clear(folder.path(), &"duck.lineage~".into())?;
            Ok(to.write_all(b"a duck")?)
        })
        .expect("written");
        assert_eq!(fs::read(&path).expect("there"), b"a duck");
        assert_eq!(names(folder.path()), ["duck", "model"]);
    }

    #[test]
    fn file_that_appears_meanwhile_is_kept_and_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, model) = (folder.path().join("duck"), folder.path().join("model"));
        fs::write(&model, "a duck").expect("written");
        let error = add_or_keep(&path, &model, |_| Ok(fs::write(&path, "theirs")?));
        let said = format!(
            "{} was written by another command meanwhile: look at it, or type this again",
            path.display()
        );
        assert_eq!(format!("{:#}", error.expect_err("refused")), said);
        assert_eq!(fs::read(&path).expect("there"), b"theirs");
        assert_eq!(names(folder.path()), ["duck", "model"]);
    }
}

//! Which files are to be inspected.

use crate::file;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The files, those of a folder in the order of their names.
pub(super) fn of(paths: &[PathBuf]) -> Vec<Result<Listed, Unfit>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.exists() {
            files.push(Err(Unfit::missing(path)));
            continue;
        }
        if !path.is_dir() {
            files.push(Ok(Listed {
                path: path.clone(),
                is_alone: false,
            }));
            continue;
        }
        let mut of_folder = Vec::new();
        let entries = WalkDir::new(path).sort_by_file_name().into_iter();
        let shown = |name: &std::ffi::OsStr| !name.as_encoded_bytes().starts_with(b".");
        for entry in entries.filter_entry(|entry| entry.depth() == 0 || shown(entry.file_name())) {
            match entry {
                Ok(entry) if is_file(&entry) => of_folder.push(Ok(entry.into_path())),
                Ok(_) => {}
                Err(error) => of_folder.push(Err(Unfit::folder(path, error))),
            }
        }
        files.extend(listed(of_folder));
    }
    files
}

/// Whether it is a file, or a link to one.
fn is_file(entry: &DirEntry) -> bool {
    let kind = entry.file_type();
    kind.is_file() || (kind.is_symlink() && entry.path().is_file())
}

/// A file to inspect.
pub(super) struct Listed {
    pub(super) path: PathBuf,
    /// Whether no other file stands in its folder whose name begins as its own does, so that it has no sidecar.
    pub(super) is_alone: bool,
}

/// The files of a folder, of which it is known by their names which ones are alone: to look for sidecars of each takes as long as to
/// read it.
fn listed(files: Vec<Result<PathBuf, Unfit>>) -> Vec<Result<Listed, Unfit>> {
    // Up to the first dot, and whatever the case, since there are file systems to which it is the same. Names beyond ASCII have more
    // than one form in some.
    let begin = |path: &Path| {
        let name = path.file_name()?.to_str().filter(|name| name.is_ascii())?;
        let (begin, _) = name.split_once('.')?;
        Some(path.with_file_name(begin.to_ascii_lowercase()))
    };
    let mut alike: HashMap<_, usize> = HashMap::new();
    for path in files.iter().flatten() {
        *alike.entry(begin(path)).or_default() += 1;
    }
    let listed = |path: PathBuf| {
        let begin = begin(&path);
        let is_alone = begin.is_some() && alike[&begin] == 1;
        Listed { path, is_alone }
    };
    files.into_iter().map(|file| file.map(listed)).collect()
}

/// A path that is no file to inspect, and why.
pub(super) struct Unfit {
    pub(super) path: PathBuf,
    pub(super) error: String,
}

impl Unfit {
    /// One that leads nowhere, with what to do about those that people try.
    fn missing(path: &Path) -> Self {
        let shown = path.display();
        let name = path.to_string_lossy();
        let error = if name == "-" {
            "a file is read in several places, so nothing is taken from a pipe: save it in a file"
                .to_owned()
        } else if ["http://", "https://"]
            .iter()
            .any(|it| name.starts_with(it))
        {
            "nothing is fetched: save it in a file".to_owned()
        } else if file::leads_nowhere(path) {
            file::nowhere(path)
        } else if let Err(error) = path.try_exists() {
            format!("cannot look at {shown}: {error}")
        } else {
            format!("there is no file or folder {shown}")
        };
        let path = path.to_owned();
        Self { path, error }
    }

    /// A folder within one that was given, or that one, which cannot be read.
    fn folder(given: &Path, error: walkdir::Error) -> Self {
        let path = error.path().unwrap_or(given).to_owned();
        let shown = path.display();
        let error = match error.io_error() {
            Some(error) => format!("cannot read the folder {shown}: {error}"),
            None => error.to_string(),
        };
        Self { path, error }
    }
}

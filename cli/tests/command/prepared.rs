//! Folders that are made once and copied for each test.

use crate::Shell;
use std::fs::{self, Permissions};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A folder as commands left it. They take much longer than a copy of what they wrote, and a test that begins with them
/// checks what comes after.
pub(crate) struct Prepared(OnceLock<Vec<Kept>>);

/// One file of it.
struct Kept {
    /// Where it lies in the folder.
    path: PathBuf,
    contents: Vec<u8>,
    permissions: Permissions,
}

impl Prepared {
    /// Nothing until a test asks for it.
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// A folder of its own with everything that `make` puts into one.
    pub(crate) fn copy(&self, make: impl FnOnce(&Shell)) -> Shell {
        let files = self.0.get_or_init(|| {
            let made = Shell::new();
            make(&made);
            let mut files = Vec::new();
            keep(made.folder.path(), Path::new(""), &mut files);
            files
        });
        let shell = Shell::new();
        for file in files {
            let path = shell.folder.path().join(&file.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, &file.contents).expect("a file");
            fs::set_permissions(&path, file.permissions.clone()).expect("it is ours");
        }
        shell
    }
}

/// Keeps the files of a folder under `root`, and those of the folders in it.
fn keep(root: &Path, folder: &Path, files: &mut Vec<Kept>) {
    for entry in fs::read_dir(root.join(folder)).expect("a folder") {
        let path = folder.join(entry.expect("an entry").file_name());
        let full = root.join(&path);
        let data = fs::symlink_metadata(&full).expect("it is there");
        if data.is_dir() {
            keep(root, &path, files);
        } else {
            files.push(Kept {
                contents: fs::read(&full).expect("a file"),
                permissions: data.permissions(),
                path,
            });
        }
    }
}

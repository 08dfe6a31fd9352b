//! The clean copy of a file: the same pixels or samples, without what the file says of itself.

use crate::{disk, file};
use anyhow::{Context as _, Error, Result, anyhow, ensure};
use record::cid::{Hasher, Hashes};
use record::clean::{Options, Uncleanable, clean};
use std::ffi::OsString;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

/// A clean copy that may be written.
#[derive(Clone, Debug)]
pub(crate) struct CleanCopy {
    /// Where it is to lie: `duck.clean.png` beside `duck.png`.
    pub(crate) path: PathBuf,
    /// Its hashes.
    pub(crate) hashes: Hashes,
    /// Fields that it has no more.
    pub(crate) removed: Vec<String>,
    original: PathBuf,
    options: Options,
}

impl CleanCopy {
    /// What the copy will be; nothing is written.
    ///
    /// # Errors
    /// The file cannot be read, or cannot be cleaned: then with what to do.
    pub(crate) fn plan(original: &Path, credentials: bool) -> Result<Self> {
        let options = Options { credentials };
        let mut hashed = Hashed::of(io::sink());
        let removed = write(original, &mut hashed, options)?;
        Ok(Self {
            path: path_of(original)?,
            hashes: hashed.hasher.finish(),
            removed,
            original: original.to_owned(),
            options,
        })
    }

    /// Writes it whole or not at all. Where it lies already it is used again.
    ///
    /// # Errors
    /// Another file lies there, the original has changed since, or the disk refuses.
    pub(crate) fn write(&self) -> Result<()> {
        disk::add_or_keep(&self.path, &self.original, |to| {
            let mut hashed = Hashed::of(to);
            write(&self.original, &mut hashed, self.options)
                .with_context(|| format!("cannot write {}", self.path.display()))?;
            ensure!(
                hashed.hasher.finish() == self.hashes,
                "{} changed while it was read: type this again",
                self.original.display()
            );
            Ok(())
        })
    }
}

/// `duck.clean.png` beside `duck.png`.
///
/// # Errors
/// The path names no file.
pub(crate) fn path_of(original: &Path) -> Result<PathBuf> {
    let stem = original.file_stem().context("the path names no file")?;
    let mut name = OsString::from(stem);
    name.push(".clean");
    if let Some(ending) = original.extension() {
        name.push(".");
        name.push(ending);
    }
    Ok(original.with_file_name(name))
}

fn write(original: &Path, to: &mut dyn Write, options: Options) -> Result<Vec<String>> {
    let name = original.display();
    let file = file::opened(original)?;
    match clean(&mut BufReader::new(file), to, options) {
        Ok(cleaned) => Ok(cleaned.removed),
        Err(Uncleanable::Signed) => Err(anyhow!(
            "{name} has Content Credentials, which a clean copy loses: add --strip-credentials to let them go, or leave --strip out to mint the file as it is"
        )),
        Err(Uncleanable::Io(error)) => {
            Err(Error::new(error).context(format!("cannot make a clean copy of {name}")))
        }
        Err(error) => Err(anyhow!(
            "{name} cannot be stripped: {error}; leave --strip out to mint the file as it is"
        )),
    }
}

/// Hashes what is written on.
struct Hashed<W> {
    to: W,
    hasher: Hasher,
}

impl<W: Write> Hashed<W> {
    fn of(to: W) -> Self {
        Self {
            to,
            hasher: Hasher::default(),
        }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_lies_beside_its_original() {
        for (original, copy) in [
            ("art/duck.png", "art/duck.clean.png"),
            ("a.b.tar", "a.b.clean.tar"),
            ("duck", "duck.clean"),
            (".duck", ".duck.clean"),
        ] {
            assert_eq!(
                path_of(Path::new(original)).expect("a file"),
                Path::new(copy)
            );
        }
        assert!(path_of(Path::new("..")).is_err());
    }
}

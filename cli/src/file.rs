//! The file a work is: its hash, and what it says of how it was made.

use crate::pieces::Pieces;
use alloy_primitives::B256;
use anyhow::{Context as _, Result, bail, ensure};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use record::cid::{Hasher, Hashes};
use record::models::{ModelHasher, ModelIdentity};
use record::{Inspection, Reading, Sidecar, Subject, Trust};
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Cursor, Read as _};
use std::path::Path;
use std::time::SystemTime;

/// Bytes of a file hashed at a time.
const CHUNK: usize = 1 << 20;
/// Files from this size on, 64 MiB, take long enough to hash that the command shows how far it is.
const SHOWN: u64 = 1 << 26;

/// Most bytes of a file beside another that are read: one more than a text may have, so that a longer one is told.
const MOST_BESIDE: u64 = (4 << 20) + 1;

/// What is known of a file.
#[derive(Clone, Debug)]
pub struct WorkFile {
    /// SHA-256 of its bytes, and the identifier that IPFS gives it.
    pub hashes: Hashes,
    /// What it says of how it was made.
    pub reading: Reading,
}

impl WorkFile {
    /// What is known of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.update(bytes);
        Self {
            hashes: hasher.finish(),
            reading: record::read(&mut Cursor::new(bytes)),
        }
    }

    /// Reads a file of any size: models have many gigabytes.
    ///
    /// # Errors
    /// It cannot be read, is no ordinary file, or is empty.
    pub fn read(path: &Path) -> Result<Self> {
        ensure!(length(path)? > 0, "{} is empty", path.display());
        let texts = texts_beside(path);
        Ok(Self {
            hashes: hashes(path, &MultiProgress::new())?.0,
            reading: record::read_with(&mut open(path)?, &sidecars(&texts)),
        })
    }
}

/// The files beside one that say something of it, by their names. One that cannot be read is none. Endings may be in capitals, as
/// cameras and old programs write them, and the name before them need be no text.
fn texts_beside(path: &Path) -> Vec<(String, Vec<u8>)> {
    let parts = path
        .file_stem()
        .zip(path.extension().and_then(OsStr::to_str));
    let Some((stem, own)) = parts else {
        return Vec::new();
    };
    let read = |ending: &str| {
        let mut name = stem.to_owned();
        name.push(ending);
        let path = path.with_file_name(&name);
        fs::metadata(&path).ok().filter(|known| known.is_file())?;
        let mut bytes = Vec::new();
        let file = File::open(path).ok()?;
        file.take(MOST_BESIDE).read_to_end(&mut bytes).ok()?;
        Some((name.to_string_lossy().into_owned(), bytes))
    };
    // Names are made of the stem, whatever it is.
    let names = record::sidecars(&format!("x.{own}"));
    let endings = names.iter().filter_map(|name| name.strip_prefix('x'));
    let either = |ending: &str| {
        let kept = if ending.starts_with(&format!(".{own}.")) {
            own.len() + 1
        } else {
            0
        };
        let (kept, last) = ending.split_at(kept);
        let capitals = || read(&format!("{kept}{}", last.to_ascii_uppercase()));
        read(ending).or_else(capitals)
    };
    endings.filter_map(either).collect()
}

fn sidecars(texts: &[(String, Vec<u8>)]) -> Vec<Sidecar<'_>> {
    let texts = texts.iter();
    texts.map(|(name, bytes)| Sidecar { name, bytes }).collect()
}

/// All that is known of a file, which may be empty, for one who trusts these signers, with its hashes or without. No text is looked
/// for beside one that is known to be alone. The progress on a large one is shown among others.
///
/// # Errors
/// It cannot be read, or is no ordinary file.
pub fn inspect(
    path: &Path,
    is_alone: bool,
    trust: &Trust,
    hashed: bool,
    bars: &MultiProgress,
) -> Result<Inspection> {
    let (file, bytes) = opened_and_length(path)?;
    let hashes = hashed.then(|| hashes(path, bars)).transpose()?;
    let hashes = hashes.map(|(hashes, read)| {
        let is_same = read == bytes;
        ensure!(is_same, "{} changed while it was read", path.display());
        Ok(hashes)
    });
    let hashes = hashes.transpose()?;
    let texts = match is_alone {
        true => Vec::new(),
        false => texts_beside(path),
    };
    let subject = Subject {
        file: &path.display().to_string(),
        bytes,
        hashes,
        sidecars: &sidecars(&texts),
        trust,
    };
    Ok(Inspection::of(subject, &mut Pieces::of(file, bytes)))
}

/// The signers in a PEM file, nobody where there is none.
///
/// # Errors
/// It cannot be read, is no ordinary file, or holds no certificate.
pub fn trust(path: Option<&Path>) -> Result<Trust> {
    let Some(path) = path else {
        return Ok(Trust::default());
    };
    let read = || Trust::of_pem(io::read_to_string(opened(path)?)?);
    read().with_context(|| format!("cannot take the certificates of {}", path.display()))
}

/// The bytes of a small file; of a larger one, one more than it may have.
///
/// # Errors
/// It cannot be read, or is no ordinary file.
pub(crate) fn small(path: &Path, most: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = opened(path)?.take(most as u64 + 1);
    file.read_to_end(&mut bytes)
        .with_context(|| unreadable(path))?;
    Ok(bytes)
}

/// SHA-256 of a file of any size, which may be empty.
///
/// # Errors
/// It cannot be read, or is no ordinary file.
pub fn hash(path: &Path) -> Result<B256> {
    Ok(hashes(path, &MultiProgress::new())?.0.sha256)
}

/// The hashes of a file, and of how many bytes they are.
fn hashes(path: &Path, bars: &MultiProgress) -> Result<(Hashes, u64)> {
    let (mut hasher, mut read) = (Hasher::default(), 0);
    in_pieces(path, bars, |piece| {
        hasher.update(piece);
        read += piece.len() as u64;
    })?;
    Ok((hasher.finish(), read))
}

/// What the file of a model is known by.
///
/// # Errors
/// It cannot be read, or is no ordinary file.
pub fn model(path: &Path) -> Result<ModelIdentity> {
    let mut hasher = ModelHasher::default();
    in_pieces(path, &MultiProgress::new(), |piece| hasher.update(piece))?;
    Ok(hasher.finish())
}

/// Reads a file of any size piece by piece, and shows how far it is where that takes long.
fn in_pieces(path: &Path, bars: &MultiProgress, take: impl FnMut(&[u8])) -> Result<()> {
    let file = opened(path)?;
    let length = file.metadata().with_context(|| unreadable(path))?.len();
    let bar = match length < SHOWN {
        true => ProgressBar::hidden(),
        false => bars.add(ProgressBar::new(length)),
    };
    read_all(file, bar, take).with_context(|| unreadable(path))
}

fn open(path: &Path) -> Result<Pieces> {
    let (file, length) = opened_and_length(path)?;
    Ok(Pieces::of(file, length))
}

/// An ordinary file, opened to be read. Whatever else lies there is not opened: to open a pipe is to wait until somebody writes
/// into it.
///
/// # Errors
/// It cannot be read, or is no ordinary file.
pub(crate) fn opened(path: &Path) -> Result<File> {
    opened_and_length(path).map(|(file, _)| file)
}

fn opened_and_length(path: &Path) -> Result<(File, u64)> {
    let length = length(path)?;
    let file = File::open(path).with_context(|| unreadable(path))?;
    Ok((file, length))
}

/// How long a file is, when it was written last and, where the system says so, which file it is and when it or what is known of it
/// changed last. By these a change is noticed: the time of the last write can be set to any, that of the last change cannot.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    written: Option<SystemTime>,
    #[cfg(unix)]
    file: (u64, u64),
    #[cfg(unix)]
    changed: (i64, i64),
}

/// The stamp of a file.
///
/// # Errors
/// It cannot be read.
pub(crate) fn stamp(path: &Path) -> Result<Stamp> {
    #[cfg(unix)]
    use std::os::unix::fs::MetadataExt as _;
    let known = known(path)?;
    Ok(Stamp {
        length: known.len(),
        written: known.modified().ok(),
        #[cfg(unix)]
        file: (known.dev(), known.ino()),
        #[cfg(unix)]
        changed: (known.ctime(), known.ctime_nsec()),
    })
}

/// Bytes of an ordinary file; pipes and devices have no end, or none that is known.
pub(crate) fn length(path: &Path) -> Result<u64> {
    let known = known(path)?;
    ensure!(
        known.is_file(),
        "{} is no ordinary file: save what it gives in one",
        path.display()
    );
    Ok(known.len())
}

fn known(path: &Path) -> Result<Metadata> {
    match fs::metadata(path) {
        Err(_) if leads_nowhere(path) => bail!("{}", nowhere(path)),
        known => known.with_context(|| unreadable(path)),
    }
}

/// Whether a link lies there to something that is not there.
pub(crate) fn leads_nowhere(path: &Path) -> bool {
    path.is_symlink() && !path.exists()
}

/// Says that [`leads_nowhere`].
pub(crate) fn nowhere(path: &Path) -> String {
    format!(
        "{} is a link to something that is not there",
        path.display()
    )
}

fn unreadable(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

fn read_all(file: File, bar: ProgressBar, mut take: impl FnMut(&[u8])) -> Result<()> {
    let style = ProgressStyle::with_template("hashing {bar:40} {bytes} of {total_bytes}, {eta}")?;
    let bar = bar.with_style(style);
    let mut file = bar.wrap_read(file);
    let mut piece = vec![0; CHUNK];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        take(&piece[..read]);
    }
    bar.finish_and_clear();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::sha256;

    #[test]
    fn files_are_hashed_in_parts_to_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("model");
        let bytes: Vec<u8> = (0..CHUNK as u32 * 2 + 5).map(|at| at as u8).collect();
        fs::write(&path, &bytes).expect("written");
        assert_eq!(hash(&path).expect("read"), sha256(&bytes));
    }
}

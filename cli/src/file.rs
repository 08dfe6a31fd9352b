//! The file a work is: its hash, and what it says of how it was made.

use alloy_primitives::B256;
use anyhow::{Context as _, Result, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use record::{Inspection, Reading, Trust, sha256};
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{BufReader, Cursor, Read as _};
use std::path::Path;

/// Bytes of a file hashed at a time.
const CHUNK: usize = 1 << 20;
/// Files from this size on, 64 MiB, take long enough to hash that the command shows how far it is.
const SHOWN: u64 = 1 << 26;

/// What is known of a file.
#[derive(Clone, Debug)]
pub struct WorkFile {
    /// SHA-256 of its bytes.
    pub output_hash: B256,
    /// What it says of how it was made.
    pub reading: Reading,
}

impl WorkFile {
    /// What is known of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            output_hash: sha256(bytes),
            reading: record::read(&mut Cursor::new(bytes)),
        }
    }

    /// Reads a file of any size: models have many gigabytes.
    ///
    /// # Errors
    /// It cannot be read, is no ordinary file, or is empty.
    pub fn read(path: &Path) -> Result<Self> {
        ensure!(length(path)? > 0, "{} is empty", path.display());
        Ok(Self {
            output_hash: hash(path)?,
            reading: record::read(&mut open(path)?),
        })
    }
}

/// All that is known of a file, which may be empty, for one who trusts these signers.
///
/// # Errors
/// It cannot be read, or is no ordinary file.
pub fn inspect(path: &Path, trust: &Trust) -> Result<Inspection> {
    let bytes = length(path)?;
    let hash = hash(path)?;
    let name = path.display().to_string();
    Ok(Inspection::of(name, bytes, hash, &mut open(path)?, trust))
}

/// SHA-256 of a file of any size, which may be empty.
///
/// # Errors
/// It cannot be read, or is no ordinary file.
pub fn hash(path: &Path) -> Result<B256> {
    let length = length(path)?;
    let bar = match length < SHOWN {
        true => ProgressBar::hidden(),
        false => ProgressBar::new(length),
    };
    hashed(path, bar).with_context(|| unreadable(path))
}

fn open(path: &Path) -> Result<BufReader<File>> {
    let file = File::open(path).with_context(|| unreadable(path))?;
    Ok(BufReader::new(file))
}

/// Bytes of an ordinary file; pipes and devices have no end, or none that is known.
fn length(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).with_context(|| unreadable(path))?;
    ensure!(
        metadata.is_file(),
        "{} is no ordinary file: save what it gives in one",
        path.display()
    );
    Ok(metadata.len())
}

fn unreadable(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

fn hashed(path: &Path, bar: ProgressBar) -> Result<B256> {
    let style = ProgressStyle::with_template("hashing {bar:40} {bytes} of {total_bytes}, {eta}")?;
    let bar = bar.with_style(style);
    let mut file = bar.wrap_read(File::open(path)?);
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        hasher.update(&chunk[..read]);
    }
    bar.finish_and_clear();
    Ok(B256::from_slice(&hasher.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_hashed_in_parts_to_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("model");
        let bytes: Vec<u8> = (0..CHUNK as u32 * 2 + 5).map(|at| at as u8).collect();
        fs::write(&path, &bytes).expect("written");
        assert_eq!(hash(&path).expect("read"), sha256(&bytes));
    }
}

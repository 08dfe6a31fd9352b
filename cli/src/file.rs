//! The file a work is: its hash, and what it says of how it was made.

use crate::record::sha256;
use crate::source::{self, Source};
use alloy_primitives::B256;
use anyhow::{Context as _, Result, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io::Read as _;
use std::path::Path;

/// Files up to this size, 256 MiB, are read for what image tools wrote into them; larger ones are hashed only.
const READ_WHOLE: u64 = 1 << 28;
/// Bytes of a larger file hashed at a time.
const CHUNK: usize = 1 << 20;

/// What is known of a file.
#[derive(Clone, Debug)]
pub struct WorkFile {
    /// SHA-256 of its bytes.
    pub output_hash: B256,
    /// What it says of how it was made.
    pub source: Source,
}

impl WorkFile {
    /// What is known of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            output_hash: sha256(bytes),
            source: source::read(bytes),
        }
    }

    /// Reads a file of any size: models have many gigabytes.
    ///
    /// # Errors
    /// It cannot be read, or is empty.
    pub fn read(path: &Path) -> Result<Self> {
        let unreadable = || format!("cannot read {}", path.display());
        let len = fs::metadata(path).with_context(unreadable)?.len();
        ensure!(len > 0, "{} is empty", path.display());
        if len <= READ_WHOLE {
            return Ok(Self::of(&fs::read(path).with_context(unreadable)?));
        }
        Ok(Self {
            output_hash: hash(path, len).with_context(unreadable)?,
            source: Source::default(),
        })
    }
}

fn hash(path: &Path, len: u64) -> Result<B256> {
    let style = ProgressStyle::with_template("hashing {bar:40} {bytes} of {total_bytes}, {eta}")?;
    let bar = ProgressBar::new(len).with_style(style);
    let mut file = bar.wrap_read(fs::File::open(path)?);
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
    fn large_files_are_hashed_in_parts_to_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("model");
        let bytes: Vec<u8> = (0..CHUNK as u32 * 2 + 5).map(|at| at as u8).collect();
        fs::write(&path, &bytes).expect("written");
        let in_parts = hash(&path, bytes.len() as u64).expect("read");
        assert_eq!(in_parts, sha256(&bytes));
    }
}

//! The record beside a file: `<file>.lineage.json`, the private half, which its creator keeps.

use crate::disk;
use crate::file::WorkFile;
use alloy_primitives::Address;
use anyhow::{Context as _, Result, bail};
use record::{Record, Salts};
use std::path::{Path, PathBuf};

/// What ends the name of a record.
pub(crate) const ENDING: &str = ".lineage.json";

/// Where the record of a file lies.
#[must_use]
pub fn path_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ENDING);
    name.into()
}

/// Reads a record and checks that every hash in it is that of its text.
///
/// # Errors
/// The file cannot be read, is no record, or has been altered.
pub fn read(path: &Path) -> Result<Record> {
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Record::from_statement(&text).with_context(|| format!("{} is no record", path.display()))
}

/// The record beside a file: the one that lies there, if it is of these bytes and this creator, else a new one.
/// A record of something else is never overwritten, since nothing could bring its salts back.
///
/// # Errors
/// The record there is of other bytes or another creator, or the disk refuses.
pub fn open_or_write(
    path: &Path,
    file: &WorkFile,
    creator: Address,
    salts: &mut Salts,
) -> Result<Record> {
    let beside = path_of(path);
    let output_hash = file.hashes.sha256;
    if beside.exists() {
        let record = read(&beside)?;
        if record.output_hash != output_hash || record.creator != creator {
            bail!(
                "{} is the record of another claim (creator {}, SHA-256 {:x}); this one is by {creator} of {output_hash:x}. \
                 Move it away to make a new record",
                beside.display(),
                record.creator,
                record.output_hash
            );
        }
        return Ok(record);
    }
    let name = path.file_name().context("the path names no file")?;
    let name = name.to_string_lossy().into_owned();
    let record = Record::new(name, &file.hashes, &file.reading, creator, salts)?;
    // Whole or not at all, readable by its owner alone.
    disk::add(&beside, &record.to_statement()?)?;
    Ok(record)
}

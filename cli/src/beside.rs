//! The record beside a file: `<file>.lineage.json`, the private half, which its creator keeps.

use crate::account;
use crate::disk;
use crate::file::WorkFile;
use alloy_primitives::{Address, B256};
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

/// The record that lies beside a file, if there is one. It must be of these bytes and this creator: a record of something else is never
/// overwritten, since nothing could bring its salts back.
///
/// # Errors
/// It cannot be read, or is of other bytes or another creator.
pub fn find(path: &Path, output_hash: B256, creator: Address) -> Result<Option<Record>> {
    let beside = path_of(path);
    if !beside.exists() {
        return Ok(None);
    }
    let record = read(&beside)?;
    if record.output_hash != output_hash || record.creator != creator {
        bail!(
            "{} is the record of another claim (creator {}, SHA-256 {:x}); this one is by {} of {output_hash:x}. \
             Move it away to make a new record",
            beside.display(),
            account::name(record.creator),
            record.output_hash,
            account::name(creator)
        );
    }
    Ok(Some(record))
}

/// A new record of a file, which is not written yet.
///
/// # Errors
/// The path names no file, there are too many steps, or no random numbers.
pub fn new(path: &Path, file: &WorkFile, creator: Address, salts: &mut Salts) -> Result<Record> {
    let name = path.file_name().context("the path names no file")?;
    let name = name.to_string_lossy().into_owned();
    Record::new(name, &file.hashes, &file.reading, creator, salts)
}

/// Puts a record beside its file, whole or not at all, readable by its owner alone.
///
/// # Errors
/// There is one already, or the disk refuses.
pub fn write(path: &Path, record: &Record) -> Result<()> {
    disk::add(&path_of(path), &record.to_statement()?)
}

/// The record beside a file: the one that lies there, if it is of these bytes and this creator, else a new one.
///
/// # Errors
/// The record there is of other bytes or another creator, or the disk refuses.
pub fn open_or_write(
    path: &Path,
    file: &WorkFile,
    creator: Address,
    salts: &mut Salts,
) -> Result<Record> {
    if let Some(record) = find(path, file.hashes.sha256, creator)? {
        return Ok(record);
    }
    let record = new(path, file, creator, salts)?;
    write(path, &record)?;
    Ok(record)
}

//! The record beside a file: `<file>.lineage.json`, the private half, which its creator keeps.

use crate::account;
use crate::disk;
use crate::file::{self, WorkFile};
use alloy_primitives::Address;
use anyhow::{Context as _, Result, bail, ensure};
use record::cid::Hashes;
use record::{Record, Salts};
use std::path::{Path, PathBuf};

/// What ends the name of a record.
const ENDING: &str = ".lineage.json";

/// Most bytes of a record that are read. The texts of one file have 12 MiB and may be recorded twice, as a whole and in parts, and JSON
/// writes some characters in six bytes.
pub(crate) const MOST: usize = 256 << 20;

/// Where the record of a file lies.
#[must_use]
pub fn path_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ENDING);
    name.into()
}

/// The file that a record of this name lies beside.
pub(crate) fn file_of(record: &Path) -> Option<PathBuf> {
    let ends = |path: &Path, ending| path.extension().is_some_and(|it| it == ending);
    let inner = record.with_extension("");
    let is_named_so = ends(record, "json") && ends(&inner, "lineage");
    is_named_so.then(|| inner.with_extension(""))
}

/// Reads a record and checks that every hash in it is that of its text.
///
/// # Errors
/// The file cannot be read, is no record, or has been altered.
pub fn read(path: &Path) -> Result<Record> {
    let length = file::length(path)?;
    ensure!(
        length <= MOST as u64,
        "{} has {length} bytes, and no record has more than {MOST}",
        path.display()
    );
    let text = file::small(path, MOST)?;
    of(&text).with_context(|| format!("{} is no record", path.display()))
}

/// The record whose statement this is, as [`file::small`] read it.
pub(crate) fn of(text: &[u8]) -> Result<Record> {
    ensure!(
        text.len() <= MOST,
        "it has more than {MOST} bytes, and no record has"
    );
    Record::from_statement(text)
}

/// The record that lies beside a file, if there is one. It must be of these bytes and this creator: a record of something else is never
/// overwritten, since nothing could bring its salts back.
///
/// # Errors
/// It cannot be read, is of other bytes or another creator, or gives the file another identifier at IPFS; or no record can have its name.
pub fn find(path: &Path, hashes: &Hashes, creator: Address) -> Result<Option<Record>> {
    let beside = path_of(path);
    disk::leads_on(&beside)?;
    disk::can_be_named(&beside)?;
    if !beside.exists() {
        return Ok(None);
    }
    let record = read(&beside)?;
    let output_hash = hashes.sha256;
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
    ensure!(
        record.cid == hashes.cid,
        "{} was altered: it gives the file the identifier {}, and its own is {}. Put the record back as it was, \
         or move it away to make a new one",
        beside.display(),
        record.cid,
        hashes.cid
    );
    Ok(Some(record))
}

/// Whether this record is the one that lies beside a file. None may lie there as yet.
///
/// # Errors
/// As [`find`], or another record lies there.
pub fn holds(path: &Path, record: &Record, hashes: &Hashes) -> Result<bool> {
    let there = find(path, hashes, record.creator)?;
    ensure!(
        there.as_ref().is_none_or(|there| there == record),
        "{} changed since it was read: type this again; nothing was sent",
        path_of(path).display()
    );
    Ok(there.is_some())
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
    if let Some(record) = find(path, &file.hashes, creator)? {
        return Ok(record);
    }
    let record = new(path, file, creator, salts)?;
    write(path, &record)?;
    Ok(record)
}

//! TIFF, the form that EXIF has (TIFF 6.0, section 2): directories of entries, each a tag and a value that may stand anywhere.

use super::super::stream::{array, vec};
use crate::Source;
use std::io::SeekFrom;

/// A TIFF file, or EXIF data.
pub(super) struct Tiff<'a> {
    source: &'a mut dyn Source,
    pub(super) little_endian: bool,
}

/// An entry of a directory.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) tag: u16,
    pub(super) kind: u16,
    count: u32,
    /// The value, where it has at most four bytes, or else where it stands.
    value: [u8; 4],
}

impl Entry {
    /// Whether it has no value.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Bytes of a single value of an entry's type; those of types that are not known count as one.
fn size(kind: u16) -> u64 {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}

impl<'a> Tiff<'a> {
    /// Reads the head. Returns where the first directory stands, too.
    pub(super) fn open(source: &'a mut dyn Source) -> Option<(Self, u32)> {
        source.rewind().ok()?;
        let [a, b, c, d, offset @ ..] = array::<8>(source)?;
        let little_endian = match &[a, b, c, d] {
            b"II\x2a\0" => true,
            b"MM\0\x2a" => false,
            _ => return None,
        };
        let tiff = Self {
            source,
            little_endian,
        };
        let first = tiff.number(offset);
        Some((tiff, first))
    }

    fn number(&self, bytes: [u8; 4]) -> u32 {
        match self.little_endian {
            true => u32::from_le_bytes(bytes),
            false => u32::from_be_bytes(bytes),
        }
    }

    fn short(&self, bytes: [u8; 2]) -> u16 {
        match self.little_endian {
            true => u16::from_le_bytes(bytes),
            false => u16::from_be_bytes(bytes),
        }
    }

    /// The entries of a directory that are asked for, each tag once. Of a directory that breaks off, those before the break.
    pub(super) fn directory(&mut self, at: u32, wanted: impl Fn(u16) -> bool) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        if self.source.seek(SeekFrom::Start(u64::from(at))).is_err() {
            return entries;
        }
        let count = array::<2>(self.source).map_or(0, |count| self.short(count));
        for _ in 0..count {
            let Some([a, b, c, d, e, f, g, h, value @ ..]) = array::<12>(self.source) else {
                break;
            };
            let tag = self.short([a, b]);
            if wanted(tag) && !entries.iter().any(|entry| entry.tag == tag) {
                entries.push(Entry {
                    tag,
                    kind: self.short([c, d]),
                    count: self.number([e, f, g, h]),
                    value,
                });
            }
        }
        entries
    }

    /// Whether a directory begins there.
    pub(super) fn has(&mut self, at: u32) -> bool {
        let found = self.source.seek(SeekFrom::Start(u64::from(at)));
        found.is_ok() && array::<2>(self.source).is_some()
    }

    /// Where the directory stands that an entry points to.
    pub(super) fn target(&self, entry: Entry) -> u32 {
        self.number(entry.value)
    }

    /// The bytes of an entry's value.
    pub(super) fn value(&mut self, entry: Entry, most: usize) -> Result<Vec<u8>, String> {
        let length = u64::from(entry.count) * size(entry.kind);
        if length > most as u64 {
            return Err(format!("it has more than {most} bytes"));
        }
        let length = length as usize;
        if let Some(value) = entry.value.get(..length) {
            return Ok(value.to_vec());
        }
        let at = u64::from(self.number(entry.value));
        let value = match self.source.seek(SeekFrom::Start(at)) {
            Ok(_) => vec(self.source, length as u64),
            Err(_) => None,
        };
        value.ok_or_else(|| "it breaks off".to_owned())
    }
}

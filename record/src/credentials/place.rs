//! Where the manifest store and the metadata stand in a file, without reading either.
//!
//! The crate c2pa finds the store itself; this tells beforehand whether there is one and how long it is, since most files have
//! none, and the crate takes a store of any length into memory.

use crate::{Source, carriers};
use std::io::{Read as _, SeekFrom};
use std::ops::Range;

/// Longest manifest store that is read. One of many edits, each with its thumbnail, has some hundred KiB.
const LONGEST_STORE: u64 = 8 << 20;
/// Longest file that is checked: the crate hashes it in pieces of up to 256 MiB, each of which stands in memory.
const LONGEST_FILE: u64 = 48 << 20;
/// Longest file of a kind that the crate reads whole, which takes up to three times its bytes while the memory grows.
const LONGEST_WHOLE: u64 = 20 << 20;
/// Parts of a file that are looked at. More metadata is not told apart.
const MOST: usize = 1_000;
/// The box of a BMFF file that holds a store (C2PA 2.3, Embedding manifests into BMFF-based assets).
const BMFF_ID: [u8; 16] = [
    0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81,
];

/// Where a file keeps its manifest store.
pub(super) enum Place {
    /// It has none.
    Nowhere,
    /// It has one that is not read, for this reason.
    Unread(String),
    /// In a file of this media type, length and metadata.
    Here(File),
}

/// A file with a manifest store.
pub(super) struct File {
    pub(super) media_type: &'static str,
    pub(super) length: u64,
    /// The metadata that can be added to a file without a change to its picture, in order.
    pub(super) metadata: Vec<Range<u64>>,
}

/// The parts of a file that matter here.
#[derive(Default)]
struct Parts {
    store: u64,
    metadata: Vec<Range<u64>>,
}

/// Finds the manifest store of a file.
pub(super) fn find(source: &mut dyn Source) -> Place {
    let Some((media_type, length)) = kind(source) else {
        return Place::Nowhere;
    };
    let mut parts = Parts::default();
    let walked = match media_type {
        "image/png" => png(source, &mut parts),
        "image/jpeg" => jpeg(source, &mut parts),
        "image/webp" | "audio/x-wav" | "video/x-msvideo" => riff(source, &mut parts),
        "video/mp4" => bmff(source, length, &mut parts),
        _ => search(source, &mut parts),
    };
    // A file that breaks off has what stands before the break.
    let _ = walked;
    let longest = match media_type {
        "image/png" | "image/webp" | "audio/x-wav" | "video/x-msvideo" | "video/mp4" => {
            LONGEST_FILE
        }
        _ => LONGEST_WHOLE,
    };
    if parts.store == 0 {
        Place::Nowhere
    } else if parts.store > LONGEST_STORE {
        Place::Unread(format!(
            "the manifest store has more than {LONGEST_STORE} bytes"
        ))
    } else if length > longest {
        Place::Unread(format!("the file has more than {longest} bytes"))
    } else {
        Place::Here(File {
            media_type,
            length,
            metadata: parts.metadata,
        })
    }
}

/// The media type and length of a file of a kind that can have a store.
fn kind(source: &mut dyn Source) -> Option<(&'static str, u64)> {
    let mut head = [0; 12];
    let known = carriers::media_type(source);
    source.read_exact(&mut head).ok()?;
    let kind = match known {
        _ if head[4..8] == *b"ftyp" => "video/mp4",
        Some(
            known @ ("image/png" | "image/jpeg" | "image/webp" | "audio/x-wav" | "video/x-msvideo"),
        ) => known,
        Some(
            known @ ("image/gif" | "image/tiff" | "audio/mpeg" | "audio/x-flac" | "image/jxl"),
        ) => known,
        _ => return None,
    };
    Some((kind, source.seek(SeekFrom::End(0)).ok()?))
}

/// Bytes from here on.
fn take<const N: usize>(source: &mut dyn Source) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    source.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

impl Parts {
    fn metadata(&mut self, range: Range<u64>) {
        if self.metadata.len() < MOST {
            self.metadata.push(range);
        }
    }
}

/// PNG: chunks of length, kind, data and checksum; the store is a caBX.
fn png(source: &mut dyn Source, parts: &mut Parts) -> Option<()> {
    let mut at = 8;
    source.seek(SeekFrom::Start(at)).ok()?;
    loop {
        let length = u64::from(u32::from_be_bytes(take(source)?));
        let end = at + length + 12;
        match &take::<4>(source)? {
            b"caBX" => parts.store += length,
            b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME" => parts.metadata(at..end),
            b"IEND" => return Some(()),
            _ => {}
        }
        // What is near is still at hand.
        source.seek_relative(i64::try_from(length).ok()? + 4).ok()?;
        at = end;
    }
}

/// JPEG: segments of marker and length up to the picture; the store is in APP11, metadata in APP1 (EXIF, XMP),
/// APP13 (IPTC) and COM.
fn jpeg(source: &mut dyn Source, parts: &mut Parts) -> Option<()> {
    let mut at = 2;
    loop {
        source.seek(SeekFrom::Start(at)).ok()?;
        let [0xff, marker] = take(source)? else {
            return None;
        };
        let length = match marker {
            // A byte to fill, and markers without a length.
            0xff => 1,
            0x01 | 0xd0..=0xd8 => 2,
            0xd9 | 0xda => return Some(()),
            _ => 2 + u64::from(u16::from_be_bytes(take(source)?)),
        };
        match marker {
            0xeb => parts.store += length,
            0xe1 | 0xed | 0xfe => parts.metadata(at..at + length),
            _ => {}
        }
        at += length;
    }
}

/// RIFF: chunks of kind, length and data, which is filled to an even length; the store is a C2PA.
fn riff(source: &mut dyn Source, parts: &mut Parts) -> Option<()> {
    let mut at = 12;
    loop {
        source.seek(SeekFrom::Start(at)).ok()?;
        let kind: [u8; 4] = take(source)?;
        let length = u64::from(u32::from_le_bytes(take(source)?));
        if kind == *b"C2PA" {
            parts.store += length;
        }
        at += 8 + length + length % 2;
    }
}

/// BMFF: boxes of length, kind and data; the store is a uuid of C2PA among those at the top.
fn bmff(source: &mut dyn Source, file: u64, parts: &mut Parts) -> Option<()> {
    let mut at = 0;
    loop {
        source.seek(SeekFrom::Start(at)).ok()?;
        let short = u64::from(u32::from_be_bytes(take(source)?));
        let kind: [u8; 4] = take(source)?;
        let length = match short {
            0 => file - at,
            1 => u64::from_be_bytes(take(source)?),
            _ => short,
        };
        if kind == *b"uuid" && take::<16>(source)? == BMFF_ID {
            parts.store += length;
        }
        // A box holds its own head at least.
        at = at.checked_add(length).filter(|_| length >= 8)?;
        if at >= file {
            return Some(());
        }
    }
}

/// Any other kind: the label of a store, c2pa, stands in it as text. Its length is at most that of the file.
fn search(source: &mut dyn Source, parts: &mut Parts) -> Option<()> {
    const LABEL: &[u8] = b"c2pa";
    const PIECE: usize = 1 << 16;
    source.rewind().ok()?;
    let mut piece = Vec::with_capacity(PIECE + LABEL.len());
    loop {
        let read = (&mut *source)
            .take(PIECE as u64)
            .read_to_end(&mut piece)
            .ok()?;
        if piece.windows(LABEL.len()).any(|bytes| bytes == LABEL) {
            parts.store = 1;
            return Some(());
        }
        if read == 0 {
            return None;
        }
        piece.drain(..piece.len().saturating_sub(LABEL.len() - 1));
    }
}

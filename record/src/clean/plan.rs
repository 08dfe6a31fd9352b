//! The pieces that a copy is made of, and the copy that can be read before it is written.

use super::Uncleanable;
use crate::Source;
use std::io::{self, Read, Seek, SeekFrom};

/// Most pieces of a copy. A video or model has a few, an animation of a thousand frames some thousand.
const MOST: usize = 400_000;
/// Most parts that are told to be gone, beside the fields.
const MOST_GONE: usize = 100;

/// What a copy is made of.
#[derive(Default)]
pub(super) struct Plan {
    pieces: Vec<Piece>,
    length: u64,
    /// Parts of the file that are gone, each named once.
    pub(super) gone: Vec<String>,
    /// Whether Content Credentials are among them.
    pub(super) is_signed: bool,
    /// Whether the reader found a text hidden in the pixels.
    pub(super) hides: bool,
}

/// A piece of a copy.
enum Piece {
    /// So many bytes of the file, from this place on.
    Kept(u64, u64),
    /// The same byte so many times.
    Fill(u8, u64),
    New(Box<[u8]>),
}

impl Piece {
    fn length(&self) -> u64 {
        match self {
            Self::Kept(_, length) | Self::Fill(_, length) => *length,
            Self::New(bytes) => bytes.len() as u64,
        }
    }
}

impl Plan {
    /// A plan of no piece.
    pub(super) fn new(hides: bool) -> Self {
        Self {
            hides,
            ..Self::default()
        }
    }

    /// Keeps what stands between two places of the file.
    pub(super) fn keep(&mut self, from: u64, to: u64) -> Result<(), Uncleanable> {
        let length = to.saturating_sub(from);
        match self.pieces.last_mut() {
            _ if length == 0 => Ok(()),
            Some(Piece::Kept(start, before)) if *start + *before == from => {
                *before += length;
                self.length += length;
                Ok(())
            }
            _ => self.add(Piece::Kept(from, length)),
        }
    }

    /// Zeros, so many.
    pub(super) fn zeros(&mut self, length: u64) -> Result<(), Uncleanable> {
        self.fill_up(0, length)
    }

    /// The same byte so many times.
    pub(super) fn fill_up(&mut self, byte: u8, length: u64) -> Result<(), Uncleanable> {
        match self.pieces.last_mut() {
            _ if length == 0 => Ok(()),
            Some(Piece::Fill(filled, before)) if *filled == byte => {
                *before += length;
                self.length += length;
                Ok(())
            }
            _ => self.add(Piece::Fill(byte, length)),
        }
    }

    /// Bytes that the file does not have.
    pub(super) fn put(&mut self, bytes: impl Into<Box<[u8]>>) -> Result<(), Uncleanable> {
        self.add(Piece::New(bytes.into()))
    }

    /// So many bytes that are known later, and the number of their piece.
    pub(super) fn later(&mut self, length: usize) -> Result<usize, Uncleanable> {
        self.put(vec![0; length])?;
        Ok(self.pieces.len() - 1)
    }

    /// Fills in what was left for later.
    pub(super) fn fill(&mut self, piece: usize, bytes: &[u8]) {
        if let Some(Piece::New(left)) = self.pieces.get_mut(piece) {
            left.copy_from_slice(bytes);
        }
    }

    /// The parts of the file that are kept, from where to where.
    pub(super) fn kept(&self) -> impl Iterator<Item = (u64, u64)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Kept(start, length) => Some((*start, start + length)),
            _ => None,
        })
    }

    /// The length of the copy so far.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    fn add(&mut self, piece: Piece) -> Result<(), Uncleanable> {
        if self.pieces.len() == MOST {
            return Err(Uncleanable::Broken(format!(
                "it is of more than {MOST} parts"
            )));
        }
        self.length += piece.length();
        self.pieces.push(piece);
        Ok(())
    }

    /// Tells that a part is gone.
    pub(super) fn tell(&mut self, part: impl Into<String>) {
        let part = part.into();
        if self.gone.len() < MOST_GONE && !self.gone.contains(&part) {
            self.gone.push(part);
        }
    }

    /// The copy, which is read from the file as it is asked for.
    pub(super) fn copy<'a>(&'a self, source: &'a mut dyn Source) -> Copy<'a> {
        let mut end = 0;
        let ends = self.pieces.iter().map(|piece| {
            end += piece.length();
            end
        });
        Copy {
            source,
            pieces: &self.pieces,
            ends: ends.collect(),
            at: 0,
            source_at: None,
        }
    }
}

/// A copy that is read.
pub(super) struct Copy<'a> {
    source: &'a mut dyn Source,
    pieces: &'a [Piece],
    /// Where each piece ends in the copy.
    ends: Vec<u64>,
    at: u64,
    /// Where the file stands, once that is known.
    source_at: Option<u64>,
}

impl Read for Copy<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let number = self.ends.partition_point(|end| *end <= self.at);
        let (Some(piece), Some(end)) = (self.pieces.get(number), self.ends.get(number)) else {
            return Ok(0);
        };
        let within = self.at - (end - piece.length());
        let most = usize::try_from(end - self.at).unwrap_or(usize::MAX);
        let most = most.min(buffer.len());
        let buffer = &mut buffer[..most];
        let read = match piece {
            Piece::Fill(byte, _) => {
                buffer.fill(*byte);
                most
            }
            Piece::New(bytes) => {
                // A piece that is in memory has a length that fits.
                let from = within as usize;
                buffer.copy_from_slice(&bytes[from..from + most]);
                most
            }
            Piece::Kept(start, _) => {
                let from = start + within;
                if self.source_at != Some(from) {
                    self.source.seek(SeekFrom::Start(from))?;
                }
                self.source_at = None;
                let read = self.source.read(buffer)?;
                if read == 0 && most > 0 {
                    return Err(io::Error::new(
                        io::ErrorKind::UnexpectedEof,
                        "the file has become shorter while it was copied: try again",
                    ));
                }
                self.source_at = Some(from + read as u64);
                read
            }
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Copy<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = self.ends.last().copied().unwrap_or_default();
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => end.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

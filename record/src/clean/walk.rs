//! A file that is walked from its start to its end.

use super::Uncleanable;
use crate::Source;
use std::io::{Read as _, SeekFrom};

/// Where in a file the walk is.
pub(super) struct Walk<'a> {
    pub(super) source: &'a mut dyn Source,
    /// The place of the next byte.
    pub(super) at: u64,
    /// The length of the file.
    pub(super) length: u64,
}

/// What is said of a file that breaks off there.
pub(super) fn breaks_off(at: u64) -> Uncleanable {
    Uncleanable::Broken(format!("it breaks off behind byte {at}"))
}

/// What is said of a file whose structure is not as it should be there.
pub(super) fn broken(what: &str, at: u64) -> Uncleanable {
    Uncleanable::Broken(format!("{what} at byte {at}"))
}

impl<'a> Walk<'a> {
    pub(super) fn begin(source: &'a mut dyn Source) -> Result<Self, Uncleanable> {
        let length = source.seek(SeekFrom::End(0))?;
        source.rewind()?;
        Ok(Self {
            source,
            at: 0,
            length,
        })
    }

    /// How much of the file is left.
    pub(super) fn left(&self) -> u64 {
        self.length.saturating_sub(self.at)
    }

    /// The place that is so many bytes ahead, if the file goes so far.
    pub(super) fn ahead(&self, bytes: u64) -> Result<u64, Uncleanable> {
        let end = self.at.checked_add(bytes);
        end.filter(|end| *end <= self.length)
            .ok_or_else(|| breaks_off(self.at))
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Uncleanable> {
        let end = self.ahead(N as u64)?;
        let mut bytes = [0; N];
        self.source.read_exact(&mut bytes)?;
        self.at = end;
        Ok(bytes)
    }

    /// The next bytes. The caller has looked that they are not many.
    pub(super) fn vec(&mut self, length: u64) -> Result<Vec<u8>, Uncleanable> {
        let end = self.ahead(length)?;
        let mut bytes = Vec::new();
        let read = (&mut *self.source).take(length).read_to_end(&mut bytes)?;
        if read as u64 != length {
            return Err(breaks_off(self.at));
        }
        self.at = end;
        Ok(bytes)
    }

    /// Goes to a place in the file.
    pub(super) fn to(&mut self, place: u64) -> Result<(), Uncleanable> {
        if place > self.length {
            return Err(breaks_off(self.at));
        }
        let by = i64::try_from(place).ok().zip(i64::try_from(self.at).ok());
        let (place_at, at) = by.ok_or_else(|| breaks_off(self.at))?;
        self.source.seek_relative(place_at - at)?;
        self.at = place;
        Ok(())
    }

    /// Passes over so many bytes.
    pub(super) fn pass(&mut self, bytes: u64) -> Result<(), Uncleanable> {
        self.to(self.ahead(bytes)?)
    }
}

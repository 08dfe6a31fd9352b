//! A file of which the pieces that were read stay at hand.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// Bytes of a piece. In the first one most files say all that they have to say.
const PIECE: usize = 8 << 10;

/// A file that is read at its begin, then here and there, and then by the next reader in the same places again. Its first piece is
/// kept, and the one that was read last.
pub(crate) struct Pieces {
    file: File,
    length: u64,
    /// Where its reader is.
    at: u64,
    first: Vec<u8>,
    last: Vec<u8>,
    /// Where the last piece begins.
    last_at: u64,
}

impl Pieces {
    /// Those of a file that has so many bytes.
    pub(crate) fn of(file: File, length: u64) -> Self {
        Self {
            file,
            length,
            at: 0,
            first: Vec::new(),
            last: Vec::new(),
            last_at: 0,
        }
    }

    /// Reads from where the reader is, which stays there.
    fn load(&self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match read_at(&self.file, into, self.at) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }

    /// What is at hand from where the reader is.
    fn at_hand(&self) -> &[u8] {
        let from = |piece: &'_ [u8], start: u64| {
            let into = usize::try_from(self.at.checked_sub(start)?).ok()?;
            (into < piece.len()).then_some(into)
        };
        match (from(&self.first, 0), from(&self.last, self.last_at)) {
            (Some(into), _) => &self.first[into..],
            (None, Some(into)) => &self.last[into..],
            (None, None) => &[],
        }
    }
}

/// Reads from a place of a file, without a word to the system of where the next reading begins.
fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::read_at(file, into, at);
    #[cfg(windows)]
    return std::os::windows::fs::FileExt::seek_read(file, into, at);
}

impl BufRead for Pieces {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at_hand().is_empty() {
            let mut piece = vec![0; PIECE];
            let read = self.load(&mut piece)?;
            piece.truncate(read);
            if self.at == 0 {
                self.first = piece;
            } else {
                self.last = piece;
                self.last_at = self.at;
            }
        }
        Ok(self.at_hand())
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
    }
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.len() >= PIECE && self.at_hand().is_empty() {
            let read = self.load(into)?;
            self.at += read as u64;
            return Ok(read);
        }
        let mut rest = self.fill_buf()?;
        let read = rest.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl Seek for Pieces {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let moved = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        let before = "a place before the begin of the file";
        self.at = moved.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, before))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write as _};

    /// Numbers of no meaning, the same each time.
    fn numbers() -> impl Iterator<Item = u64> {
        let next = |number: &u64| {
            Some(
                number
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1),
            )
        };
        std::iter::successors(Some(1), next).map(|number| number >> 33)
    }

    #[test]
    fn it_reads_as_bytes_in_memory_are_read() {
        let mut numbers = numbers();
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 6 * PIECE + 3] {
            let bytes: Vec<u8> = numbers
                .by_ref()
                .take(length)
                .map(|number| number as u8)
                .collect();
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(&bytes).expect("written");
            let (mut ours, mut theirs) = (Pieces::of(file, length as u64), Cursor::new(bytes));
            for _ in 0..2_000 {
                let [what, number] = [(); 2].map(|()| numbers.next().expect("no end"));
                let span = length as u64 + 100;
                let (sought, wanted) = match what % 6 {
                    0 => (Some(SeekFrom::Start(number % span)), 0),
                    1 => (
                        Some(SeekFrom::Current((number % span) as i64 - length as i64)),
                        0,
                    ),
                    2 => (Some(SeekFrom::End(-((number % span) as i64))), 0),
                    3 => (None, number as usize % (3 * PIECE)),
                    _ => (None, number as usize % 40),
                };
                if let Some(to) = sought {
                    assert_eq!(ours.seek(to).ok(), theirs.seek(to).ok());
                }
                let read = [&mut ours as &mut dyn BufRead, &mut theirs].map(|source| {
                    let mut read = Vec::new();
                    let taken = source.take(wanted as u64).read_to_end(&mut read);
                    taken.expect("read");
                    read
                });
                assert_eq!(read[0], read[1], "{length}");
                assert_eq!(ours.stream_position().ok(), theirs.stream_position().ok());
            }
        }
    }
}

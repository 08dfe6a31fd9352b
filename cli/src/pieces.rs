//! A file of which the pieces that were read stay at hand.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// Bytes of the first piece, in which most files say all that they have to say.
const FIRST: usize = 32 << 10;
/// Bytes of any other piece.
const NEXT: usize = 8 << 10;

/// A file that is read at its begin, then here and there, and then by the next reader in the same places again. Its first piece is
/// kept, and the one that was read last; the file is sought only to read a piece that is not at hand.
pub(crate) struct Pieces {
    file: File,
    /// Where the file stands, if that is known.
    stands: Option<u64>,
    /// Where its reader is.
    at: u64,
    first: Option<Vec<u8>>,
    last: Vec<u8>,
    /// Where the last piece begins.
    last_at: u64,
}

impl Pieces {
    /// Those of a file that nobody has read from yet.
    pub(crate) fn of(file: File) -> Self {
        Self {
            file,
            stands: Some(0),
            at: 0,
            first: None,
            last: Vec::new(),
            last_at: 0,
        }
    }

    /// The file, where its reader is.
    fn sought(&mut self) -> io::Result<&mut File> {
        if self.stands.take() != Some(self.at) {
            self.file.seek(SeekFrom::Start(self.at))?;
        }
        Ok(&mut self.file)
    }

    /// The next piece, of at most so many bytes.
    fn load(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let mut piece = vec![0; most];
        let file = self.sought()?;
        let read = loop {
            match file.read(&mut piece) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        piece.truncate(read);
        self.stands = Some(self.at + read as u64);
        Ok(piece)
    }

    /// What is at hand from where the reader is.
    fn at_hand(&self) -> &[u8] {
        let from = |piece: &'_ [u8], start: u64| {
            let into = usize::try_from(self.at.checked_sub(start)?).ok()?;
            (into < piece.len()).then_some(into)
        };
        let first = self.first.as_deref().unwrap_or_default();
        match (from(first, 0), from(&self.last, self.last_at)) {
            (Some(into), _) => &first[into..],
            (None, Some(into)) => &self.last[into..],
            (None, None) => &[],
        }
    }
}

impl BufRead for Pieces {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at_hand().is_empty() {
            if self.at == 0 && self.first.is_none() {
                self.first = Some(self.load(FIRST)?);
            } else {
                self.last = self.load(NEXT)?;
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
        if into.len() >= NEXT && self.at_hand().is_empty() {
            let read = self.sought()?.read(into)?;
            self.at += read as u64;
            self.stands = Some(self.at);
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
            SeekFrom::End(_) => {
                self.stands = None;
                let at = self.file.seek(to)?;
                self.stands = Some(at);
                Some(at)
            }
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
        for length in [0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + 5 * NEXT + 3] {
            let bytes: Vec<u8> = numbers
                .by_ref()
                .take(length)
                .map(|number| number as u8)
                .collect();
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(&bytes).expect("written");
            file.rewind().expect("at its begin");
            let (mut ours, mut theirs) = (Pieces::of(file), Cursor::new(bytes));
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
                    3 => (None, number as usize % (3 * NEXT)),
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

//! A file with gaps: the same bytes without some ranges of them, read where they stand and not copied.

use crate::Source;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

/// A source without some ranges of its bytes.
pub(super) struct Gaps<'a> {
    source: &'a mut dyn Source,
    /// Where each kept range begins in this, and the range in the source.
    kept: Vec<(u64, Range<u64>)>,
    length: u64,
    at: u64,
}

impl<'a> Gaps<'a> {
    /// A source of this length without these ranges, which are in order and apart from each other.
    pub(super) fn new(source: &'a mut dyn Source, length: u64, gaps: &[Range<u64>]) -> Self {
        let ends = gaps.iter().map(|gap| gap.start).chain([length]);
        let starts = [0].into_iter().chain(gaps.iter().map(|gap| gap.end));
        let mut at = 0;
        let kept = starts.zip(ends).filter(|(start, end)| start < end);
        let kept = kept
            .map(|(start, end)| {
                let kept = (at, start..end);
                at += end - start;
                kept
            })
            .collect();
        Self {
            source,
            kept,
            length: at,
            at: 0,
        }
    }
}

impl Read for Gaps<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let after = self.kept.partition_point(|(start, _)| *start <= self.at);
        let Some((start, range)) = after.checked_sub(1).map(|index| &self.kept[index]) else {
            return Ok(0);
        };
        let from = range.start + (self.at - start);
        let left = usize::try_from(range.end.saturating_sub(from)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        if wanted == 0 {
            return Ok(0);
        }
        self.source.seek(SeekFrom::Start(from))?;
        let read = self.source.read(&mut buffer[..wanted])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Gaps<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn what_stands_in_gaps_is_passed_over() {
        let mut source = Cursor::new(b"0123456789".to_vec());
        for (gaps, left) in [
            (&[][..], "0123456789"),
            (&[0..2, 4..5], "2356789"),
            (&[3..7, 9..10], "01278"),
            (&[0..4, 4..10], ""),
        ] {
            let mut gaps = Gaps::new(&mut source, 10, gaps);
            let mut read = String::new();
            gaps.read_to_string(&mut read).expect("text");
            assert_eq!(read, left);
            assert_eq!(
                gaps.seek(SeekFrom::End(0)).expect("the end"),
                left.len() as u64
            );
            assert!(gaps.seek(SeekFrom::Current(-11)).is_err());
            gaps.seek(SeekFrom::Start(1)).expect("the second byte");
            let mut rest = String::new();
            gaps.read_to_string(&mut rest).expect("text");
            assert_eq!(rest, left.get(1..).unwrap_or_default());
        }
    }
}

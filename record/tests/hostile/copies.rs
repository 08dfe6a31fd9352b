//! Clean copies of broken files, of long ones, and of ones of very many parts.

use super::fuzz::samples;
use super::{ALLOCATED, MOST, alone, png};
use cpu_time::ThreadTime;
use record::clean::{Options, Uncleanable, clean};
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom, Write};

/// A clean copy, or why there is none; within the memory that is allowed.
pub(crate) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Uncleanable> {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let mut copy = Vec::with_capacity(bytes.len() + 1_024);
    let options = Options { credentials: true };
    let result = clean(&mut Cursor::new(bytes), &mut copy, options);
    let taken = ALLOCATED.peak_usage().saturating_sub(before);
    assert!(taken <= MOST + bytes.len(), "{} MiB", taken >> 20);
    result.map(|_| copy)
}

/// Kinds that tell where they end.
const PICTURES: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8", b"RIFF", b"GIF8"];

#[test]
fn samples_that_break_off_have_no_copy_where_they_tell_their_end() {
    let _alone = alone();
    for (path, bytes) in samples() {
        let tells_its_end = PICTURES.iter().any(|begin| bytes.starts_with(begin));
        for length in (0..bytes.len()).step_by(bytes.len() / 100 + 1) {
            let result = cleaned(&bytes[..length]);
            assert!(
                result.is_err() || !tells_its_end,
                "{} to {length}",
                path.display()
            );
        }
    }
}

#[test]
fn samples_with_a_flipped_byte_have_a_copy_or_not_and_copies_of_copies_are_the_same() {
    let _alone = alone();
    for (path, mut bytes) in samples() {
        for at in (0..bytes.len()).step_by(bytes.len() / 100 + 1) {
            for mask in [0xff, 0x01, 0x80] {
                bytes[at] ^= mask;
                if let Ok(copy) = cleaned(&bytes) {
                    let again = cleaned(&copy).unwrap_or_else(|error| {
                        panic!("{} {at} {mask:x}: {error}", path.display())
                    });
                    assert!(again == copy, "{} {at} {mask:x}", path.display());
                }
                bytes[at] ^= mask;
            }
        }
    }
}

/// A file whose parts stand in memory, with zeros from the end of these on.
struct Long {
    begin: Vec<u8>,
    length: u64,
    at: u64,
    zeros: [u8; 1 << 16],
}

impl Read for Long {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let found = self.fill_buf()?;
        let length = found.len().min(buffer.len());
        buffer[..length].copy_from_slice(&found[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Long {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if let Some(rest) = self
            .begin
            .get(self.at as usize..)
            .filter(|rest| !rest.is_empty())
        {
            return Ok(rest);
        }
        let left = self
            .length
            .saturating_sub(self.at)
            .min(self.zeros.len() as u64);
        Ok(&self.zeros[..left as usize])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
    }
}

impl Seek for Long {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Counts bytes, and keeps the first.
struct Count {
    first: Vec<u8>,
    bytes: u64,
}

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = 64 - self.first.len().min(64);
        self.first.extend(&bytes[..left.min(bytes.len())]);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn film_of_five_gib_has_a_copy_in_little_memory() {
    let _alone = alone();
    let length: u64 = 5 << 30;
    let head = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x14moov\0\0\0\x0cudtaduck\0\0\0\x01mdat";
    let media = length - head.len() as u64 + 8;
    let mut source = Long {
        begin: [&head[..], &media.to_be_bytes()].concat(),
        length,
        at: 0,
        zeros: [0; 1 << 16],
    };
    let mut copy = Count {
        first: Vec::new(),
        bytes: 0,
    };
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    clean(&mut source, &mut copy, Options::default()).expect("a copy");
    let taken = ALLOCATED.peak_usage().saturating_sub(before);
    assert!(taken < 1 << 20, "{taken}");
    assert_eq!(copy.bytes, length);
    assert_eq!(copy.first[24..36], *b"\0\0\0\x0cfree\0\0\0\0");
}

#[test]
fn files_of_very_many_parts_are_cleaned_in_time_or_refused() {
    let _alone = alone();
    let begun = ThreadTime::now();
    let texts = vec![(b"tEXt", b"a\0b".to_vec()); 100_000];
    let whole = png(&texts);
    assert!(cleaned(&whole).expect("a copy").len() < 100);
    let mixed = |count| -> Vec<(&[u8; 4], Vec<u8>)> {
        let pair = [(b"tEXt", b"a\0b".to_vec()), (b"gAMA", vec![0; 4])];
        pair.into_iter().cycle().take(count).collect()
    };
    // Of the second kind one is enough.
    assert!(cleaned(&png(&mixed(1_000_000))).expect("a copy").len() < 150);
    let gif = |frames| {
        let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
        let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
        let comment = b"\x21\xfe\x01a\0";
        let parts = [&frame[..], &comment[..]].concat();
        [&head[..], &parts.repeat(frames), b";"].concat()
    };
    assert!(cleaned(&gif(100_000)).is_ok());
    let refused = cleaned(&gif(500_000));
    assert!(matches!(refused, Err(Uncleanable::Broken(says)) if says.contains("parts")));
    let free = [
        &b"\0\0\0\x10ftypisom\0\0\0\0"[..],
        &b"\0\0\0\x09udtaa".repeat(90_000),
        b"\0\0\0\x08moov",
    ]
    .concat();
    assert!(cleaned(&free).is_ok());
    let seconds = begun.elapsed().as_secs_f64();
    assert!(seconds < 20.0, "{seconds:.1} s");
}

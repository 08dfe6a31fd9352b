//! Files that are broken, or made to break who reads them: a short answer, and never a panic.

mod carriers;
mod claims;
#[path = "../common/mod.rs"]
mod common;
mod copies;
mod copies_of_parts;
#[cfg(feature = "credentials")]
mod credentials;
mod documents;
mod fuzz;
mod graphs;
mod hashing;
mod pictures;
mod settings;
mod tags;

use cpu_time::ThreadTime;
use peak_alloc::PeakAlloc;
use record::Reading;
use std::io::Cursor;
use std::sync::{Mutex, MutexGuard, PoisonError};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Memory that a file may take beside its own bytes.
const MOST: usize = 64 << 20;

/// Memory is counted for the whole process, so that one test runs at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(bytes: &[u8]) -> Reading {
    record::read(&mut Cursor::new(bytes))
}

/// Reads a file; with the memory that it took and the seconds of the processor.
fn measured(bytes: &[u8]) -> (Reading, usize, f64) {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let begun = ThreadTime::now();
    let reading = read(bytes);
    let seconds = begun.elapsed().as_secs_f64();
    let taken = ALLOCATED.peak_usage().saturating_sub(before);
    (reading, taken, seconds)
}

/// Reads within the memory that is allowed.
fn read_within(bytes: &[u8]) -> Reading {
    let (reading, taken, _) = measured(bytes);
    assert!(taken <= MOST + bytes.len(), "{} MiB", taken >> 20);
    reading
}

/// Reads within the memory that is allowed beside the file, and in some seconds of the processor.
fn read_soon(bytes: &[u8]) -> Reading {
    let (reading, taken, seconds) = measured(bytes);
    assert!(taken <= MOST, "{} MiB", taken >> 20);
    assert!(seconds < 8.0, "{seconds:.1} s");
    reading
}

/// A PNG with these chunks between its header and its end, each with a right checksum.
fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&[0, 0, 0, 1, 0, 0, 0, 1][..], &[8, 0, 0, 0, 0]].concat();
    let pixels = [0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1];
    let ends: [(&[u8; 4], Vec<u8>); 2] = [(b"IDAT", pixels.to_vec()), (b"IEND", Vec::new())];
    let header: [(&[u8; 4], Vec<u8>); 1] = [(b"IHDR", header)];
    for (kind, data) in header.iter().chain(chunks).chain(&ends) {
        let named = [&kind[..], data].concat();
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend(&named);
        bytes.extend(crc32fast::hash(&named).to_be_bytes());
    }
    bytes
}

/// A text chunk of a PNG.
fn text(keyword: &str, says: &str) -> Vec<u8> {
    png(&[(
        b"tEXt",
        [keyword.as_bytes(), &[0], says.as_bytes()].concat(),
    )])
}

/// The names of the fields that cannot be read.
fn unreadable(reading: &Reading) -> Vec<&str> {
    let fields = reading.unreadable.iter();
    fields.map(|unreadable| unreadable.field.as_str()).collect()
}

/// Reads a file within the memory, and twice as much of the same in not much more than twice the time of the processor.
fn read_in_time(make: impl Fn(usize) -> Vec<u8>, size: usize) {
    let _alone = alone();
    let took = |size| {
        let bytes = make(size);
        let (_, taken, seconds) = measured(&bytes);
        assert!(taken <= MOST + bytes.len(), "{} MiB", taken >> 20);
        seconds
    };
    let (once, twice) = (took(size), took(2 * size));
    assert!(
        twice < 3.0 * once || twice < 1.0,
        "{once:.2} s, then {twice:.2} s"
    );
}

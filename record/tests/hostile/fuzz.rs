//! Every sample with some of its bytes changed, at places and in ways that are the same in each run.
//!
//! `FUZZ` says how many cases there are, ten thousand where it is not set, and `FUZZ_SEED` where the numbers begin.

use super::{MOST, alone, read_within};
use cpu_time::ThreadTime;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

/// Cases where nobody asks for more: some seconds.
const FEW: u64 = 10_000;
/// Most bytes of a sample, so that many cases are tried in an hour.
const LONGEST: u64 = 1 << 20;
/// Most seconds of a case, which takes milliseconds.
const SLOW: f64 = 5.0;

fn number(name: &str, otherwise: u64) -> u64 {
    let said = env::var(name).ok();
    said.map_or(otherwise, |said| said.parse().expect("a number"))
}

/// All files below a folder, in the order of their names.
fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => files(&path, all),
            false => all.push(path),
        }
    }
}

/// Every sample that is not long.
pub(super) fn samples() -> Vec<(PathBuf, Vec<u8>)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut paths = Vec::new();
    for folder in ["works", "cases", "pictures", "media"] {
        files(&fixtures.join(folder), &mut paths);
    }
    let short = |path: &PathBuf| (1..=LONGEST).contains(&path.metadata().expect("a file").len());
    let paths = paths.into_iter().filter(short);
    paths
        .map(|path| (path.clone(), fs::read(&path).expect("a file")))
        .collect()
}

/// Numbers that look random (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A place in so many bytes. Half of them are in the first kibibyte, where heads stand.
    fn place(&mut self, length: usize) -> usize {
        match self.next() % 2 {
            0 => self.below(length.min(1_024)),
            _ => self.below(length),
        }
    }
}

/// Lengths and counts that programs trip over.
const EDGES: [u64; 10] = [
    0,
    1,
    0x7f,
    0xff,
    0xffff,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x7fff_ffff_ffff_ffff,
    u64::MAX,
];

/// Changes bytes in one of seven ways.
fn change(bytes: &mut Vec<u8>, other: &[u8], numbers: &mut Numbers) {
    let at = numbers.place(bytes.len());
    let some = 1 + numbers.below(64);
    let end = (at + some).min(bytes.len());
    match numbers.next() % 7 {
        0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
        1 if at < bytes.len() => bytes[at] = numbers.next() as u8,
        2 => {
            let edge = EDGES[numbers.below(EDGES.len())];
            let edge = match numbers.next() % 2 {
                0 => edge.to_be_bytes(),
                _ => edge.to_le_bytes(),
            };
            // Of a number with its high byte first, the last bytes.
            let width = [1, 2, 4, 8][numbers.below(4)];
            let edge = match edge[7] == 0 {
                true => &edge[..width],
                false => &edge[8 - width..],
            };
            for (byte, edge) in bytes.iter_mut().skip(at).zip(edge) {
                *byte = *edge;
            }
        }
        3 => drop(bytes.drain(at..end)),
        4 => {
            let copied = bytes[at..end].to_vec();
            bytes.splice(at..at, copied);
        }
        5 => {
            let from = numbers.place(other.len());
            let taken = &other[from..(from + some).min(other.len())];
            bytes.splice(at..end, taken.iter().copied());
        }
        _ => bytes.truncate(at + 1),
    }
}

/// The same with right checksums, where it is a PNG: its texts are read only so.
fn mend(bytes: &mut [u8]) {
    if !bytes.starts_with(b"\x89PNG") {
        return;
    }
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 4) {
        let length = u32::from_be_bytes(head.try_into().expect("four bytes")) as usize;
        let end = at + 8 + length;
        if end + 4 > bytes.len() {
            return;
        }
        let checksum = crc32fast::hash(&bytes[at + 4..end]).to_be_bytes();
        bytes[end..end + 4].copy_from_slice(&checksum);
        at = end + 4;
    }
}

#[test]
fn changed_samples_are_read_or_not_in_time_and_little_memory() {
    let _alone = alone();
    let samples = samples();
    let (cases, seed) = (number("FUZZ", FEW), number("FUZZ_SEED", 0));
    let begun = Instant::now();
    let (mut told, mut slowest) = (0, (0.0, 0));
    for case in seed..seed + cases {
        let mut numbers = Numbers(case);
        let (path, sample) = &samples[numbers.below(samples.len())];
        let (_, other) = &samples[numbers.below(samples.len())];
        let mut bytes = sample.clone();
        for _ in 0..=numbers.below(4) {
            change(&mut bytes, other, &mut numbers);
        }
        if !numbers.next().is_multiple_of(4) {
            mend(&mut bytes);
        }
        let one = ThreadTime::now();
        let read = std::panic::catch_unwind(|| read_within(&bytes));
        let seconds = one.elapsed().as_secs_f64();
        assert!(
            read.is_ok() && seconds < SLOW,
            "case {case} of {}: FUZZ_SEED={case} FUZZ=1, {seconds:.1} s",
            path.display()
        );
        told += usize::from(read.is_ok_and(|reading| !reading.found.is_empty()));
        if seconds > slowest.0 {
            slowest = (seconds, case);
        }
    }
    println!(
        "{cases} cases of {} samples in {:.0} s, each within {} MiB; {told} say something; the slowest, {}, took {:.2} s",
        samples.len(),
        begun.elapsed().as_secs_f64(),
        MOST >> 20,
        slowest.1,
        slowest.0
    );
}

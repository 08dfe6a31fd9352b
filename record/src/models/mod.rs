//! What a whole file of a model is known by, and the models that a file names without having them.
//!
//! Programs and sites shorten hashes in ways of their own. Who has the model's file at hand can say which of them are its own, and
//! name it by its whole SHA-256, which everybody can check.

mod naming;

pub use naming::Naming;

use alloy_primitives::B256;
use sha2::{Digest as _, Sha256};
use std::ops::Range;

/// The bytes of which the web UI once took the hash: 64 KiB from the second MiB on (AUTOMATIC1111, `modules/sd_models.py`, `model_hash`).
const OLD: Range<u64> = 0x10_0000..0x11_0000;
/// Most bytes of a header of safetensors (safetensors, `MAX_HEADER_SIZE`).
const LONGEST_HEADER: u64 = 100_000_000;

/// The hashes of a model's file by which programs and sites know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelIdentity {
    /// SHA-256 of all its bytes. Its first ten digits are AutoV2.
    pub sha256: B256,
    /// BLAKE3 of all its bytes, as InvokeAI and Civitai have it.
    pub blake3: B256,
    /// CRC-32 of all its bytes, as Civitai has it.
    pub crc32: u32,
    /// SHA-256 of 64 KiB from the second MiB on, whose first eight digits are AutoV1. [`None`] of a file that ends before.
    pub second_mib: Option<B256>,
    /// SHA-256 of a safetensors' bytes behind its header, whose first twelve digits are AutoV3: of the same weights with other
    /// metadata it is the same. [`None`] of other files.
    pub weights: Option<B256>,
}

impl ModelIdentity {
    /// AutoV1, eight digits.
    #[must_use]
    pub fn auto_v1(&self) -> Option<String> {
        Some(digits(&self.second_mib?, 8))
    }

    /// AutoV2, ten digits.
    #[must_use]
    pub fn auto_v2(&self) -> String {
        digits(&self.sha256, 10)
    }

    /// AutoV3, twelve digits.
    #[must_use]
    pub fn auto_v3(&self) -> Option<String> {
        Some(digits(&self.weights?, 12))
    }
}

/// The first hexadecimal digits of a hash.
fn digits(hash: &B256, count: usize) -> String {
    let mut digits = hex::encode(hash);
    digits.truncate(count);
    digits
}

/// Hashes the file of a model piece by piece, in the memory of one piece.
#[derive(Debug)]
pub struct ModelHasher {
    sha256: Sha256,
    blake3: blake3::Hasher,
    crc32: crc32fast::Hasher,
    second_mib: Sha256,
    weights: Sha256,
    /// The first bytes, which say whether it is a safetensors and how long its header is.
    head: Vec<u8>,
    /// Bytes so far.
    taken: u64,
}

impl Default for ModelHasher {
    fn default() -> Self {
        Self {
            sha256: Sha256::new(),
            blake3: blake3::Hasher::new(),
            crc32: crc32fast::Hasher::new(),
            second_mib: Sha256::new(),
            weights: Sha256::new(),
            head: Vec::new(),
            taken: 0,
        }
    }
}

impl ModelHasher {
    /// Takes the next bytes of the file.
    pub fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.blake3.update(bytes);
        self.crc32.update(bytes);
        self.second_mib.update(part(bytes, self.taken, OLD));
        let missing = HEAD - self.head.len();
        self.head.extend(&bytes[..missing.min(bytes.len())]);
        if let Some(start) = weights(&self.head) {
            self.weights
                .update(part(bytes, self.taken, start..u64::MAX));
        }
        self.taken += bytes.len() as u64;
    }

    /// The hashes of all bytes that were taken.
    #[must_use]
    pub fn finish(self) -> ModelIdentity {
        let hash = |hasher: Sha256| B256::from_slice(&hasher.finalize());
        let has_weights = weights(&self.head).is_some_and(|start| start < self.taken);
        ModelIdentity {
            sha256: hash(self.sha256),
            blake3: self.blake3.finalize().as_bytes().into(),
            crc32: self.crc32.finalize(),
            second_mib: (self.taken > OLD.start).then(|| hash(self.second_mib)),
            weights: has_weights.then(|| hash(self.weights)),
        }
    }
}

/// Bytes that tell a safetensors: the length of its header, and the start of that.
const HEAD: usize = 9;

/// Where the weights of a safetensors begin.
fn weights(head: &[u8]) -> Option<u64> {
    let (length, rest) = head.split_first_chunk()?;
    let length = u64::from_le_bytes(*length);
    let is_header = rest.first() == Some(&b'{') && (2..=LONGEST_HEADER).contains(&length);
    is_header.then_some(length + 8)
}

/// What of some bytes, which begin at a place in the file, stands in a part of it.
fn part(bytes: &[u8], at: u64, wanted: Range<u64>) -> &[u8] {
    let within = |place: u64| place.saturating_sub(at).min(bytes.len() as u64) as usize;
    &bytes[within(wanted.start)..within(wanted.end)]
}

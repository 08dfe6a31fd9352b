//! ABI data out: return values, calls, log data, revert data.

use crate::word::{self, Word};
use alloc::vec::Vec;
use alloy_primitives::Address;

/// Appends words to a buffer, in the order the ABI lays them out; who writes knows the shape.
#[derive(Clone, Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// An empty buffer with room for `words`.
    #[must_use]
    pub fn new(words: usize) -> Self {
        Self(Vec::with_capacity(words.wrapping_mul(32)))
    }

    /// A buffer that begins with a selector, with room for `words` behind it.
    #[must_use]
    pub fn call(selector: [u8; 4], words: usize) -> Self {
        let mut buffer = Vec::with_capacity(words.wrapping_mul(32).wrapping_add(4));
        buffer.extend_from_slice(&selector);
        Self(buffer)
    }

    /// A whole word.
    #[must_use]
    pub fn word(mut self, word: &Word) -> Self {
        self.0.extend_from_slice(word);
        self
    }

    /// `uint8` to `uint64`, also an offset or a length.
    #[must_use]
    pub fn u64(self, value: u64) -> Self {
        self.word(&word::from_u64(value))
    }

    /// An offset or a length.
    #[must_use]
    pub fn size(self, value: usize) -> Self {
        self.u64(value as u64)
    }

    /// `uint128`.
    #[must_use]
    pub fn u128(self, value: u128) -> Self {
        self.word(&word::from_u128(value))
    }

    /// `address`.
    #[must_use]
    pub fn address(self, address: Address) -> Self {
        self.word(&word::from_address(address))
    }

    /// `bool`.
    #[must_use]
    pub fn boolean(self, value: bool) -> Self {
        self.word(&word::from_bool(value))
    }

    /// The length and contents of `bytes` or `string`, padded to whole words.
    #[must_use]
    pub fn bytes(self, bytes: &[u8]) -> Self {
        let mut writer = self.size(bytes.len());
        writer.0.extend_from_slice(bytes);
        let padding = bytes.len().wrapping_neg() & 31;
        writer
            .0
            .extend_from_slice(word::ZERO.get(..padding).unwrap_or_default());
        writer
    }

    /// Bytes as they stand, without length or padding.
    #[must_use]
    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// What has been written.
    #[must_use]
    pub fn done(self) -> Vec<u8> {
        self.0
    }

    /// What has been written, borrowed.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

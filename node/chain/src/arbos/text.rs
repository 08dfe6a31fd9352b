//! Bytes of any length in ArbOS's storage: their length at key 0, then words of 32 (`arbos/storage/storage.go`).
//!
//! What does not fill its word stands at its end, like a number.

use super::space::Space;
use alloy_primitives::U256;

/// Bytes of a word.
const WORD: usize = 32;

/// The slots that bytes take, with what they hold.
pub(crate) fn slots(space: &Space, bytes: &[u8]) -> Vec<(U256, U256)> {
    let length = (space.slot_at(0), U256::from(bytes.len()));
    let words = (1..).zip(bytes.chunks(WORD));
    let words = words.map(|(key, word)| (space.slot_at(key), U256::from_be_slice(word)));
    std::iter::once(length).chain(words).collect()
}

/// Words that so many bytes take, their length aside.
pub(crate) const fn words(length: u64) -> u64 {
    length.div_ceil(WORD as u64)
}

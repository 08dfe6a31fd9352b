//! 32-byte words, as storage and the ABI have them: big-endian, so byte 31 is the lowest.

/// The high and the low 16 bytes as numbers.
pub(crate) fn halves(word: &[u8; 32]) -> (u128, u128) {
    // A 32-byte array has both chunks; the defaults keep a panic out of the programs.
    let high = word
        .first_chunk()
        .map_or(0, |half| u128::from_be_bytes(*half));
    let low = word
        .last_chunk()
        .map_or(0, |half| u128::from_be_bytes(*half));
    (high, low)
}

/// The word with these high and low halves.
pub(crate) fn join(high: u128, low: u128) -> [u8; 32] {
    let mut word = [0; 32];
    if let Some(half) = word.first_chunk_mut() {
        *half = high.to_be_bytes();
    }
    if let Some(half) = word.last_chunk_mut() {
        *half = low.to_be_bytes();
    }
    word
}

/// A number as an ABI word.
pub(crate) fn uint(value: u64) -> [u8; 32] {
    join(0, value.into())
}

/// An address as an ABI word: the lower 20 bytes.
pub(crate) fn address(address: &[u8; 20]) -> [u8; 32] {
    let mut word = [0; 32];
    if let Some(low) = word.last_chunk_mut() {
        *low = *address;
    }
    word
}

/// The address in the lower 20 bytes of a word.
pub(crate) fn low_address(word: &[u8; 32]) -> [u8; 20] {
    word.last_chunk().copied().unwrap_or_default()
}

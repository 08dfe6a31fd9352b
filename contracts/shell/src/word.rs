//! The 32-byte big-endian word of the EVM, and the narrow values inside it.

use alloy_primitives::Address;

/// A word of ABI data or storage.
pub type Word = [u8; 32];

/// The word of zeros.
pub const ZERO: Word = [0; 32];

/// Whether every byte is zero. Asked of two numbers, since a comparison of arrays is a loop over their bytes.
#[must_use]
pub fn is_zero(word: &Word) -> bool {
    match (word.first_chunk::<16>(), word.last_chunk::<16>()) {
        (Some(high), Some(low)) => u128::from_le_bytes(*high) | u128::from_le_bytes(*low) == 0,
        _ => false, // no word is shorter
    }
}

/// A word that holds `value` in its lowest bytes.
#[must_use]
pub fn from_u64(value: u64) -> Word {
    from_u128(u128::from(value))
}

/// A word that holds `value` in its lowest bytes.
#[must_use]
pub fn from_u128(value: u128) -> Word {
    let mut word = ZERO;
    if let Some(low) = word.last_chunk_mut() {
        *low = value.to_be_bytes();
    }
    word
}

/// A word that holds an address in its lowest bytes.
#[must_use]
pub fn from_address(address: Address) -> Word {
    let mut word = ZERO;
    if let Some(low) = word.last_chunk_mut() {
        *low = *address.0;
    }
    word
}

/// A word that holds a boolean.
#[must_use]
pub fn from_bool(value: bool) -> Word {
    from_u64(u64::from(value))
}

/// A word that holds four bytes, a selector, in its highest bytes.
#[must_use]
pub fn from_selector(selector: [u8; 4]) -> Word {
    let mut word = ZERO;
    if let Some(high) = word.first_chunk_mut() {
        *high = selector;
    }
    word
}

/// The value, where it fits in 128 bits.
#[must_use]
pub fn to_u128(word: &Word) -> Option<u128> {
    let (high, low) = word.split_first_chunk::<16>()?;
    let low: &[u8; 16] = low.first_chunk()?;
    if u128::from_le_bytes(*high) != 0 {
        return None;
    }
    Some(u128::from_be_bytes(*low))
}

/// The value, where it fits in 64 bits.
#[must_use]
pub fn to_u64(word: &Word) -> Option<u64> {
    to_u128(word).and_then(|value| u64::try_from(value).ok())
}

/// The address, where the twelve bytes above it are zero.
#[must_use]
pub fn to_address(word: &Word) -> Option<Address> {
    // Of the first sixteen bytes, taken from the lowest up, twelve are above the address.
    let above = u128::from_le_bytes(*word.first_chunk()?) << 32;
    (above == 0).then(|| low_address(word))
}

/// The lowest twenty bytes, as a hash is cut to an address or a packed slot holds one.
#[must_use]
pub fn low_address(word: &Word) -> Address {
    Address::from(*word.last_chunk::<20>().unwrap_or(&[0; 20]))
}

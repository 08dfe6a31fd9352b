//! Storage slots, through the cache that the VM keeps for the length of one call.

use crate::host::keccak256;
use crate::word::{Word, ZERO};
use stylus_sdk::hostio;

/// The word in a slot.
#[must_use]
pub fn load(slot: &Word) -> Word {
    let mut word = ZERO;
    // SAFETY: the host reads 32 bytes and writes 32.
    unsafe { hostio::storage_load_bytes32(slot.as_ptr(), word.as_mut_ptr()) };
    word
}

/// Puts a word into a slot; it is written when the cache is flushed: before an outside call and at the end.
pub fn store(slot: &Word, word: &Word) {
    // SAFETY: the host reads 32 bytes twice.
    unsafe { hostio::storage_cache_bytes32(slot.as_ptr(), word.as_ptr()) };
}

/// Writes what is cached; `clear` also forgets it, so that later loads see what others wrote meanwhile.
pub fn flush(clear: bool) {
    // SAFETY: takes no pointer.
    unsafe { hostio::storage_flush_cache(clear) };
}

/// The slot of a mapping's entry as Solidity has it: H(key ‖ slot).
#[must_use]
pub fn mapping(key: &Word, slot: &Word) -> Word {
    let mut both = [0; 64];
    let (left, right) = both.split_at_mut(32);
    left.copy_from_slice(key);
    right.copy_from_slice(slot);
    keccak256(&both)
}

/// The slot `by` places after `slot`.
#[must_use]
pub fn after(slot: &Word, by: u64) -> Word {
    let mut word = *slot;
    let mut carry = by;
    for byte in word.iter_mut().rev() {
        if carry == 0 {
            break;
        }
        let sum = carry.wrapping_add(u64::from(*byte)); // by stays far below 2^63
        *byte = sum as u8;
        carry = sum >> 8;
    }
    word
}

//! Storage slots, through the cache that the VM keeps for the length of one call.

use crate::host::keccak256;
use crate::word::{Word, ZERO};
use alloy_primitives::U256;
use stylus_sdk::host::{WasmVM, VM};
use stylus_sdk::hostio;
use stylus_sdk::storage::StorageType;

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

/// A struct of the SDK's storage types, OpenZeppelin's for instance, laid out from `slot` on.
///
/// Such an accessor is only a place: it keeps no copy of what is stored there, so two of one slot agree, and one stays
/// good across an outside call.
#[must_use]
pub fn at<T: StorageType>(slot: u64) -> T {
    // SAFETY: what aliases is storage, which is read and written through the host at each use.
    unsafe { T::new(U256::from(slot), 0, VM(WasmVM {})) }
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

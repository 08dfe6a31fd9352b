//! Strings in storage, as Solidity lays them out: up to 31 bytes in the slot itself with twice the length in its last byte;
//! longer ones from H(slot) on, with twice the length plus one in the slot.

use alloc::vec::Vec;
use shell::storage;
use shell::word::{self, Word};

const INLINE: usize = 31;

/// Stores a string where none was.
pub(crate) fn store(slot: &Word, bytes: &[u8]) {
    let doubled = (bytes.len() as u64) << 1;
    if bytes.len() <= INLINE {
        let mut word = padded(bytes);
        word[INLINE] = doubled as u8;
        storage::store(slot, &word);
        return;
    }
    storage::store(slot, &word::from_u64(doubled | 1));
    let mut at = shell::host::keccak256(slot);
    for chunk in bytes.chunks(32) {
        storage::store(&at, &padded(chunk));
        at = storage::after(&at, 1);
    }
}

/// The string in a slot.
pub(crate) fn load(slot: &Word) -> Vec<u8> {
    let head = storage::load(slot);
    let low = head[INLINE];
    if low & 1 == 0 {
        let mut bytes = head.to_vec();
        bytes.truncate(usize::from(low >> 1));
        return bytes;
    }
    // Only `store` wrote here, so the length is that of calldata once.
    let len = word::to_u64(&head).unwrap_or_default() as usize >> 1;
    let mut bytes = Vec::with_capacity(len.wrapping_add(31));
    let mut at = shell::host::keccak256(slot);
    while bytes.len() < len {
        bytes.extend_from_slice(&storage::load(&at));
        at = storage::after(&at, 1);
    }
    bytes.truncate(len);
    bytes
}

/// Up to 32 bytes from the left of a word.
fn padded(bytes: &[u8]) -> Word {
    let mut word = word::ZERO;
    for (to, from) in word.iter_mut().zip(bytes) {
        *to = *from;
    }
    word
}

//! One lock a program in transient storage: gone at the end of the transaction, undone by a revert.

use crate::word::{Word, ZERO};

/// Programs keep nothing else in transient storage, so the slot needs no hash.
const SLOT: Word = ZERO;

#[link(wasm_import_module = "vm_hooks")]
extern "C" {
    // SDK 0.9 does not bind these two of Nitro's host calls.
    fn transient_load_bytes32(key: *const u8, dest: *mut u8);
    fn transient_store_bytes32(key: *const u8, value: *const u8);
}

/// Whether the lock is taken.
#[must_use]
pub fn is_taken() -> bool {
    let mut word = ZERO;
    // SAFETY: the host reads 32 bytes and writes 32.
    unsafe { transient_load_bytes32(SLOT.as_ptr(), word.as_mut_ptr()) };
    word != ZERO
}

fn set(taken: bool) {
    let word = crate::word::from_bool(taken);
    // SAFETY: the host reads 32 bytes twice.
    unsafe { transient_store_bytes32(SLOT.as_ptr(), word.as_ptr()) };
}

/// Takes the lock; `false` where it is taken already.
#[must_use]
pub fn take() -> bool {
    if is_taken() {
        return false;
    }
    set(true);
    true
}

/// Gives the lock back. A revert gives it back too.
pub fn release() {
    set(false);
}

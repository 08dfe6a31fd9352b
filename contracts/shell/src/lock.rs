//! One lock a program in transient storage: gone at the end of the transaction, undone by a revert.

use crate::word::{self, Word, ZERO};
use alloy_primitives::Address;

/// Programs keep nothing else in transient storage, so the slot needs no hash.
const SLOT: Word = ZERO;

#[link(wasm_import_module = "vm_hooks")]
extern "C" {
    // SDK 0.9 does not bind these two of Nitro's host calls.
    fn transient_load_bytes32(key: *const u8, dest: *mut u8);
    fn transient_store_bytes32(key: *const u8, value: *const u8);
}

fn holder() -> Word {
    let mut word = ZERO;
    // SAFETY: the host reads 32 bytes and writes 32.
    unsafe { transient_load_bytes32(SLOT.as_ptr(), word.as_mut_ptr()) };
    word
}

fn set(holder: &Word) {
    // SAFETY: the host reads 32 bytes twice.
    unsafe { transient_store_bytes32(SLOT.as_ptr(), holder.as_ptr()) };
}

/// Whether the lock is taken, by whomever.
#[must_use]
pub fn is_taken() -> bool {
    !word::is_zero(&holder())
}

/// Whether the lock is taken for this account. Zero, as which nodes simulate calls, takes none: free is not taken for it.
#[must_use]
pub fn is_taken_for(account: Address) -> bool {
    let holder = holder();
    !word::is_zero(&holder) && holder == word::from_address(account)
}

/// Takes the lock; `false` where it is taken already.
#[must_use]
pub fn take() -> bool {
    if is_taken() {
        return false;
    }
    set(&word::from_bool(true)); // as an address a precompile, which calls nobody
    true
}

/// Takes the lock for one account, which may come back while it is held; `false` where it is taken already.
#[must_use]
pub fn take_for(account: Address) -> bool {
    if is_taken() {
        return false;
    }
    set(&word::from_address(account));
    true
}

/// Gives the lock back. A revert gives it back too.
pub fn release() {
    set(&ZERO);
}

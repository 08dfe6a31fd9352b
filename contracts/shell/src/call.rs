//! Calls of other contracts.
//!
//! Cached storage is invisible to a re-entrant frame and stale after it, so a call first flushes the cache and forgets
//! it; a static call, which can change nothing, only flushes. That it forgets is a second line, which no test of a program
//! can see: what a program loads both before and after a call, its lock keeps everyone from changing in between.
//!
//! Nothing is copied of what a callee returns unless asked for, so a large answer costs nothing.

use crate::word::{Word, ZERO};
use crate::{host, storage};
use alloc::vec::Vec;
use alloy_primitives::Address;
use stylus_sdk::hostio;

/// How a call ended and how many bytes it left.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Returned {
    /// Whether the callee succeeded; true too for an account without code.
    pub success: bool,
    size: usize,
}

impl Returned {
    /// Size of the data the callee returned or reverted with.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The first word of the data; `None` where there are fewer than 32 bytes.
    #[must_use]
    pub fn word(&self) -> Option<Word> {
        if self.size < 32 {
            return None;
        }
        let mut word = ZERO;
        // SAFETY: the host writes at most 32 bytes.
        unsafe { hostio::read_return_data(word.as_mut_ptr(), 0, 32) };
        Some(word)
    }

    /// At most `most` bytes of the data; it must be read before the next call.
    #[must_use]
    pub fn data(&self, most: usize) -> Vec<u8> {
        let size = self.size.min(most);
        let mut data = alloc::vec![0; size];
        // SAFETY: the host writes at most `size` bytes.
        unsafe { hostio::read_return_data(data.as_mut_ptr(), 0, size) };
        data
    }
}

/// Calls with all the gas there is.
pub fn call(to: Address, value: &Word, data: &[u8]) -> Returned {
    call_within(to, value, data, u64::MAX)
}

/// Calls with at most `gas`. The callee has less where 63 of 64 parts of what is left are less ([`can_give`]).
pub fn call_within(to: Address, value: &Word, data: &[u8], gas: u64) -> Returned {
    storage::flush(true);
    let mut size = 0;
    // SAFETY: the host reads 20, 32 and `data.len()` bytes and writes one usize.
    let status = unsafe {
        hostio::call_contract(
            to.0.as_ptr(),
            data.as_ptr(),
            data.len(),
            value.as_ptr(),
            gas,
            &mut size,
        )
    };
    Returned {
        success: status == 0,
        size,
    }
}

/// Calls without leave to change anything, with all the gas there is.
pub fn static_call(to: Address, data: &[u8]) -> Returned {
    static_call_within(to, data, u64::MAX)
}

/// Calls without leave to change anything, with at most `gas`. The callee has less where 63 of 64 parts of what is left
/// are less ([`can_give`]).
pub fn static_call_within(to: Address, data: &[u8], gas: u64) -> Returned {
    storage::flush(false);
    let mut size = 0;
    // SAFETY: the host reads 20 and `data.len()` bytes and writes one usize.
    let status = unsafe {
        hostio::static_call_contract(to.0.as_ptr(), data.as_ptr(), data.len(), gas, &mut size)
    };
    Returned {
        success: status == 0,
        size,
    }
}

/// Whether a call made now, without value, would have all of `gas`. Whoever goes on after a call has failed asks this
/// before it: else a caller short of gas looks like a callee that does not answer.
#[must_use]
pub fn can_give(gas: u64) -> bool {
    // What is taken before the gas is shared out: looking at an account never seen before (2,600), flushing, reading the
    // calldata. Far less than this, which only asks for a little gas more than is needed.
    const BEFORE: u64 = 10_000;
    // EIP-150: a call has at most 63 of 64 parts of what is left, so 64 of 63 parts must be.
    let needed = gas.saturating_add(gas / 63).saturating_add(BEFORE);
    host::gas_left() >= needed
}

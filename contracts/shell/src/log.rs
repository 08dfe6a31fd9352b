//! Logs.

use crate::word::Word;
use alloc::vec::Vec;
use stylus_sdk::hostio;

/// Emits a log: the event's hash and indexed fields, then the other fields ABI-encoded.
pub fn emit(topics: &[Word], data: &[u8]) {
    let mut bytes = Vec::with_capacity(topics.len().wrapping_mul(32).wrapping_add(data.len()));
    for topic in topics {
        bytes.extend_from_slice(topic);
    }
    bytes.extend_from_slice(data);
    // SAFETY: the host reads `bytes.len()` bytes, the first `topics.len()` words of them as topics.
    unsafe { hostio::emit_log(bytes.as_ptr(), bytes.len(), topics.len()) };
}

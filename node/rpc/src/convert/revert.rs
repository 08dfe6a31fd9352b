//! What a revert says, in go-ethereum's words.

use crate::error::Error;
use alloy_primitives::Bytes;
use alloy_sol_types::{Panic, Revert, SolError};

/// The answer to what reverted: its data, and its reason if that is a text.
#[must_use]
pub fn reverted(data: &Bytes) -> Error {
    let reason = Revert::abi_decode(data)
        .map(|revert| revert.reason)
        .or_else(|_| Panic::abi_decode(data).map(|panic| panic_words(&panic)));
    let words = match reason {
        Ok(reason) => format!("execution reverted: {reason}"),
        Err(_) => "execution reverted".to_owned(),
    };
    Error::new(3, words).with_data(data.to_string())
}

fn panic_words(panic: &Panic) -> String {
    let words = match panic.code.saturating_to::<u64>() {
        0x00 => "generic panic",
        0x01 => "assert(false)",
        0x11 => "arithmetic underflow or overflow",
        0x12 => "division or modulo by zero",
        0x21 => "enum overflow",
        0x22 => "invalid encoded storage byte array accessed",
        0x31 => "out-of-bounds array access; popping on an empty array",
        0x32 => "out-of-bounds access of an array or bytesN",
        0x41 => "out of memory",
        0x51 => "uninitialized function",
        code => return format!("unknown panic code: {code:#x}"),
    };
    words.to_owned()
}

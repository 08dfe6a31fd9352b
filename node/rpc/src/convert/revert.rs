//! What a revert says, in go-ethereum's words.

use crate::error::Error;
use alloy_primitives::Bytes;
use alloy_sol_types::{Panic, Revert, SolError, SolInterface, sol};

sol! {
    /// What Arbitrum's precompiles refuse with.
    interface Precompiles {
        error ProgramNotWasm();
        error ProgramNotActivated();
        error ProgramNeedsUpgrade(uint16 version, uint16 stylusVersion);
        error ProgramExpired(uint64 ageInSeconds);
        error ProgramUpToDate();
        error ProgramKeepaliveTooSoon(uint64 ageInSeconds);
        error ProgramInsufficientValue(uint256 have, uint256 want);
        error InvalidBlockNumber(uint256 requested, uint256 current);
        error NoTicketWithID();
        error NotCallable();
    }
}

/// The answer to what reverted: its data, and its reason if that is a text.
#[must_use]
pub fn reverted(data: &Bytes) -> Error {
    let named = || {
        let error = Precompiles::PrecompilesErrors::abi_decode(data);
        error.map(|error| named(&error)).ok()
    };
    let words = match reason(data).or_else(named) {
        Some(reason) => format!("execution reverted: {reason}"),
        None => "execution reverted".to_owned(),
    };
    Error::new(3, words).with_data(data.to_string())
}

/// The reason in what reverted, if that is a text, or the code of a panic.
#[must_use]
pub fn reason(data: &[u8]) -> Option<String> {
    Revert::abi_decode(data)
        .map(|revert| revert.reason)
        .or_else(|_| Panic::abi_decode(data).map(|panic| panic_words(&panic)))
        .ok()
}

fn named(error: &Precompiles::PrecompilesErrors) -> String {
    use Precompiles::PrecompilesErrors::*;
    match error {
        ProgramNotWasm(_) => "error ProgramNotWasm()".to_owned(),
        ProgramNotActivated(_) => "error ProgramNotActivated()".to_owned(),
        ProgramNeedsUpgrade(it) => {
            format!(
                "error ProgramNeedsUpgrade({}, {})",
                it.version, it.stylusVersion
            )
        }
        ProgramExpired(it) => format!("error ProgramExpired({})", it.ageInSeconds),
        ProgramUpToDate(_) => "error ProgramUpToDate()".to_owned(),
        ProgramKeepaliveTooSoon(it) => {
            format!("error ProgramKeepaliveTooSoon({})", it.ageInSeconds)
        }
        ProgramInsufficientValue(it) => {
            format!("error ProgramInsufficientValue({}, {})", it.have, it.want)
        }
        InvalidBlockNumber(it) => {
            format!("error InvalidBlockNumber({}, {})", it.requested, it.current)
        }
        NoTicketWithID(_) => "error NoTicketWithID()".to_owned(),
        NotCallable(_) => "error NotCallable()".to_owned(),
    }
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

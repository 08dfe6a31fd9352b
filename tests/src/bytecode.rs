//! Contracts so small that their EVM code is written out.

/// Creation code that deploys a runtime of at most 255 bytes.
///
/// # Panics
/// For a longer one.
#[must_use]
pub fn creation(runtime: &[u8]) -> Vec<u8> {
    let size = u8::try_from(runtime.len()).expect("at most 255 bytes");
    // PUSH1 size, DUP1, PUSH1 9, RETURNDATASIZE (0), CODECOPY, RETURNDATASIZE (0), RETURN
    [
        &[0x60, size, 0x80, 0x60, 9, 0x3d, 0x39, 0x3d, 0xf3][..],
        runtime,
    ]
    .concat()
}

/// A runtime that answers the same at most 245 bytes, whatever it is asked.
///
/// # Panics
/// For more.
#[must_use]
pub fn always(answer: &[u8]) -> Vec<u8> {
    let size = u8::try_from(answer.len()).expect("at most 245 bytes");
    // PUSH1 size, PUSH1 10, PUSH0, CODECOPY, PUSH1 size, PUSH0, RETURN
    [
        &[0x60, size, 0x60, 10, 0x5f, 0x39, 0x60, size, 0x5f, 0xf3][..],
        answer,
    ]
    .concat()
}

/// Calls, statically, the address in its first word of calldata with the rest, and returns what that returns.
#[rustfmt::skip]
pub const ASKER: [u8; 27] = [
    0x60, 0x20, 0x36, 0x03,             // CALLDATASIZE - 32
    0x80, 0x60, 0x20, 0x5f, 0x37,       // CALLDATACOPY(0, 32, size)
    0x5f, 0x5f, 0x91, 0x5f, 0x5f, 0x35, // no room for an answer; size, 0, CALLDATALOAD(0)
    0x5a, 0xfa,                         // STATICCALL with all gas
    0x50,                               // POP
    0x3d, 0x5f, 0x5f, 0x3e,             // RETURNDATACOPY(0, 0, RETURNDATASIZE)
    0x3d, 0x5f, 0xf3, 0x00, 0x00,       // RETURN(0, RETURNDATASIZE)
];

/// As [`ASKER`], with 30,000 gas; returns whether the call succeeded and the first word of its answer.
#[rustfmt::skip]
pub const FRUGAL_ASKER: [u8; 28] = [
    0x60, 0x20, 0x36, 0x03,                   // CALLDATASIZE - 32
    0x80, 0x60, 0x20, 0x5f, 0x37,             // CALLDATACOPY(0, 32, size)
    0x60, 0x20, 0x60, 0x20, 0x91, 0x5f,       // the answer to 32, 32 bytes of it; size, 0
    0x5f, 0x35, 0x61, 0x75, 0x30, 0xfa,       // STATICCALL(30,000, CALLDATALOAD(0), ...)
    0x5f, 0x52,                               // MSTORE(0, success)
    0x60, 0x40, 0x5f, 0xf3, 0x00,             // RETURN(0, 64)
];

/// Calldata for the two above.
#[must_use]
pub fn asking(whom: alloy_primitives::Address, input: &[u8]) -> Vec<u8> {
    [whom.into_word().as_slice(), input].concat()
}

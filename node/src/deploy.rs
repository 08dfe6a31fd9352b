//! How code gets onto a chain.

/// Init code that deploys code as it is, in the words of cargo-stylus: copy what follows this prelude, and return it.
#[must_use]
pub fn init_code(code: &[u8]) -> Vec<u8> {
    const PUSH32: u8 = 0x7f;
    // DUP1, PUSH1 43 (the length of the prelude), PUSH1 0, CODECOPY, PUSH1 0, RETURN, and a zero before the code
    const REST: [u8; 10] = [0x80, 0x60, 0x2b, 0x60, 0x00, 0x39, 0x60, 0x00, 0xf3, 0x00];
    let mut length = [0; 32];
    length[24..].copy_from_slice(&(code.len() as u64).to_be_bytes());
    [&[PUSH32], &length[..], &REST, code].concat()
}

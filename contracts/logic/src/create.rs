//! Addresses of contracts made by CREATE.

use alloc::vec::Vec;

/// keccak256(rlp([deployer, nonce])), the last 20 bytes. A contract's nonce is 1 before its first creation (EIP-161).
#[must_use]
pub fn address(keccak256: impl Fn(&[u8]) -> [u8; 32], deployer: &[u8; 20], nonce: u64) -> [u8; 20] {
    const LIST: u8 = 0xc0;
    const STRING: u8 = 0x80;
    // Of a u64 at most seven leading bytes beside the last are zero, so at most 8 bytes follow.
    let bytes = nonce.to_be_bytes();
    let mut digits = bytes.as_slice();
    while let [0, rest @ ..] = digits {
        digits = rest;
    }
    let mut number = Vec::with_capacity(9);
    match digits {
        [single] if *single < STRING => {}
        _ => number.push(STRING | digits.len() as u8),
    }
    number.extend_from_slice(digits);

    let mut preimage = Vec::with_capacity(31);
    preimage.push((LIST | 21).wrapping_add(number.len() as u8)); // at most 0xc0 + 21 + 9
    preimage.push(STRING | 20);
    preimage.extend_from_slice(deployer);
    preimage.extend_from_slice(&number);
    crate::word::low_address(&keccak256(&preimage))
}

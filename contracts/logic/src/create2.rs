//! Addresses of contracts made by CREATE2 (EIP-1014).

/// keccak256(0xff ‖ deployer ‖ salt ‖ keccak256(init code)), the last 20 bytes.
#[must_use]
pub fn address(
    keccak256: impl Fn(&[u8]) -> [u8; 32],
    deployer: &[u8; 20],
    salt: &[u8; 32],
    init_code_hash: &[u8; 32],
) -> [u8; 20] {
    let mut preimage = [0xff; 85];
    preimage[1..21].copy_from_slice(deployer);
    preimage[21..53].copy_from_slice(salt);
    preimage[53..].copy_from_slice(init_code_hash);
    crate::word::low_address(&keccak256(&preimage))
}

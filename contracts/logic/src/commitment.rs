//! Dating a claim before its mint.

use crate::word;

/// keccak256("lineage.commitment.v1").
pub const DOMAIN: [u8; 32] = [
    0x1b, 0xe1, 0x11, 0x3f, 0x4c, 0x18, 0x07, 0xd4, 0x38, 0xf1, 0x3a, 0x1c, 0x56, 0xcb, 0x99, 0x49,
    0x33, 0x2e, 0x5d, 0x04, 0xd8, 0xa6, 0x2b, 0x33, 0x44, 0xcc, 0x3f, 0x2d, 0x3e, 0x39, 0x90, 0xaf,
];

/// The hash a creator commits: H(abi.encode(domain, creator, outputHash, processRoot, salt)). The creator inside makes a
/// copied commitment useless to the copier, the salt hides what is claimed until the mint.
#[must_use]
pub fn hash(
    keccak256: impl Fn(&[u8]) -> [u8; 32],
    creator: &[u8; 20],
    output_hash: &[u8; 32],
    process_root: &[u8; 32],
    salt: &[u8; 32],
) -> [u8; 32] {
    keccak256(
        [
            DOMAIN,
            word::address(creator),
            *output_hash,
            *process_root,
            *salt,
        ]
        .as_flattened(),
    )
}

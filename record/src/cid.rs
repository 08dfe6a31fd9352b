//! Content identifiers (CIDv1).

use alloy_primitives::B256;
use cid::Cid;
use cid::multihash::Multihash;

/// Multicodec of a plain block of bytes (multiformats table).
const RAW: u64 = 0x55;
/// Multicodec of SHA-256 (multiformats table).
const SHA2_256: u64 = 0x12;

/// The identifier of a file that is one block: CIDv1, raw, of its SHA-256.
#[must_use]
pub fn raw(sha256: &B256) -> Cid {
    let hash = Multihash::wrap(SHA2_256, sha256.as_slice()).expect("32 bytes fit in a multihash");
    Cid::new_v1(RAW, hash)
}

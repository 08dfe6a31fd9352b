//! `web3_`: what answers here, and a hash.

use super::Api;
use alloy_primitives::{Bytes, keccak256};

/// Registers them.
pub(super) fn register(api: &mut Api) {
    // Tools look for how it begins before they use methods for development: hardhat's network helpers, OpenZeppelin's upgrades
    // (docs/decisions/027).
    api.method("web3_clientVersion", |_, (): ()| Ok(super::anvil::CLIENT));
    api.method("web3_sha3", |_, (bytes,): (Bytes,)| Ok(keccak256(bytes)));
}

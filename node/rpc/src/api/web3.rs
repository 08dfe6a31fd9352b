//! `web3_`: what answers here, and a hash.

use super::Api;
use alloy_primitives::{Bytes, keccak256};

/// Registers them.
pub(super) fn register(api: &mut Api) {
    api.method("web3_clientVersion", |_, (): ()| Ok(super::anvil::CLIENT));
    api.method("web3_sha3", |_, (bytes,): (Bytes,)| Ok(keccak256(bytes)));
}

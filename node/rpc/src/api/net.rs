//! `net_`: the network, of which there is none but its number.

use super::Api;
use alloy_primitives::U64;

/// Registers them.
pub(super) fn register(api: &mut Api) {
    api.method("net_version", |node, (): ()| {
        Ok(node.chain(|chain| chain.config().chain_id).to_string())
    });
    api.method("net_listening", |_, (): ()| Ok(true));
    api.method("net_peerCount", |_, (): ()| Ok(U64::ZERO));
}

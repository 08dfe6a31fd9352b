//! Which chain it is, and how far it is.

use crate::api::Api;
use alloy_primitives::U64;
use serde_json::Value;

pub(super) fn register(api: &mut Api) {
    api.method("eth_chainId", |node, (): ()| {
        Ok(U64::from(node.chain(|chain| chain.config().chain_id)))
    });
    api.method("eth_blockNumber", |node, (): ()| {
        Ok(U64::from(node.chain(crate::node::Chain::block_number)))
    });
    // it has nobody to catch up with
    api.method("eth_syncing", |_, (): ()| Ok(false));
    // Arbitrum has no blobs
    api.method("eth_blobBaseFee", |_, (): ()| Ok(Value::Null));
}

//! Which chain it is, and how far it is.

use crate::api::Api;
use alloy_primitives::U64;

pub(super) fn register(api: &mut Api) {
    api.method("eth_chainId", |node, (): ()| {
        Ok(U64::from(node.chain(|chain| chain.config().chain_id)))
    });
}

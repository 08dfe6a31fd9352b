//! What accounts hold.

use crate::api::Api;
use crate::convert::{BlockRef, Slot};
use crate::error::Error;
use alloy_primitives::{Address, B256, U64};
use std::collections::BTreeMap;
use stylus_chain::store::StoreError;

pub(super) fn register(api: &mut Api) {
    api.method(
        "eth_getBalance",
        |node, (account, block): (Address, BlockRef)| Ok(node.moment(block.0)?.balance(account)?),
    );
    api.method(
        "eth_getTransactionCount",
        |node, (account, block): (Address, BlockRef)| {
            Ok(U64::from(node.moment(block.0)?.nonce(account)?))
        },
    );
    api.method(
        "eth_getCode",
        |node, (account, block): (Address, BlockRef)| Ok(node.moment(block.0)?.code(account)?),
    );
    api.method(
        "eth_getStorageAt",
        |node, (account, key, block): (Address, String, BlockRef)| {
            let key = Slot::read(&key)
                .map_err(|why| Error::refused(format!("unable to decode storage key: {why}")))?;
            let held = node.moment(block.0)?.storage(account, key.slot)?;
            Ok(B256::from(held))
        },
    );
    api.method(
        "eth_getStorageValues",
        |node, (wanted, block): (serde_json::Value, BlockRef)| {
            let unfit = |error: serde_json::Error| Error::argument(0, error);
            let wanted: BTreeMap<Address, Vec<B256>> =
                serde_json::from_value(wanted).map_err(unfit)?;
            let moment = node.moment(block.0)?;
            let mut held = BTreeMap::new();
            for (account, slots) in wanted {
                let values = slots
                    .into_iter()
                    .map(|slot| moment.storage(account, slot.into()));
                let values = values.map(|value| value.map(B256::from));
                held.insert(account, values.collect::<Result<Vec<_>, _>>()?);
            }
            Ok(held)
        },
    );
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::refused(error.to_string())
    }
}

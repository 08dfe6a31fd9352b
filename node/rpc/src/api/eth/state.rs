//! What accounts hold.

use crate::api::Api;
use crate::convert::{BlockRef, Slot};
use crate::error::Error;
use alloy_primitives::{Address, B256, U64, U256};
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
            let nonce = match block.0.is_pending() {
                true => node.next_nonce(account)?,
                false => node.moment(block.0)?.nonce(account)?,
            };
            Ok(U64::from(nonce))
        },
    );
    api.method(
        "eth_getCode",
        |node, (account, block): (Address, BlockRef)| Ok(node.moment(block.0)?.code(account)?),
    );
    api.method(
        "eth_getStorageAt",
        |node, (account, slot, block): (Address, String, BlockRef)| {
            let held = node.moment(block.0)?.storage(account, key(&slot)?)?;
            Ok(B256::from(held))
        },
    );
    api.method(
        "eth_getStorageValues",
        |node, (wanted, block): (serde_json::Value, BlockRef)| {
            let unfit = |error: serde_json::Error| Error::argument(0, error);
            let wanted: BTreeMap<Address, Vec<String>> =
                serde_json::from_value(wanted).map_err(unfit)?;
            let moment = node.moment(block.0)?;
            let mut held = BTreeMap::new();
            for (account, slots) in wanted {
                let mut values = Vec::with_capacity(slots.len());
                for slot in slots {
                    values.push(B256::from(moment.storage(account, key(&slot)?)?));
                }
                held.insert(account, values);
            }
            Ok(held)
        },
    );
}

fn key(text: &str) -> Result<U256, Error> {
    let read = Slot::read(text).map(|slot| slot.slot);
    read.map_err(|why| Error::refused(format!("unable to decode storage key: {why}")))
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::refused(error.to_string())
    }
}

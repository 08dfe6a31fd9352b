//! Transactions that wait.

use super::TransactionJson;
use crate::node::Waiting;
use alloy_primitives::{Address, U64, U256};
use serde_json::{Value, json};

/// A transaction that waits, as one in a block but for the block.
#[must_use]
pub fn waiting(waiting: &Waiting, chain_id: u64) -> Value {
    match waiting {
        Waiting::Signed(signed) => json!(TransactionJson::signed(signed, chain_id)),
        Waiting::Unsigned(unsigned) => {
            let transaction = &unsigned.transaction;
            json!({
                "blockHash": null,
                "blockNumber": null,
                "from": transaction.from,
                "gas": U64::from(transaction.gas_limit),
                "gasPrice": U256::from(unsigned.max_fee),
                "hash": unsigned.hash,
                "input": transaction.input,
                "nonce": U64::from(unsigned.nonce),
                "to": transaction.to,
                "transactionIndex": null,
                "value": transaction.value,
                "type": "0x65",
                "chainId": U64::from(chain_id),
            })
        }
    }
}

/// A transaction that waits, in go-ethereum's words.
#[must_use]
pub fn in_words(waiting: &Waiting) -> String {
    let to = match waiting.to() {
        Some(to) => Address::to_checksum(&to, None),
        None => "contract creation".to_owned(),
    };
    let (value, gas, price) = (waiting.value(), waiting.gas_limit(), waiting.max_fee());
    format!("{to}: {value} wei + {gas} gas × {price} wei")
}

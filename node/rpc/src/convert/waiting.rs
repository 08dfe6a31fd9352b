//! Transactions that wait.

use crate::node::Waiting;
use alloy_consensus::Transaction as _;
use alloy_primitives::{Address, U64, U256};
use serde_json::{Value, json};

/// A transaction that waits, as one in a block but for the block.
#[must_use]
pub fn waiting(waiting: &Waiting) -> Value {
    let mut shown = match waiting {
        Waiting::Signed(signed) => serde_json::to_value(signed.envelope()).unwrap_or_default(),
        Waiting::Unsigned(unsigned) => {
            let transaction = &unsigned.transaction;
            json!({
                "type": "0x65",
                "chainId": null,
                "nonce": U64::from(unsigned.nonce),
                "gas": U64::from(transaction.gas_limit),
                "gasPrice": U256::from(unsigned.max_fee),
                "to": transaction.to,
                "value": transaction.value,
                "input": transaction.input,
            })
        }
    };
    if shown.get("gasPrice").is_none() {
        shown["gasPrice"] = json!(U256::from(waiting.max_fee()));
    }
    shown["hash"] = json!(waiting.hash());
    shown["from"] = json!(waiting.from());
    for place in ["blockHash", "blockNumber", "transactionIndex"] {
        shown[place] = Value::Null;
    }
    shown
}

/// A transaction that waits, in go-ethereum's words.
#[must_use]
pub fn in_words(waiting: &Waiting) -> String {
    let (to, value, gas) = match waiting {
        Waiting::Signed(signed) => {
            let envelope = signed.envelope();
            (envelope.to(), envelope.value(), envelope.gas_limit())
        }
        Waiting::Unsigned(unsigned) => {
            let transaction = &unsigned.transaction;
            (transaction.to, transaction.value, transaction.gas_limit)
        }
    };
    let to = to.map_or_else(
        || "contract creation".to_owned(),
        |to| Address::to_checksum(&to, None),
    );
    let price = waiting.max_fee();
    format!("{to}: {value} wei + {gas} gas × {price} wei")
}

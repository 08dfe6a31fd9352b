//! A line for a transaction.

use crate::convert::{halted, reverted};
use alloy_primitives::{Address, hex};
use serde_json::{Value, json};
use stylus_chain::chain::Block;
use stylus_chain::{Executed, Status};

/// What became of a transaction, in words.
fn end(executed: &Executed) -> String {
    match (&executed.status, &executed.refusal) {
        (Status::Success, _) => "ok".to_owned(),
        (_, Some(refusal)) => format!("reverted: {refusal}"),
        (Status::Revert, None) => {
            let said = reverted(&executed.output).message;
            let reason = said.strip_prefix("execution reverted: ");
            match reason {
                Some(reason) => format!("reverted: {reason}"),
                None if executed.output.is_empty() => "reverted".to_owned(),
                None => format!("reverted with {}", executed.output),
            }
        }
        (Status::Halt(reason), None) => format!("failed: {}", halted(reason)),
    }
}

/// What it called there: the first four bytes of its data.
fn method(input: &[u8]) -> Option<String> {
    input.first_chunk::<4>().map(hex::encode_prefixed)
}

/// An account by its first and last bytes.
fn short(account: Address) -> String {
    let shown = account.to_string();
    format!("{}…{}", &shown[..6], &shown[38..])
}

/// A line for people.
#[must_use]
pub fn line(block: &Block, executed: &Executed, input: &[u8]) -> String {
    let (from, gas) = (short(executed.from), executed.gas_used);
    let what = match (executed.to, executed.contract_address) {
        (Some(to), _) => {
            let method = method(input).map(|method| format!(" {method}"));
            format!("{}{}", short(to), method.unwrap_or_default())
        }
        (None, Some(created)) => format!("creates {created}"),
        (None, None) => "creates nothing".to_owned(),
    };
    let (number, end) = (block.number, end(executed));
    let hash = executed.transaction_hash;
    format!("block {number}  {hash}  {from} → {what}  {gas} gas  {end}")
}

/// The same as JSON.
#[must_use]
pub fn json_line(block: &Block, executed: &Executed, input: &[u8]) -> Value {
    json!({
        "event": "transaction",
        "block": block.number,
        "hash": executed.transaction_hash,
        "from": executed.from,
        "to": executed.to,
        "created": executed.contract_address,
        "method": executed.to.and_then(|_| method(input)),
        "gasUsed": executed.gas_used,
        "success": executed.status.is_success(),
        "end": end(executed),
    })
}

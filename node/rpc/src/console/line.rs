//! A line for a transaction.

use crate::convert::{halted, reverted};
use crate::names::Names;
use alloy_primitives::{Address, hex};
use serde_json::{Value, json};
use stylus_chain::chain::Block;
use stylus_chain::{Executed, Status};

/// What became of a transaction, in words.
fn end(names: &Names, executed: &Executed) -> String {
    match (&executed.status, &executed.refusal) {
        (Status::Success, _) => "ok".to_owned(),
        (_, Some(refusal)) => format!("reverted: {refusal}"),
        (Status::Revert, None) => {
            if let Some(error) = names.error(&executed.output) {
                return format!("reverted: {error}");
            }
            let said = reverted(&executed.output).message;
            let reason = said.strip_prefix("execution reverted: ");
            match reason {
                Some(reason) => format!("reverted: {}", plain(reason)),
                None if executed.output.is_empty() => "reverted".to_owned(),
                None => format!("reverted with {}", executed.output),
            }
        }
        (Status::Halt(reason), None) => format!("failed: {}", halted(reason)),
    }
}

/// What a contract says, without what a terminal obeys.
fn plain(text: &str) -> String {
    text.chars()
        .map(|character| match character.is_control() {
            true => '\u{fffd}',
            false => character,
        })
        .collect()
}

/// What it called there: the name of the function, or the first four bytes of its data.
fn method(names: &Names, input: &[u8]) -> Option<String> {
    let selector = input.first_chunk::<4>()?;
    let name = names.of_function(input).map(str::to_owned);
    Some(name.unwrap_or_else(|| hex::encode_prefixed(selector)))
}

/// An account by its name, or its first and last bytes.
fn short(names: &Names, account: Address) -> String {
    if let Some(name) = names.of_contract(account) {
        return name.to_owned();
    }
    let shown = account.to_string();
    format!("{}…{}", &shown[..6], &shown[38..])
}

/// A line for people.
#[must_use]
pub fn line(names: &Names, block: &Block, executed: &Executed, input: &[u8]) -> String {
    let (from, gas) = (short(names, executed.from), executed.gas_used);
    let what = match (executed.to, executed.contract_address) {
        (Some(to), _) => {
            let method = method(names, input).map(|method| format!(".{method}"));
            format!("{}{}", short(names, to), method.unwrap_or_default())
        }
        (None, Some(created)) => format!("creates {created}"),
        (None, None) => "creates nothing".to_owned(),
    };
    let (number, end) = (block.number, end(names, executed));
    let hash = executed.transaction_hash;
    format!("block {number}  {hash}  {from} → {what}  {gas} gas  {end}")
}

/// The same as JSON.
#[must_use]
pub fn json_line(names: &Names, block: &Block, executed: &Executed, input: &[u8]) -> Value {
    json!({
        "event": "transaction",
        "block": block.number,
        "hash": executed.transaction_hash,
        "from": executed.from,
        "to": executed.to,
        "created": executed.contract_address,
        "contract": executed.to.and_then(|to| names.of_contract(to)),
        "method": executed.to.and_then(|_| method(names, input)),
        "gasUsed": executed.gas_used,
        "success": executed.status.is_success(),
        "end": end(names, executed),
    })
}

//! From what a tool asks to be sent to a transaction: one that nobody signs, one that is still to be signed, one that is.

use super::CallRequest;
use crate::error::Error;
use alloy_consensus::crypto::secp256k1::sign_message;
use alloy_consensus::{
    SignableTransaction, Transaction as _, TxEip1559, TxEip2930, TxEip7702, TxEnvelope, TxLegacy,
    TypedTransaction,
};
use alloy_eips::eip2718::{Encodable2718, Typed2718};
use alloy_eips::eip2930::AccessList;
use alloy_primitives::{B256, Bytes, Signature, TxKind, U64, U256};
use serde::Serialize;
use serde_json::{Value, json};
use stylus_chain::Transaction;

/// The transaction that a request asks for, whose sender is taken on trust.
#[must_use]
pub fn unsigned(request: &CallRequest) -> Transaction {
    let mut transaction = request.transaction(Transaction::MAX_GAS);
    let most = request.max_fee_per_gas.or(request.gas_price);
    transaction.max_fee = most.map(|price| price.to());
    transaction
}

/// The transaction that a complete request asks for, not signed yet. It is of the type that its fields name, as with
/// go-ethereum: by a price of before there were tips it is of before there were types.
///
/// # Errors
/// An [`Error`] that names what is missing.
pub fn typed(request: &CallRequest, chain_id: u64) -> Result<TypedTransaction, Error> {
    let missing = |name: &str| Error::refused(format!("{name} not specified"));
    let gas_limit = request.gas.ok_or_else(|| missing("gas"))?.to();
    let nonce = request.nonce.ok_or_else(|| missing("nonce"))?.to();
    let to = request.to.map_or(TxKind::Create, TxKind::Call);
    let value = request.value.unwrap_or_default();
    let input = request.calldata();
    let access_list = request.access_list.clone();
    if let Some(price) = request.gas_price {
        let gas_price = price.to();
        return Ok(match access_list {
            None => TypedTransaction::Legacy(TxLegacy {
                chain_id: Some(chain_id),
                nonce,
                gas_price,
                gas_limit,
                to,
                value,
                input,
            }),
            Some(access_list) => TypedTransaction::Eip2930(TxEip2930 {
                chain_id,
                nonce,
                gas_price,
                gas_limit,
                to,
                value,
                access_list,
                input,
            }),
        });
    }
    let max_fee_per_gas = request.max_fee_per_gas.unwrap_or_default().to();
    let max_priority_fee_per_gas = request.max_priority_fee_per_gas.unwrap_or_default().to();
    let access_list = access_list.unwrap_or_default();
    match (&request.authorization_list, request.to) {
        (Some(list), Some(to)) if !list.is_empty() => Ok(TypedTransaction::Eip7702(TxEip7702 {
            chain_id,
            nonce,
            gas_limit,
            max_fee_per_gas,
            max_priority_fee_per_gas,
            to,
            value,
            access_list,
            authorization_list: list.clone(),
            input,
        })),
        _ => Ok(TypedTransaction::Eip1559(TxEip1559 {
            chain_id,
            nonce,
            gas_limit,
            max_fee_per_gas,
            max_priority_fee_per_gas,
            to,
            value,
            access_list,
            input,
        })),
    }
}

/// A transaction with the signature of a key.
///
/// # Errors
/// An [`Error`] if the key signs nothing.
pub fn signed(transaction: TypedTransaction, key: B256) -> Result<TxEnvelope, Error> {
    let signature = sign_message(key, transaction.signature_hash());
    let signature = signature.map_err(|error| Error::internal(error.to_string()))?;
    Ok(transaction.into_envelope(signature))
}

/// A transaction that nobody has signed yet: as one whose signature is made of zeros, as go-ethereum has it.
#[must_use]
pub fn draft(transaction: TypedTransaction) -> TxEnvelope {
    transaction.into_envelope(Signature::new(U256::ZERO, U256::ZERO, false))
}

/// A transaction as a wallet is shown it: its bytes, and its fields.
#[derive(Debug, Serialize)]
pub struct Shown {
    raw: Bytes,
    tx: Value,
}

impl Shown {
    /// Shows one, with the numbers of its signature if it has one.
    #[must_use]
    pub fn new(transaction: &TxEnvelope, is_signed: bool) -> Self {
        let signature = transaction.signature();
        let parity = u64::from(signature.v());
        let is_typed = !matches!(transaction, TxEnvelope::Legacy(_));
        let v = match (is_typed, transaction.chain_id()) {
            (true, _) => parity,
            (false, _) if !is_signed => 0,
            (false, Some(id)) => id.saturating_mul(2).saturating_add(35 + parity),
            (false, None) => 27 + parity,
        };
        let number = |value: u128| format!("{value:#x}");
        // go-ethereum's own form of a transaction has no price where it has a tip
        let has_tip = transaction.is_dynamic_fee();
        let price = transaction.gas_price().unwrap_or_default();
        let mut tx = json!({
            "type": U64::from(transaction.ty()),
            "chainId": transaction.chain_id().map(U64::from),
            "nonce": U64::from(transaction.nonce()),
            "to": transaction.to(),
            "gas": U64::from(transaction.gas_limit()),
            "gasPrice": number(price),
            "maxPriorityFeePerGas": transaction.max_priority_fee_per_gas().map(number),
            "maxFeePerGas": has_tip.then(|| number(transaction.max_fee_per_gas())),
            "value": transaction.value(),
            "input": transaction.input(),
            "v": U64::from(v),
            "r": signature.r(),
            "s": signature.s(),
            "hash": transaction.tx_hash(),
        });
        if is_typed {
            let nothing = AccessList::default();
            tx["accessList"] = json!(transaction.access_list().unwrap_or(&nothing));
            tx["yParity"] = json!(U64::from(parity));
        }
        if let Some(list) = transaction.authorization_list() {
            tx["authorizationList"] = json!(list);
        }
        Self {
            raw: transaction.encoded_2718().into(),
            tx,
        }
    }
}

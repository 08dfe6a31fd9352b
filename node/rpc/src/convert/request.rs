//! From what a tool asks to be sent to a transaction.

use crate::error::Error;
use alloy_consensus::crypto::secp256k1::sign_message;
use alloy_consensus::{SignableTransaction, TxEnvelope, TypedTransaction};
use alloy_eips::eip2718::Encodable2718;
use alloy_primitives::{Address, B256, Bytes};
use alloy_rpc_types_eth::TransactionRequest;
use stylus_chain::Transaction;

/// The transaction that a request asks for, whose sender is taken on trust.
#[must_use]
pub fn unsigned(request: &TransactionRequest) -> Transaction {
    let from = request.from.unwrap_or(Address::ZERO);
    let mut transaction = Transaction::new(from);
    transaction.to = request.to.and_then(|kind| kind.to().copied());
    transaction.value = request.value.unwrap_or_default();
    transaction.input = request.input.input().cloned().unwrap_or_default();
    transaction.gas_limit = request.gas.unwrap_or(transaction.gas_limit);
    transaction.nonce = request.nonce;
    transaction.max_fee = request.max_fee_per_gas.or(request.gas_price);
    transaction
}

/// The transaction that a complete request asks for, signed.
///
/// # Errors
/// An [`Error`] if something is missing or the parts do not fit one another.
pub fn signed(request: TransactionRequest, key: B256) -> Result<Bytes, Error> {
    let mut request = request;
    request.trim_conflicting_keys();
    let built = request.build_typed_tx();
    let built =
        built.map_err(|_| Error::refused("the parts of the transaction do not fit one another"))?;
    fn envelope<T: SignableTransaction<alloy_primitives::Signature>>(
        transaction: T,
        key: B256,
    ) -> Result<alloy_consensus::Signed<T>, Error> {
        let signature = sign_message(key, transaction.signature_hash());
        let signature = signature.map_err(|error| Error::internal(error.to_string()))?;
        Ok(transaction.into_signed(signature))
    }
    let envelope: TxEnvelope = match built {
        TypedTransaction::Legacy(transaction) => envelope(transaction, key)?.into(),
        TypedTransaction::Eip2930(transaction) => envelope(transaction, key)?.into(),
        TypedTransaction::Eip1559(transaction) => envelope(transaction, key)?.into(),
        TypedTransaction::Eip7702(transaction) => envelope(transaction, key)?.into(),
        TypedTransaction::Eip4844(_) => {
            return Err(Error::refused("transaction type not supported"));
        }
    };
    Ok(envelope.encoded_2718().into())
}

//! What the node signs for its accounts: messages, typed data and transactions; and transactions that somebody else will sign.

use super::Api;
use super::accounts::completed;
use super::json::Json;
use super::typed_data::Readable;
use crate::convert::{self, CallRequest, Shown};
use crate::error::Error;
use crate::node::Node;
use alloy_consensus::crypto::secp256k1::sign_message;
use alloy_primitives::{Address, B256, Bytes, eip191_hash_message};
use std::sync::Arc;

/// Registers them.
pub(super) fn register(api: &mut Api) {
    api.method("eth_sign", |node, (Json(account), Json(message))| {
        sign_text(node, account, &message)
    });
    // clients send a password too, which there is none of
    api.method(
        "personal_sign",
        |node, (Json(message), Json(account), _): (Json<Bytes>, _, Option<String>)| {
            sign_text(node, account, &message)
        },
    );
    api.method(
        "eth_signTypedData_v4",
        |node, (account, Readable(data)): (Address, Readable)| {
            let hash = data.eip712_signing_hash();
            let hash = hash.map_err(|error| Error::argument(1, error))?;
            sign(node, account, hash)
        },
    );
    api.method("eth_signTransaction", |node, (request,): (CallRequest,)| {
        sign_transaction(node, request)
    });
    api.method("eth_fillTransaction", |node, (request,): (CallRequest,)| {
        let (request, chain_id) = completed(node, request)?;
        let draft = convert::draft(convert::typed(&request, chain_id)?);
        Ok(Shown::new(&draft, false))
    });
}

/// The key of an account.
pub(super) fn key(node: &Arc<Node>, account: Address) -> Result<B256, Error> {
    let signer = node.wallet().signer(account);
    let signer = signer.ok_or_else(|| Error::refused("unknown account"))?;
    Ok(signer.to_bytes())
}

fn sign(node: &Arc<Node>, account: Address, hash: B256) -> Result<Bytes, Error> {
    let signature = sign_message(key(node, account)?, hash);
    let signature = signature.map_err(|error| Error::internal(error.to_string()))?;
    Ok(signature.as_bytes().into())
}

/// Signs a message as Ethereum's wallets do (EIP-191).
fn sign_text(node: &Arc<Node>, account: Address, message: &Bytes) -> Result<Bytes, Error> {
    sign(node, account, eip191_hash_message(message))
}

/// Signs a transaction that says all that could be read off the chain.
fn sign_transaction(node: &Arc<Node>, request: CallRequest) -> Result<Shown, Error> {
    if request.gas.is_none() {
        return Err(Error::refused("gas not specified"));
    }
    let has_fees = request.max_fee_per_gas.is_some() && request.max_priority_fee_per_gas.is_some();
    if request.gas_price.is_none() && !has_fees {
        let words = "missing gasPrice or maxFeePerGas/maxPriorityFeePerGas";
        return Err(Error::refused(words));
    }
    if request.nonce.is_none() {
        return Err(Error::refused("nonce not specified"));
    }
    let chain_id = node.chain(|chain| chain.config().chain_id);
    request.check(chain_id)?;
    let key = key(node, request.sender())?;
    let signed = convert::signed(convert::typed(&request, chain_id)?, key)?;
    Ok(Shown::new(&signed, true))
}

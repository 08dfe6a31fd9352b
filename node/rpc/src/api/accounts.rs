//! What the node signs or sends for its accounts.

use super::Api;
use super::json::{Json, Number};
use crate::convert::{self, ReceiptJson};
use crate::error::Error;
use crate::node::Node;
use alloy_consensus::crypto::secp256k1::sign_message;
use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, Bytes, eip191_hash_message};
use alloy_rpc_types_eth::{TransactionInput, TransactionRequest};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use stylus_chain::Status;
use stylus_chain::chain::EstimateError;

/// Registers them.
pub(super) fn register(api: &mut Api) {
    for name in ["eth_accounts", "personal_listAccounts"] {
        api.method(name, |node, (): ()| Ok(node.senders()));
    }
    api.method("eth_sendTransaction", |node, (Json(request),)| {
        send(node, request)
    });
    api.method(
        "eth_sendRawTransactionSync",
        |node, (raw, most): (Bytes, Option<Number>)| {
            let most = most.map_or(LONGEST, |Number(most)| {
                Duration::from_millis(most).min(LONGEST)
            });
            send_and_wait(node, &raw, most)
        },
    );
    api.method("eth_sendUnsignedTransaction", |node, (Json(request),)| {
        send_unsigned(node, request)
    });
    api.method("eth_sign", |node, (Json(account), Json(message))| {
        sign(node, account, message)
    });
    // clients send a password too, which there is none of
    api.method(
        "personal_sign",
        |node, (Json(message), Json(account), _): (_, _, Option<String>)| {
            sign(node, account, message)
        },
    );
}

/// How long a caller may wait for a block, as with go-ethereum.
const LONGEST: Duration = Duration::from_secs(20);

/// Sends a transaction and waits until it is in a block (EIP-7966).
fn send_and_wait(node: &Arc<Node>, raw: &[u8], most: Duration) -> Result<ReceiptJson, Error> {
    let begun = Instant::now();
    let hash = node.submit(raw)?;
    loop {
        let receipt = node.chain(|chain| {
            let (block, index) = chain.transaction(hash)?;
            ReceiptJson::of(block).into_iter().nth(index)
        });
        match receipt {
            Some(receipt) => return Ok(receipt),
            None if begun.elapsed() < most => thread::sleep(LOOK),
            None => {
                let words = "The transaction was added to the mempool but wasn't processed in time";
                return Err(Error::new(4, words).with_data(hash.to_string()));
            }
        }
    }
}

/// How often it is looked whether there is a block.
const LOOK: Duration = Duration::from_millis(5);

fn key(node: &Arc<Node>, account: Address) -> Result<B256, Error> {
    let signer = node.wallet().signer(account);
    let signer = signer.ok_or_else(|| Error::refused("unknown account"))?;
    Ok(signer.to_bytes())
}

/// Signs a message as Ethereum's wallets do (EIP-191).
fn sign(node: &Arc<Node>, account: Address, message: Bytes) -> Result<Bytes, Error> {
    let signature = sign_message(key(node, account)?, eip191_hash_message(&message));
    let signature = signature.map_err(|error| Error::internal(error.to_string()))?;
    Ok(signature.as_bytes().into())
}

/// Sends a transaction of an account with a key, or of one that is impersonated.
fn send(node: &Arc<Node>, request: TransactionRequest) -> Result<B256, Error> {
    let from = request.from.unwrap_or_default();
    match key(node, from) {
        Ok(key) if !node.is_impersonated(from) => {
            let raw = convert::signed(completed(node, request, from)?, key)?;
            Ok(node.submit(&raw)?)
        }
        Err(unknown) if !node.is_impersonated(from) => Err(unknown),
        Ok(_) | Err(_) => send_unsigned(node, request),
    }
}

/// Sends a transaction whose sender is taken on trust.
fn send_unsigned(node: &Arc<Node>, request: TransactionRequest) -> Result<B256, Error> {
    let mut transaction = convert::unsigned(&request);
    if request.gas.is_none() {
        transaction.gas_limit = gas(node, &request)?;
    }
    Ok(node.submit_unsigned(transaction)?)
}

/// A request with all that it left open.
fn completed(
    node: &Arc<Node>,
    mut request: TransactionRequest,
    from: Address,
) -> Result<TransactionRequest, Error> {
    let (chain_id, price) = node.chain(|chain| (chain.config().chain_id, chain.base_fee()));
    // both names of calldata are read, one is built from
    let input = request.input.input().cloned();
    request.input = input.map(TransactionInput::new).unwrap_or_default();
    request.to = Some(request.to.unwrap_or_default());
    request.chain_id = Some(request.chain_id.unwrap_or(chain_id));
    if request.gas.is_none() {
        request.gas = Some(gas(node, &request)?);
    }
    if request.nonce.is_none() {
        request.nonce = Some(node.next_nonce(from));
    }
    if request.gas_price.is_none() {
        let tip = request.max_priority_fee_per_gas.unwrap_or(0);
        let price = u128::from(price).saturating_mul(2).saturating_add(tip);
        request.max_priority_fee_per_gas = Some(tip);
        request.max_fee_per_gas = Some(request.max_fee_per_gas.unwrap_or(price));
    }
    Ok(request)
}

/// The gas that a transaction needs.
fn gas(node: &Arc<Node>, request: &TransactionRequest) -> Result<u64, Error> {
    let moment = node.moment(BlockId::pending())?;
    let mut transaction = convert::unsigned(request);
    transaction.nonce = None;
    transaction.gas_limit =
        node.chain(|chain| chain.config().call_gas_cap.max(transaction.gas_limit));
    match moment.estimate_gas(transaction) {
        Ok(gas) => Ok(gas),
        Err(EstimateError::Fails { outcome, .. }) => match &outcome.status {
            Status::Halt(reason) => Err(Error::refused(convert::halted(reason))),
            _ => Err(convert::reverted(&outcome.output)),
        },
        Err(error) => Err(Error::refused(error.to_string())),
    }
}

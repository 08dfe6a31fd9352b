//! What the node sends for its accounts.

use super::Api;
use super::eth::of_transaction;
use super::json::Number;
use super::signing::key;
use crate::convert::{self, CallRequest, ReceiptJson};
use crate::error::Error;
use crate::node::Node;
use crate::node::read::base_fee;
use alloy_eips::BlockId;
use alloy_eips::eip2718::Encodable2718;
use alloy_primitives::{B256, Bytes, U64, U128};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use stylus_chain::Status;
use stylus_chain::chain::{Block, EstimateError};

/// Registers them.
pub(super) fn register(api: &mut Api) {
    for name in [
        "eth_accounts",
        "eth_requestAccounts",
        "personal_listAccounts",
    ] {
        api.method(name, |node, (): ()| Ok(node.senders()));
    }
    api.method("eth_sendTransaction", |node, (request,): (CallRequest,)| {
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
    api.method(
        "eth_sendUnsignedTransaction",
        |node, (request,): (CallRequest,)| send_unsigned(node, request),
    );
}

/// How long a caller may wait for a block, as with go-ethereum.
const LONGEST: Duration = Duration::from_secs(20);

/// Sends a transaction and waits until it is in a block (EIP-7966).
fn send_and_wait(node: &Arc<Node>, raw: &[u8], most: Duration) -> Result<ReceiptJson, Error> {
    let begun = Instant::now();
    let hash = node.submit(raw)?;
    loop {
        let receipt = |block: &Block, index, _| ReceiptJson::of(block).into_iter().nth(index);
        let receipt = of_transaction(node, hash, receipt)?.flatten();
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

/// Sends a transaction of an account with a key, or of one that is impersonated.
pub(super) fn send(node: &Arc<Node>, request: CallRequest) -> Result<B256, Error> {
    let from = request.sender();
    match key(node, from) {
        Ok(key) if !node.is_impersonated(from) => {
            let (request, chain_id) = completed(node, request)?;
            let signed = convert::signed(convert::typed(&request, chain_id)?, key)?;
            Ok(node.submit(&signed.encoded_2718())?)
        }
        Err(unknown) if !node.is_impersonated(from) => Err(unknown),
        Ok(_) | Err(_) => send_unsigned(node, request),
    }
}

/// Sends a transaction whose sender is taken on trust.
fn send_unsigned(node: &Arc<Node>, request: CallRequest) -> Result<B256, Error> {
    request.check(node.chain(|chain| chain.config().chain_id))?;
    if request.lends() {
        let words = "an account without a key here cannot send a transaction with an authorizationList: sign it yourself";
        return Err(Error::refused(words));
    }
    // the type that Arbitrum has for what nobody signed has no place for either, so that it could not be run again
    if request
        .access_list
        .as_ref()
        .is_some_and(|list| !list.is_empty())
    {
        let words = "an account without a key here cannot send a transaction with an accessList: sign it yourself";
        return Err(Error::refused(words));
    }
    let mut transaction = convert::unsigned(&request);
    if request.gas.is_none() {
        transaction.gas_limit = gas(node, &request)?;
    }
    Ok(node.submit_unsigned(transaction)?)
}

/// A request with all that it left open, and the chain it is for.
pub(super) fn completed(
    node: &Arc<Node>,
    mut request: CallRequest,
) -> Result<(CallRequest, u64), Error> {
    let chain_id = node.chain(|chain| chain.config().chain_id);
    let price = node.chain(base_fee)?;
    request.check(chain_id)?;
    if request.nonce.is_none() {
        request.nonce = Some(U64::from(node.next_nonce(request.sender())?));
    }
    if request.gas.is_none() {
        request.gas = Some(U64::from(gas(node, &request)?));
    }
    if request.gas_price.is_none() {
        let tip = request.max_priority_fee_per_gas.unwrap_or_default();
        let price = U128::from(price).saturating_mul(U128::from(2));
        let most = price.saturating_add(tip);
        request.max_priority_fee_per_gas = Some(tip);
        request.max_fee_per_gas = Some(request.max_fee_per_gas.unwrap_or(most));
    }
    Ok((request, chain_id))
}

/// The gas that a transaction needs.
fn gas(node: &Arc<Node>, request: &CallRequest) -> Result<u64, Error> {
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

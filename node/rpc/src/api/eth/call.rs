//! Trying transactions: calls and estimates, also on what is only supposed.

use crate::api::Api;
use crate::convert::{BlockOverrides, BlockRef, CallRequest, StateOverrides, halted, reverted};
use crate::error::Error;
use crate::node::Node;
use alloy_eips::eip2930::AccessList;
use alloy_primitives::{Bytes, U64, U256};
use serde::Serialize;
use stylus_chain::chain::node_interface::NODE_INTERFACE;
use stylus_chain::chain::{EstimateError, Moment, Status, TxError};
use stylus_chain::{Outcome, Transaction};

type Arguments = (
    CallRequest,
    Option<BlockRef>,
    Option<StateOverrides>,
    Option<BlockOverrides>,
);

pub(super) fn register(api: &mut Api) {
    api.method("eth_call", |node, arguments: Arguments| {
        let asked = Asked::new(node, arguments)?;
        asked.call(node)
    });
    api.method("eth_estimateGas", |node, arguments: Arguments| {
        let asked = Asked::new(node, arguments)?;
        Ok(U64::from(asked.estimate()?))
    });
    api.method(
        "eth_createAccessList",
        |node, (request, block, accounts): (_, _, Option<StateOverrides>)| {
            Asked::new(node, (request, block, accounts, None))?.access_list()
        },
    );
}

/// What a transaction looks at, and what it comes to if it says so before.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Looked {
    access_list: AccessList,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    gas_used: U64,
}

/// A transaction to try, and where.
struct Asked {
    moment: Moment,
    transaction: Transaction,
    /// What it offers for one gas.
    price: u128,
    /// Most gas that anything gets.
    cap: u64,
}

impl Asked {
    fn new(node: &Node, arguments: Arguments) -> Result<Self, Error> {
        let (request, block, accounts, place) = arguments;
        let price = request.price()?;
        let moment = node.moment(block.unwrap_or(BlockRef::LATEST).0)?;
        let moment = accounts.unwrap_or_default().apply(moment)?;
        let moment = place.unwrap_or_default().apply(moment);
        let cap = match node.chain(|chain| chain.config().call_gas_cap) {
            0 => u64::MAX,
            cap => cap,
        };
        Ok(Self {
            transaction: request.transaction(cap),
            moment,
            price,
            cap,
        })
    }

    fn gas(&self) -> u64 {
        self.transaction.gas_limit.min(self.cap)
    }

    fn call(self, node: &Node) -> Result<Bytes, Error> {
        let gas = self.gas();
        let told = |why: String| Error::refused(format!("err: {why} (supplied gas {gas})"));
        self.check(gas).map_err(told)?;
        let is_of_node = self.transaction.to == Some(NODE_INTERFACE);
        let outcome = match is_of_node {
            true => node.chain(|chain| chain.call_at(&self.moment, self.transaction)),
            false => self.moment.call(self.transaction),
        };
        let outcome = outcome.map_err(|error| failed(error, told))?;
        match outcome.status {
            // what the node itself refuses has no data
            Status::Revert if is_of_node => Err(Error::refused("execution reverted")),
            _ => output(outcome),
        }
    }

    fn estimate(mut self) -> Result<u64, Error> {
        self.limit_gas()?;
        let gas = self.gas();
        let told = |why: String| Error::refused(format!("failed with {gas} gas: {why}"));
        self.check(gas).map_err(told)?;
        let estimated = self.moment.estimate_gas(self.transaction);
        estimated.map_err(|error| match error {
            EstimateError::Transaction(error) => failed(error, told),
            EstimateError::Fails { gas, outcome } => match &outcome.status {
                Status::Halt(reason) if halted(reason).starts_with("out of gas") => {
                    Error::refused(format!("gas required exceeds allowance ({gas})"))
                }
                _ => match output(*outcome) {
                    Err(error) => error,
                    Ok(_) => Error::internal("an estimate failed without a reason"),
                },
            },
        })
    }

    fn access_list(self) -> Result<Looked, Error> {
        let gas = self.gas();
        let told = |why: String| Error::refused(format!("failed to apply transaction: {why}"));
        self.check(gas).map_err(told)?;
        let looked = self.moment.access_list(self.transaction);
        let (access_list, outcome) = looked.map_err(|error| failed(error, told))?;
        let error = match &outcome.status {
            Status::Success => None,
            Status::Revert => Some("execution reverted".to_owned()),
            Status::Halt(reason) => Some(halted(reason).to_owned()),
        };
        Ok(Looked {
            access_list,
            error,
            gas_used: U64::from(outcome.gas_used),
        })
    }

    /// Gives no more gas than the sender can pay for.
    fn limit_gas(&mut self) -> Result<(), Error> {
        if self.price == 0 {
            return Ok(());
        }
        let balance = self.moment.balance(self.transaction.from)?;
        let left = balance.saturating_sub(self.transaction.value);
        if left.is_zero() {
            return Err(Error::refused("insufficient funds for transfer"));
        }
        let paid_for = left / U256::from(self.price);
        let gas = u64::try_from(paid_for).unwrap_or(u64::MAX);
        self.transaction.gas_limit = self.gas().min(gas);
        Ok(())
    }

    /// Whether the sender offers enough, and has it.
    fn check(&self, gas: u64) -> Result<(), String> {
        let Transaction { from, value, .. } = self.transaction;
        let (price, base_fee) = (self.price, self.moment.base_fee());
        if price > 0 && price < u128::from(base_fee) {
            return Err(format!(
                "max fee per gas less than block base fee: address {from}, maxFeePerGas: {price}, baseFee: {base_fee}"
            ));
        }
        let fee = U256::from(price).saturating_mul(U256::from(gas));
        let want = fee.saturating_add(value);
        let have = self
            .moment
            .balance(from)
            .map_err(|error| error.to_string())?;
        if have < want {
            return Err(format!(
                "insufficient funds for gas * price + value: address {from} have {have} want {want}"
            ));
        }
        Ok(())
    }
}

/// What a transaction returned, or why it did not.
fn output(outcome: Outcome) -> Result<Bytes, Error> {
    match outcome.status {
        Status::Success => Ok(outcome.output),
        Status::Revert => Err(reverted(&outcome.output)),
        Status::Halt(reason) => Err(Error::refused(halted(&reason))),
    }
}

/// Why a transaction could not even be tried.
fn failed(error: TxError, told: impl FnOnce(String) -> Error) -> Error {
    match error {
        TxError::Invalid(invalid) => told(invalid.to_string()),
        error => Error::refused(error.to_string()),
    }
}

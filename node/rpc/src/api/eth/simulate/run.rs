//! Trying the blocks.

use super::plan::Planned;
use super::shown::{BlockShown, CallShown};
use crate::convert::{self, CallRequest, TransactionJson};
use crate::error::Error;
use crate::node::{Base, Node};
use alloy_consensus::{Header, TxEnvelope, Typed2718};
use alloy_eips::eip2718::Encodable2718;
use alloy_primitives::{Address, U64, U256};
use stylus_chain::TxError;
use stylus_chain::chain::{Manner, Named, Refused, Simulation};
use stylus_chain::context::MAX_CODE_SIZE;
use stylus_chain::store::StoreError;

/// How blocks are tried and shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) validation: bool,
    pub(super) transfers: bool,
    pub(super) whole: bool,
}

/// Tries blocks, each on what the one before left.
pub(super) struct Runner {
    base: Base,
    wanted: Wanted,
    chain_id: u64,
    /// Gas that all transactions of all blocks may still use.
    gas: u64,
}

impl Runner {
    pub(super) fn new(node: &Node, base: Base, wanted: Wanted) -> Self {
        let (chain_id, cap) = node.chain(|chain| {
            let config = chain.config();
            (config.chain_id, config.call_gas_cap)
        });
        let gas = if cap == 0 { u64::MAX } else { cap };
        Self {
            base,
            wanted,
            chain_id,
            gas,
        }
    }

    /// Tries the next block.
    pub(super) fn block(&mut self, planned: Planned) -> Result<BlockShown, Error> {
        let mut block = planned.block;
        let free = self
            .wanted
            .validation
            .then(|| next_base_fee(&self.base.header));
        block.base_fee = block.base_fee.or(free).or(Some(0));
        let base_fee = block.base_fee.unwrap_or_default();
        let mut moment = self.base.moment.clone();
        if let Some(accounts) = planned.accounts {
            let (writes, moved) = accounts.supposed(&moment)?;
            self.base.root.apply(&writes);
            moment = moment.suppose(writes).suppose_precompiles(moved);
        }
        let manner = Manner {
            is_paid: self.wanted.validation,
            logs_transfers: self.wanted.transfers,
        };
        let begun = moment.suppose_block(block).simulation(manner);
        let mut simulation = begun.map_err(|error| Error::refused(error.to_string()))?;
        let limit = block
            .gas_limit
            .unwrap_or_else(|| self.base.moment.gas_limit());
        let (mut used, mut shown, mut sent) = (0_u64, Vec::new(), Vec::new());
        for call in planned.calls {
            let from = call.sender();
            let (call, transaction) = self.call(&mut simulation, call, (used, limit), base_fee)?;
            used = used.saturating_add(call.gas_used());
            self.gas = self.gas.saturating_sub(call.gas_used());

            shown.push(call);
            sent.push((transaction, from));
        }
        let sealed = simulation.seal(self.base.header.hash_slow(), &mut self.base.root);
        let (block, moment) = sealed.map_err(|error| Error::refused(error.to_string()))?;
        let transactions =
            sent.iter()
                .enumerate()
                .map(|(index, (transaction, from))| match self.wanted.whole {
                    true => {
                        let whole = TransactionJson::of(transaction, *from, self.chain_id);
                        convert::Named::Whole(Box::new(whole.at(&block, index)))
                    }
                    false => convert::Named::Hash(*transaction.tx_hash()),
                });
        let shown = BlockShown::new(&block, transactions.collect(), shown);
        (self.base.header, self.base.moment) = (block.header, moment);
        Ok(shown)
    }

    fn call(
        &self,
        simulation: &mut Simulation,
        mut call: CallRequest,
        (used, limit): (u64, u64),
        base_fee: u64,
    ) -> Result<(CallShown, TxEnvelope), Error> {
        let store = |error: StoreError| Error::refused(error.to_string());
        let sender = simulation.account(call.sender()).map_err(store)?;
        let nonce = call.nonce.map_or(sender.nonce, |nonce| nonce.to());
        let left = limit.saturating_sub(used);
        let gas = call.gas.map_or(left, |gas| gas.to());
        if gas > left {
            let words = format!("block gas limit reached: {used} >= {limit}");
            return Err(Error::new(-38015, words));
        }
        let price = call.price()?;
        if let Some(have) = call.chain_id.map(|id| id.to::<u64>())
            && have != self.chain_id
        {
            let want = self.chain_id;
            let words = format!("chainId does not match node's (have={have}, want={want})");
            return Err(Error::refused(words));
        }
        let gas = gas.min(self.gas);
        (call.nonce, call.gas) = (Some(U64::from(nonce)), Some(U64::from(gas)));
        let told = |(code, why): (i32, String)| {
            Error::new(code, format!("err: {why} (supplied gas {gas})"))
        };
        let offer = Offer {
            nonce,
            gas,
            price,
            base_fee,
        };
        self.check(&call, sender.nonce, sender.balance, offer)
            .map_err(told)?;
        let transaction = convert::draft(convert::typed(&call, self.chain_id)?);
        let named = Named {
            tx_type: transaction.ty(),
            hash: *transaction.tx_hash(),
            encoded: transaction.encoded_2718().into(),
        };
        let run = call.transaction(gas).max_fee(price);
        let outcome = simulation.run(&run, named).map_err(|error| match error {
            TxError::Invalid(invalid) => {
                let refused = Refused::of_unposted(invalid);
                let code = match refused {
                    Refused::IntrinsicGas { .. } => -38013,
                    _ => -32603,
                };
                told((code, refused.to_string()))
            }
            error => Error::refused(error.to_string()),
        })?;
        Ok((CallShown::from(outcome), transaction))
    }

    /// Whether a transaction may run, in the order in which go-ethereum looks.
    fn check(
        &self,
        call: &CallRequest,
        expected: u64,
        have: U256,
        offer: Offer,
    ) -> Result<(), (i32, String)> {
        let from: Address = call.sender();
        let Offer {
            nonce,
            gas,
            price,
            base_fee,
        } = offer;
        if self.wanted.validation {
            if nonce < expected {
                let words = format!("nonce too low: address {from}, tx: {nonce} state: {expected}");
                return Err((-38010, words));
            }
            if nonce > expected {
                let words =
                    format!("nonce too high: address {from}, tx: {nonce} state: {expected}");
                return Err((-38011, words));
            }
            let tip = call
                .max_priority_fee_per_gas
                .unwrap_or_default()
                .to::<u128>();
            if tip > price && call.gas_price.is_none() {
                let words = format!(
                    "max priority fee per gas higher than max fee per gas: address {from}, maxPriorityFeePerGas: {tip}, maxFeePerGas: {price}"
                );
                return Err((-32602, words));
            }
        }
        if (self.wanted.validation || price > 0) && price < u128::from(base_fee) {
            let words = format!(
                "max fee per gas less than block base fee: address {from}, maxFeePerGas: {price}, baseFee: {base_fee}"
            );
            return Err((-32602, words));
        }
        let fee = U256::from(price).saturating_mul(U256::from(gas));
        let want = fee.saturating_add(call.value.unwrap_or_default());
        if have < want {
            let words = format!(
                "insufficient funds for gas * price + value: address {from} have {have} want {want}"
            );
            return Err((-38014, words));
        }
        let (size, limit) = (call.calldata().len(), 2 * MAX_CODE_SIZE);
        if call.to.is_none() && size > limit {
            let words = format!("max initcode size exceeded: code size {size} limit {limit}");
            return Err((-38025, words));
        }
        Ok(())
    }
}

/// What a transaction offers, and where.
#[derive(Clone, Copy)]
struct Offer {
    nonce: u64,
    gas: u64,
    price: u128,
    base_fee: u64,
}

/// What gas costs after a block on Ethereum (EIP-1559), which is what go-ethereum and so Nitro take here.
fn next_base_fee(parent: &Header) -> u64 {
    let base_fee = u128::from(parent.base_fee_per_gas.unwrap_or_default());
    let target = u128::from(parent.gas_limit / 2).max(1);
    let used = u128::from(parent.gas_used);
    let step = |by: u128| base_fee * by / target / 8;
    let next = match used.cmp(&target) {
        std::cmp::Ordering::Equal => base_fee,
        std::cmp::Ordering::Greater => base_fee + step(used - target).max(1),
        std::cmp::Ordering::Less => base_fee - step(target - used),
    };
    u64::try_from(next).unwrap_or(u64::MAX)
}

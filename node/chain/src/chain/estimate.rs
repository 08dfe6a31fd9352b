//! How much gas a transaction needs.

#[cfg(doc)]
use super::Config;
use super::node_interface::{self, NODE_INTERFACE};
use super::{Chain, Moment, Outcome, Transaction, TxError};
use crate::store::Store;

/// Why no amount of gas can be named.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EstimateError {
    /// It is not valid, or needs what this chain does not have.
    #[error(transparent)]
    Transaction(#[from] TxError),
    /// It fails even with all the gas it allows.
    #[error("the transaction fails with {gas} gas: {:?}", outcome.status)]
    Fails {
        /// The gas it had.
        gas: u64,
        /// What it came to.
        outcome: Box<Outcome>,
    },
}

impl<S: Store> Chain<S> {
    /// The least gas limit under which a transaction succeeds, up to its own limit and [`Config::call_gas_cap`].
    ///
    /// That is often more than the gas it uses: of what a frame has, it passes on at most 63 parts in 64, and refunds come
    /// last.
    ///
    /// # Errors
    /// An [`EstimateError`] if it does not succeed under its own limit.
    pub fn estimate_gas(&self, transaction: Transaction) -> Result<u64, EstimateError> {
        self.head()
            .map_err(TxError::Store)?
            .estimate_gas(transaction)
    }
}

impl Moment {
    /// As [`Chain::estimate_gas`].
    ///
    /// # Errors
    /// An [`EstimateError`] if it does not succeed under its own limit.
    pub fn estimate_gas(&self, transaction: Transaction) -> Result<u64, EstimateError> {
        let mut context = self.free_context()?;
        let params = context.chain.params;
        let mut attempt = |gas| -> Result<Outcome, TxError> {
            // every attempt is the first in its block, and finds the prices that the chain has
            context.chain.recent.clear();
            context.chain.params = params;
            self.simulate(&mut context, &transaction.clone().gas_limit(gas))
        };
        let gas = self.capped(transaction.gas_limit);
        if transaction.to == Some(NODE_INTERFACE) {
            let outcome = node_interface::unasked(&transaction.input)?;
            let outcome = Box::new(outcome);
            return Err(EstimateError::Fails { gas, outcome });
        }
        let outcome = attempt(gas)?;
        if !outcome.status.is_success() {
            return Err(EstimateError::Fails {
                gas,
                outcome: Box::new(outcome),
            });
        }
        let mut too_little = outcome.gas_used.saturating_sub(1);
        let mut enough = gas;
        let passed_on = outcome.gas_used / 63 + 1;
        let mut guess = outcome.gas_used.saturating_add(passed_on);
        while too_little + 1 < enough {
            let tried = guess.clamp(too_little + 1, enough - 1);
            match attempt(tried) {
                Ok(outcome) if outcome.status.is_success() => enough = tried,
                // that says nothing about gas
                Err(TxError::Store(failure)) => return Err(TxError::Store(failure).into()),
                // too little to begin with is a limit that no transaction may have
                Ok(_) | Err(_) => too_little = tried,
            }
            guess = too_little.midpoint(enough);
        }
        Ok(enough)
    }
}

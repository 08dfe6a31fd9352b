//! What is supposed of accounts and of the block, for a call or an estimate.

use crate::api::arguments::Argument;
use crate::error::Error;
use alloy_primitives::{Address, B256, Bytes, U64, U256};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use stylus_chain::chain::{Moment, SupposedBlock};
use stylus_chain::store::Writes;

/// What is supposed of one account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct AccountOverride {
    balance: Option<U256>,
    nonce: Option<U64>,
    code: Option<Bytes>,
    state: Option<BTreeMap<B256, B256>>,
    state_diff: Option<BTreeMap<B256, B256>>,
}

/// What is supposed of accounts.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct StateOverrides(BTreeMap<Address, AccountOverride>);

impl Argument for StateOverrides {
    fn read(value: Value) -> Result<Self, String> {
        serde_json::from_value(value).map_err(|error| format!("json: {error}"))
    }
}

impl StateOverrides {
    /// The moment of which this is supposed.
    ///
    /// # Errors
    /// If an account has both kinds of storage, or the store fails.
    pub fn apply(self, moment: Moment) -> Result<Moment, Error> {
        if self.0.is_empty() {
            return Ok(moment);
        }
        let writes = self.writes(&moment)?;
        Ok(moment.suppose(writes))
    }

    /// What is to be written over a moment so that this holds.
    ///
    /// # Errors
    /// If an account has both kinds of storage, or the store fails.
    pub fn writes(self, moment: &Moment) -> Result<Writes, Error> {
        let mut writes = Writes::default();
        for (address, supposed) in self.0 {
            if supposed.state.is_some() && supposed.state_diff.is_some() {
                let words = format!("account {address} has both 'state' and 'stateDiff'");
                return Err(Error::refused(words));
            }
            let before = moment.account(address);
            let mut account = before.map_err(|error| Error::refused(error.to_string()))?;
            account.balance = supposed.balance.unwrap_or(account.balance);
            account.nonce = supposed.nonce.map_or(account.nonce, |nonce| nonce.to());
            match supposed.code {
                Some(code) => writes.set_account_with_code(address, account, code),
                None => writes.set_account(address, account),
            }
            if supposed.state.is_some() {
                writes.accounts.entry(address).or_default().wiped = true;
            }
            for (slot, value) in supposed.state.or(supposed.state_diff).unwrap_or_default() {
                writes.set_slot(address, slot.into(), value.into());
            }
        }
        Ok(writes)
    }
}

/// What is supposed of the block. What the chain cannot suppose is refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct BlockOverrides {
    number: Option<U64>,
    #[serde(alias = "timestamp")]
    time: Option<U64>,
    #[serde(alias = "baseFee")]
    base_fee_per_gas: Option<U64>,
    #[serde(alias = "coinbase")]
    fee_recipient: Option<Address>,
}

impl Argument for BlockOverrides {
    fn read(value: Value) -> Result<Self, String> {
        serde_json::from_value(value).map_err(|error| format!("json: {error}"))
    }
}

impl BlockOverrides {
    /// The moment of which this is supposed.
    #[must_use]
    pub fn apply(&self, moment: Moment) -> Moment {
        moment.suppose_block(self.supposed())
    }

    /// What is supposed.
    #[must_use]
    pub fn supposed(&self) -> SupposedBlock {
        SupposedBlock {
            number: self.number.map(|number| number.to()),
            timestamp: self.time.map(|time| time.to()),
            base_fee: self.base_fee_per_gas.map(|fee| fee.to()),
            beneficiary: self.fee_recipient,
        }
    }
}

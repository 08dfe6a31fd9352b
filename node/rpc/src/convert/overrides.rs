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
    move_precompile_to_address: Option<Address>,
}

/// Where precompiles are supposed to be: at an address the one of another address, or none.
type Moved = BTreeMap<Address, Option<Address>>;

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
    /// As [`supposed`](Self::supposed).
    pub fn apply(self, moment: Moment) -> Result<Moment, Error> {
        if self.0.is_empty() {
            return Ok(moment);
        }
        let (writes, moved) = self.supposed(&moment)?;
        Ok(moment.suppose(writes).suppose_precompiles(moved))
    }

    /// What is to be written over a moment so that this holds, and where precompiles are then. One of which anything is
    /// supposed is no longer where it was, as with go-ethereum.
    ///
    /// # Errors
    /// If an account has both kinds of storage, what is to be moved is no precompile or has no room, or the store fails.
    pub fn supposed(self, moment: &Moment) -> Result<(Writes, Moved), Error> {
        let mut writes = Writes::default();
        let mut moved = Moved::new();
        for (&address, supposed) in &self.0 {
            let is_precompile = moment.is_precompile(address);
            if let Some(to) = supposed.move_precompile_to_address {
                if !is_precompile {
                    let words = format!("account {address} is not a precompile");
                    return Err(Error::refused(words));
                }
                if self.0.contains_key(&to) {
                    let words = format!("account {to} is already overridden");
                    return Err(Error::refused(words));
                }
                moved.insert(to, Some(address));
            }
            if is_precompile {
                moved.insert(address, None);
            }
        }
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
        Ok((writes, moved))
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
    gas_limit: Option<U64>,
    #[serde(alias = "random")]
    prev_randao: Option<B256>,
    /// Of which Arbitrum has none: a list of none may be named.
    #[allow(dead_code)] // that it can be read says all
    withdrawals: Option<[(); 0]>,
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
            gas_limit: self.gas_limit.map(|gas| gas.to()),
            random: self.prev_randao,
        }
    }
}

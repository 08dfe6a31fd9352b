//! What is to be called or estimated.

use crate::api::arguments::Argument;
use crate::error::Error;
use alloy_eips::eip2930::AccessList;
use alloy_primitives::{Address, Bytes, U64, U128, U256};
use serde::Deserialize;
use serde_json::Value;
use stylus_chain::Transaction;

/// A transaction as tools describe it; what is not said has a default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallRequest {
    /// Who sends it; zero if nobody is named.
    pub from: Option<Address>,
    /// Whom it calls; none creates a contract.
    pub to: Option<Address>,
    /// Most gas it gets.
    pub gas: Option<U64>,
    /// Wei it pays for one gas.
    pub gas_price: Option<U128>,
    /// Most wei it pays for one gas.
    pub max_fee_per_gas: Option<U128>,
    /// What it pays on top.
    pub max_priority_fee_per_gas: Option<U128>,
    /// Wei sent with it.
    pub value: Option<U256>,
    /// Its nonce.
    pub nonce: Option<U64>,
    /// Its calldata by the older name.
    pub data: Option<Bytes>,
    /// Its calldata, which goes before the older name.
    pub input: Option<Bytes>,
    /// What it says that it will touch.
    pub access_list: Option<AccessList>,
    /// The chain it is for.
    pub chain_id: Option<U64>,
    /// Who lends their code to their own account by it, which nothing here applies.
    authorization_list: Option<Vec<Value>>,
}

impl Argument for CallRequest {
    fn read(value: Value) -> Result<Self, String> {
        let read: Self = serde_json::from_value(value).map_err(|error| format!("json: {error}"))?;
        if read.authorization_list.iter().flatten().next().is_some() {
            let words = "an authorizationList is applied in signed transactions only: sign it yourself, and name the gas";
            return Err(words.to_owned());
        }
        Ok(read)
    }
}

impl CallRequest {
    /// What it offers for one gas; zero if it says nothing.
    ///
    /// # Errors
    /// If it names prices of both kinds.
    pub fn price(&self) -> Result<u128, Error> {
        let has_fees = self.max_fee_per_gas.is_some() || self.max_priority_fee_per_gas.is_some();
        if self.gas_price.is_some() && has_fees {
            let words = "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified";
            return Err(Error::refused(words));
        }
        let price = self.gas_price.or(self.max_fee_per_gas);
        Ok(price.map_or(0, |price| price.to()))
    }

    /// Who sends it.
    #[must_use]
    pub fn sender(&self) -> Address {
        self.from.unwrap_or_default()
    }

    /// The transaction for the chain, with so much gas if it names none.
    #[must_use]
    pub fn transaction(&self, gas: u64) -> Transaction {
        let input = self.input.as_ref().or(self.data.as_ref());
        let mut transaction = Transaction::new(self.sender())
            .value(self.value.unwrap_or_default())
            .input(input.cloned().unwrap_or_default())
            .gas_limit(self.gas.map_or(gas, |gas| gas.to()))
            .access_list(self.access_list.clone().unwrap_or_default());
        transaction.to = self.to;
        transaction.nonce = self.nonce.map(|nonce| nonce.to());
        transaction
    }
}

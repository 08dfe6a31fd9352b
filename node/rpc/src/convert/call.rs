//! What is to be called or estimated.

use crate::api::arguments::Argument;
use crate::error::Error;
use alloy_eips::eip2930::AccessList;
use alloy_eips::eip7702::SignedAuthorization;
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
    /// Who lends their own account another's code by it (EIP-7702).
    pub authorization_list: Option<Vec<SignedAuthorization>>,
    /// Blobs, of which Arbitrum has none.
    blob_versioned_hashes: Option<Vec<Value>>,
}

impl Argument for CallRequest {
    fn read(value: Value) -> Result<Self, String> {
        serde_json::from_value(value).map_err(|error| format!("json: {error}"))
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

    /// Whether its parts fit one another and the chain: what a wallet looks at before it signs.
    ///
    /// # Errors
    /// An [`Error`] that says what does not fit, in go-ethereum's words.
    pub fn check(&self, chain_id: u64) -> Result<(), Error> {
        self.price()?;
        if let (Some(most), Some(tip)) = (self.max_fee_per_gas, self.max_priority_fee_per_gas)
            && most < tip
        {
            let words = format!("maxFeePerGas ({most}) < maxPriorityFeePerGas ({tip})");
            return Err(Error::refused(words));
        }
        if let (Some(data), Some(input)) = (&self.data, &self.input)
            && data != input
        {
            let words = r#"both "data" and "input" are set and not equal. Please use "input" to pass transaction call data"#;
            return Err(Error::refused(words));
        }
        if self.blob_versioned_hashes.iter().flatten().next().is_some() {
            return Err(Error::refused("transaction type not supported"));
        }
        if self.to.is_none() && self.calldata().is_empty() {
            let words = "contract creation without any data provided";
            return Err(Error::refused(words));
        }
        if self.to.is_none() && self.lends() {
            return Err(Error::refused(r#""to" missing in EIP-7702 transaction"#));
        }
        match self.chain_id.map(|id| id.to::<u64>()) {
            Some(have) if have != chain_id => {
                let words = format!("chainId does not match node's (have={have}, want={chain_id})");
                Err(Error::refused(words))
            }
            _ => Ok(()),
        }
    }

    /// Whether it lends code to accounts.
    #[must_use]
    pub fn lends(&self) -> bool {
        self.authorization_list.iter().flatten().next().is_some()
    }

    /// Its calldata or init code, by whichever name it came.
    #[must_use]
    pub fn calldata(&self) -> Bytes {
        let input = self.input.as_ref().or(self.data.as_ref());
        input.cloned().unwrap_or_default()
    }

    /// Who sends it.
    #[must_use]
    pub fn sender(&self) -> Address {
        self.from.unwrap_or_default()
    }

    /// The transaction for the chain, with so much gas if it names none.
    #[must_use]
    pub fn transaction(&self, gas: u64) -> Transaction {
        let mut transaction = Transaction::new(self.sender())
            .value(self.value.unwrap_or_default())
            .input(self.calldata())
            .gas_limit(self.gas.map_or(gas, |gas| gas.to()))
            .access_list(self.access_list.clone().unwrap_or_default())
            .authorizations(self.authorization_list.clone().unwrap_or_default());
        transaction.to = self.to;
        transaction.nonce = self.nonce.map(|nonce| nonce.to());
        transaction
    }
}

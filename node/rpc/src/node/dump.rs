//! The whole chain as bytes, and back.

use super::{Node, Pool, Snapshots};
use alloy_primitives::{Address, Bytes, U256};
use serde::Deserialize;
use std::collections::BTreeMap;
use stylus_chain::Chain;
use stylus_chain::chain::DecodeError;
use stylus_chain::store::StoreError;

/// Why bytes are not taken as a chain.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// They are neither a chain of this node's nor JSON of anvil's.
    #[error("Failed to decode state dump: {0}")]
    Decode(#[from] DecodeError),
    /// They begin as JSON does, and are not what anvil keeps.
    #[error("Failed to decode state dump: {0}")]
    Json(#[from] serde_json::Error),
    /// They are of a chain with another id, which wallets would be confused by.
    #[error("the state is of a chain with id {got}, this one has {expected}")]
    OtherChain {
        /// Its id.
        got: u64,
        /// The id of this node's chain.
        expected: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What anvil keeps of a chain, as far as it is of use here: its blocks are Ethereum's, and stay out.
#[derive(Deserialize)]
struct Anvil {
    accounts: BTreeMap<Address, AnvilAccount>,
}

#[derive(Deserialize)]
struct AnvilAccount {
    #[serde(with = "alloy_serde::quantity")]
    nonce: u64,
    balance: U256,
    #[serde(default)]
    code: Bytes,
    #[serde(default)]
    storage: BTreeMap<U256, U256>,
}

impl Node {
    /// The chain as bytes ([`Chain::dump`]).
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn dump(&self) -> Result<Vec<u8>, StoreError> {
        self.chain(super::Chain::dump)
    }

    /// Goes on with the chain that [`dump`](Self::dump) made these bytes of, in place of this one: nothing waits then, and
    /// there are no snapshots. Of what anvil keeps as JSON, the accounts are set in this chain by hand.
    ///
    /// # Errors
    /// A [`LoadError`] if they are neither, or of another chain; then all is as before.
    pub fn load(&self, bytes: &[u8]) -> Result<(), LoadError> {
        if bytes.first() == Some(&b'{') {
            return self.load_accounts(serde_json::from_slice(bytes)?);
        }
        let chain = Chain::decode(bytes)?;
        let mut inner = self.lock();
        let (got, expected) = (chain.config().chain_id, inner.chain.config().chain_id);
        if got != expected {
            return Err(LoadError::OtherChain { got, expected });
        }
        let last = chain.block_number();
        inner.chain.replace_with(chain)?;
        inner.filters.begin_after(last);
        inner.pool = Pool::default();
        inner.snapshots = Snapshots::default();
        Ok(())
    }

    fn load_accounts(&self, anvil: Anvil) -> Result<(), LoadError> {
        let set = self.set(|state| {
            for (address, account) in anvil.accounts {
                state.edit(address, |kept| {
                    kept.balance = account.balance;
                    kept.nonce = account.nonce;
                });
                state.set_code(address, account.code);
                for (slot, value) in account.storage {
                    state.set_slot(address, slot, value);
                }
            }
        });
        Ok(set?)
    }
}

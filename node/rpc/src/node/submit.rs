//! Taking transactions.

use super::Node;
use alloy_primitives::B256;
use stylus_chain::chain::{Refused, SendError};

/// Why a transaction is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The chain refuses it, or it needs what the chain does not have.
    #[error(transparent)]
    Chain(#[from] SendError),
}

impl From<Refused> for SubmitError {
    fn from(refused: Refused) -> Self {
        Self::Chain(refused.into())
    }
}

impl Node {
    /// Takes a signed transaction, encoded as for `eth_sendRawTransaction`. Returns its hash.
    ///
    /// # Errors
    /// A [`SubmitError`] if it is not taken.
    pub fn submit(&self, raw: &[u8]) -> Result<B256, SubmitError> {
        let executed = self.lock().chain.send_raw(raw)?;
        Ok(executed.receipt.transaction_hash)
    }
}

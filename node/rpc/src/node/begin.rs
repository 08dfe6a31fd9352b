//! What a node begins with.

use super::{BadPhrase, Config, Phrase, Wallet};
use alloy_primitives::U256;
use stylus_chain::chain::ResumeError;
use stylus_chain::store::StoreError;
use stylus_chain::{Chain, DEV_ACCOUNTS};

/// Why a node cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The phrase of its accounts is none.
    #[error(transparent)]
    Phrase(#[from] BadPhrase),
    /// What is kept of its chain cannot be gone on with.
    #[error(transparent)]
    Resume(#[from] ResumeError),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The chain that a node begins with: genesis, and accounts that have something.
///
/// # Errors
/// [`BadPhrase`] if the phrase of the accounts is none.
pub fn first(config: &Config) -> Result<Chain, BadPhrase> {
    let wallet = Wallet::of(&config.phrase, config.accounts)?;
    let mut chain = Chain::new(config.chain.clone());
    for account in wallet.addresses() {
        if chain.balance(account) != config.balance {
            chain.set_balance(account, config.balance);
        }
    }
    // where the accounts are one's own, those whose keys everyone knows have nothing
    if config.phrase != Phrase::default() {
        for account in DEV_ACCOUNTS {
            if wallet.signer(account).is_none() {
                chain.set_balance(account, U256::ZERO);
            }
        }
    }
    Ok(chain)
}

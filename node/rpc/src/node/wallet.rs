//! The accounts whose keys a node has.

use alloy_primitives::{Address, B256};
use alloy_signer_local::coins_bip39::English;
use alloy_signer_local::{LocalSignerError, MnemonicBuilder, PrivateKeySigner};

/// A phrase of words that keys come from (BIP-39), by the path that wallets take (`m/44'/60'/0'/0/n`).
#[derive(Clone, PartialEq, Eq)]
pub struct Phrase(pub String);

/// The phrase that development nodes share, so that it is no secret.
impl Default for Phrase {
    fn default() -> Self {
        Self("test test test test test test test test test test test junk".to_owned())
    }
}

/// A phrase may be someone's own.
impl std::fmt::Debug for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phrase(…)")
    }
}

/// Why a phrase gives no keys.
#[derive(Debug, thiserror::Error)]
#[error("the mnemonic gives no keys: {0}")]
pub struct BadPhrase(LocalSignerError);

impl From<LocalSignerError> for BadPhrase {
    fn from(error: LocalSignerError) -> Self {
        Self(error)
    }
}

/// Keys, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Wallet {
    signers: Vec<PrivateKeySigner>,
}

impl Wallet {
    /// The first keys of a phrase.
    ///
    /// # Errors
    /// [`BadPhrase`] if it is none.
    pub fn of(phrase: &Phrase, accounts: u32) -> Result<Self, BadPhrase> {
        let key = |index| {
            MnemonicBuilder::<English>::default()
                .phrase(phrase.0.as_str())
                .index(index)?
                .build()
        };
        let signers: Result<_, LocalSignerError> = (0..accounts).map(key).collect();
        Ok(Self { signers: signers? })
    }

    /// The accounts that the keys are of.
    pub fn addresses(&self) -> impl Iterator<Item = Address> {
        self.signers.iter().map(PrivateKeySigner::address)
    }

    /// The key of an account.
    #[must_use]
    pub fn signer(&self, account: Address) -> Option<&PrivateKeySigner> {
        let mut signers = self.signers.iter();
        signers.find(|signer| signer.address() == account)
    }

    /// Every account with its key, for showing keys that are no secret.
    pub fn keys(&self) -> impl Iterator<Item = (Address, B256)> {
        let signers = self.signers.iter();
        signers.map(|signer| (signer.address(), signer.to_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stylus_chain::DEV_ACCOUNTS;

    #[test]
    fn usual_phrase_gives_the_usual_accounts() {
        let wallet = Wallet::of(&Phrase::default(), 10).expect("a good phrase");
        let addresses: Vec<_> = wallet.addresses().collect();
        assert_eq!(addresses, DEV_ACCOUNTS);
    }
}

//! A payee, one to a word.

use crate::{bps::Bps, word};

/// One receiver of what a work keeps. In its word: account in bits 0–159, share in 160–175, role in 176–183, zero above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payee {
    /// Who is paid; zero is the work's own bound account.
    pub account: [u8; 20],
    /// Its share of what the work keeps.
    pub share: Bps,
    /// For readers only.
    pub role: u8,
}

impl Payee {
    /// The payee of a work that names none.
    #[must_use]
    pub const fn sole(creator: [u8; 20]) -> Self {
        Self {
            account: creator,
            share: Bps::WHOLE,
            role: 0,
        }
    }

    /// Whether the work's own bound account is paid.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.account == [0; 20]
    }

    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &[u8; 32]) -> Self {
        let (high, _) = word::halves(word);
        Self {
            account: word::low_address(word),
            share: Bps::new((high >> 32) as u16).unwrap_or(Bps::ZERO),
            role: (high >> 48) as u8,
        }
    }

    /// The word that stores this payee.
    #[must_use]
    pub fn to_word(self) -> [u8; 32] {
        let (account_high, account_low) = word::halves(&word::address(&self.account));
        let high = account_high | u128::from(self.share.get()) << 32 | u128::from(self.role) << 48;
        word::join(high, account_low)
    }
}

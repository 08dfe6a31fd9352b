//! A payee, one to a word.

use crate::{bps::Bps, word};

/// The address that names a work's own bound account. It is no account of its own: everything up to 0xfffff is refused as a
/// payee, so that a field which was forgotten, and is zero, names nobody.
pub const BOUND: [u8; 20] = {
    let mut account = [0; 20];
    account[18] = 0x65;
    account[19] = 0x51;
    account
};

/// Whether an address lies among the lowest 2²⁰, where there are precompiles (Arbitrum's from 0x64 to 0xff), accounts of
/// the chain's own (ArbOS acts as 0xa4b05) and nobody with a key.
#[must_use]
pub fn is_reserved(account: &[u8; 20]) -> bool {
    // Of the 20 bytes, the upper 140 bits.
    account
        .first_chunk::<16>()
        .is_some_and(|high| u128::from_be_bytes(*high) == 0)
        && account
            .last_chunk::<4>()
            .is_some_and(|low| u32::from_be_bytes(*low) <= 0xf_ffff)
}

/// One receiver of what a work keeps. In its word: account in bits 0–159, share in 160–175, role in 176–183, in bit 184
/// whether its claims are reserved, zero above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payee {
    /// Who is paid; [`BOUND`] is the work's own bound account.
    pub account: [u8; 20],
    /// Its share of what the work keeps.
    pub share: Bps,
    /// For readers only.
    pub role: u8,
    /// Whether nobody but the payee itself may claim for it.
    pub reserved: bool,
}

impl Payee {
    /// The payee of a work that names none.
    #[must_use]
    pub const fn sole(creator: [u8; 20]) -> Self {
        Self {
            account: creator,
            share: Bps::WHOLE,
            role: 0,
            reserved: false,
        }
    }

    /// Whether the work's own bound account is paid.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.account == BOUND
    }

    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &[u8; 32]) -> Self {
        let (high, _) = word::halves(word);
        Self {
            account: word::low_address(word),
            share: Bps::new((high >> 32) as u16).unwrap_or(Bps::ZERO),
            role: (high >> 48) as u8,
            reserved: (high >> 56) & 1 == 1,
        }
    }

    /// The word that stores this payee.
    #[must_use]
    pub fn to_word(self) -> [u8; 32] {
        let (account_high, account_low) = word::halves(&word::address(&self.account));
        let high = account_high
            | u128::from(self.share.get()) << 32
            | u128::from(self.role) << 48
            | u128::from(self.reserved) << 56;
        word::join(high, account_low)
    }
}

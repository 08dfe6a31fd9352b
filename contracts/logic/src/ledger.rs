//! The ledger of one (work, epoch, asset), and other pairs of amounts in a word.

use crate::word;

/// Lifetime totals of one (work, epoch, asset).
///
/// `settled` ≤ `received`: it is the mark up to which the parents were credited their shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// All that came in, from outside and from children.
    pub received: u128,
    /// How much of it the parents were credited from.
    pub settled: u128,
}

impl Ledger {
    /// Reads the word: `received` in the lower half, `settled` in the upper.
    #[must_use]
    pub fn from_word(word: &[u8; 32]) -> Self {
        let (settled, received) = word::halves(word);
        Self { received, settled }
    }

    /// The word that stores this ledger.
    #[must_use]
    pub fn to_word(self) -> [u8; 32] {
        word::join(self.settled, self.received)
    }

    /// The ledger after `amount` more came in; `None` past 128 bits.
    #[must_use]
    pub fn credited(self, amount: u128) -> Option<Self> {
        let received = self.received.checked_add(amount)?;
        Some(Self { received, ..self })
    }

    /// The ledger after as much of `amount` came in as fits in 128 bits.
    #[must_use]
    pub const fn filled(self, amount: u128) -> Self {
        Self {
            received: self.received.saturating_add(amount),
            ..self
        }
    }

    /// How much more fits in 128 bits.
    #[must_use]
    pub const fn room(self) -> u128 {
        u128::MAX.wrapping_sub(self.received)
    }

    /// Whether something came in since the parents were credited.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.received > self.settled
    }
}

/// Amounts two to a word: what payees claimed, number 2n in the lower half of word n and 2n + 1 in the upper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimedPair([u8; 32]);

impl ClaimedPair {
    /// Which word of the claims holds this payee's.
    #[must_use]
    pub const fn index_of(payee: u8) -> u8 {
        payee >> 1
    }

    /// Reads the word.
    #[must_use]
    pub const fn from_word(word: [u8; 32]) -> Self {
        Self(word)
    }

    /// The word that stores the pair.
    #[must_use]
    pub const fn to_word(self) -> [u8; 32] {
        self.0
    }

    /// What this payee claimed.
    #[must_use]
    pub fn get(&self, payee: u8) -> u128 {
        let (high, low) = word::halves(&self.0);
        if payee & 1 == 0 {
            low
        } else {
            high
        }
    }

    /// The pair with this payee's amount replaced.
    #[must_use]
    pub fn with(&self, payee: u8, amount: u128) -> Self {
        let (high, low) = word::halves(&self.0);
        Self(if payee & 1 == 0 {
            word::join(high, amount)
        } else {
            word::join(amount, low)
        })
    }
}

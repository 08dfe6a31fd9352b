//! The head of a work: everything the router must know of it, in one word.

use crate::{bps::Bps, word};

/// The head of a work. Every field but the creator is a whole number of bytes above it:
///
/// | bits | field |
/// |---|---|
/// | 0–159 | creator |
/// | 160–191 | collection, by its number |
/// | 192–199 | kind |
/// | 200–207 | parents |
/// | 208–215 | payees stored, 0 while the creator is the only one |
/// | 216–231 | epoch |
/// | 232–247 | keep, basis points |
/// | 248–255 | zero |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Who registered it as theirs; never zero, so the word of a work is never zero either.
    pub creator: [u8; 20],
    /// The router's number for its collection.
    pub collection: u32,
    /// The code of its `WorkKind`.
    pub kind: u8,
    /// How many edges it has.
    pub parents: u8,
    /// How many payee words it has.
    pub stored_payees: u8,
    /// Its current epoch: the one income is credited to.
    pub epoch: u16,
    /// What its payees share; the parents have the rest.
    pub keep: Bps,
}

impl Head {
    /// Reads the word; `None` where no work has been written.
    #[must_use]
    pub fn from_word(word: &[u8; 32]) -> Option<Self> {
        if *word == [0; 32] {
            return None;
        }
        let (high, _) = word::halves(word);
        Some(Self {
            creator: word::low_address(word),
            collection: (high >> 32) as u32,
            kind: (high >> 64) as u8,
            parents: (high >> 72) as u8,
            stored_payees: (high >> 80) as u8,
            epoch: (high >> 88) as u16,
            keep: Bps::new((high >> 104) as u16).unwrap_or(Bps::ZERO),
        })
    }

    /// The word that stores this head.
    #[must_use]
    pub fn to_word(self) -> [u8; 32] {
        let (creator_high, creator_low) = word::halves(&word::address(&self.creator));
        let high = creator_high
            | u128::from(self.collection) << 32
            | u128::from(self.kind) << 64
            | u128::from(self.parents) << 72
            | u128::from(self.stored_payees) << 80
            | u128::from(self.epoch) << 88
            | u128::from(self.keep.get()) << 104;
        word::join(high, creator_low)
    }

    /// How many payees it has: those stored, else the creator alone, and none where it keeps nothing.
    #[must_use]
    pub const fn payees(&self) -> u8 {
        match (self.stored_payees, self.keep.get()) {
            (_, 0) => 0,
            (0, _) => 1,
            (stored, _) => stored,
        }
    }
}

//! The word of a token: its owner where ERC-721 keeps it, and in the bytes above, what is read often of its record.

use crate::word;

/// The word of a token.
///
/// | bits | field |
/// |---|---|
/// | 0–159 | owner |
/// | 160–175 | royalty, basis points |
/// | 176–191 | steps |
/// | 192–199 | kind |
/// | 200–207 | source type |
/// | 208–255 | number of its record |
///
/// All but the owner is written once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Who owns it; never zero.
    pub owner: [u8; 20],
    /// What its creator asks of a sale, in basis points.
    pub royalty: u16,
    /// How many steps its record commits to.
    pub step_count: u16,
    /// The code of its `WorkKind`.
    pub kind: u8,
    /// The code of its `SourceType`.
    pub source_type: u8,
    /// Which of the collection's records is its own: the first is 1. Only the lower 48 bits are kept, more than there
    /// can be creations.
    pub record: u64,
}

impl Token {
    /// Reads the word; `None` where no token has been minted.
    #[must_use]
    pub fn from_word(word: &[u8; 32]) -> Option<Self> {
        let (high, _) = word::halves(word);
        let owner = word::low_address(word);
        if owner == [0; 20] {
            return None;
        }
        Some(Self {
            owner,
            royalty: (high >> 32) as u16,
            step_count: (high >> 48) as u16,
            kind: (high >> 64) as u8,
            source_type: (high >> 72) as u8,
            record: (high >> 80) as u64,
        })
    }

    /// The word that stores this token.
    #[must_use]
    pub fn to_word(self) -> [u8; 32] {
        let (owner_high, owner_low) = word::halves(&word::address(&self.owner));
        let high = owner_high
            | u128::from(self.royalty) << 32
            | u128::from(self.step_count) << 48
            | u128::from(self.kind) << 64
            | u128::from(self.source_type) << 72
            | u128::from(self.record) << 80;
        word::join(high, owner_low)
    }
}

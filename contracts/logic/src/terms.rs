//! Under which terms a work admits children.
//!
//! The refusals are `ILicensing.sol`'s, one for one.

use crate::{bps::Bps, word};

/// The most bytes of a licence text's address.
pub const MAX_LICENCE_URI: usize = 512;

/// The cover that names a parent's open terms.
pub const COVER_OPEN: u8 = 0;

const EXPIRES: u128 = 1 << 8;
const HANDED_OVER: u128 = 1 << 9;
const LICENSED: u128 = 1 << 12;
const LIMITED: u128 = 1 << 13;

/// Whom a work admits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Mode {
    /// Nobody.
    #[default]
    Closed = 0,
    /// Everybody who gives it the least share.
    Open = 1,
}

impl Mode {
    /// The mode with this code.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Closed),
            1 => Some(Self::Open),
            _ => None,
        }
    }
}

/// The terms of a work as one word, which is all that admitting a child reads. The word of zeros is a work whose licensor
/// never said anything: closed.
///
/// | bits | field |
/// |---|---|
/// | 0–7 | mode |
/// | 8 | whether the offer expires |
/// | 9 | whether the licensor is another than the creator |
/// | 10–11 | zero |
/// | 12 | whether there is a licence text |
/// | 13 | whether the number of children is limited |
/// | 14–15 | zero |
/// | 16–31 | least share, basis points |
/// | 32–63 | version |
/// | 64–127 | expiry, unix seconds |
/// | 128–255 | zero |
///
/// The zero bits are kept for what the interface names and nobody can set yet: bit 10 for carry, bit 11 for a fee in
/// another asset than the native coin, bits 128–255 for the fee.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Whom the work admits.
    pub mode: Mode,
    /// Whether `expiry` counts.
    pub expires: bool,
    /// Whether the creator's place as licensor went to somebody else, who is stored beside this word.
    pub handed_over: bool,
    /// Whether a licence text was named, whose hash is stored beside this word.
    pub licensed: bool,
    /// Whether the number of children is limited ([`Children`](crate::children::Children), stored beside this word).
    pub limited: bool,
    /// The least share a child may give.
    pub min_share: Bps,
    /// How often terms or licensor changed.
    pub version: u32,
    /// The last second in which the offer is good.
    pub expiry: u64,
}

/// What a child names of the edge to one of its parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// The share the parent will have.
    pub share: u16,
    /// The version of the parent's terms the child knows.
    pub version: u32,
    /// What entitles the child.
    pub cover: u8,
}

/// Why a parent does not admit a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// `CoverNotOffered`: nothing entitles a child under the cover it names.
    CoverNotOffered {
        /// The cover named.
        got: u8,
    },
    /// `ParentClosed`.
    Closed,
    /// `StaleTerms`: the child knows other terms than those in force.
    Stale {
        /// The version the child knows.
        got: u32,
        /// The version in force.
        current: u32,
    },
    /// `OfferExpired`.
    Expired {
        /// The last second in which the offer was good.
        expiry: u64,
    },
    /// `ShareTooSmall`.
    ShareTooSmall {
        /// The share offered.
        got: u16,
        /// The least share.
        min: u16,
    },
    /// `ChildrenExhausted`: this version has admitted the most children it may.
    Exhausted {
        /// The most.
        max: u32,
    },
}

impl Terms {
    /// Reads the word. A mode nobody can set reads as closed.
    #[must_use]
    pub fn from_word(word: &[u8; 32]) -> Self {
        let (_, low) = word::halves(word);
        Self {
            mode: Mode::from_code(low as u8).unwrap_or_default(),
            expires: low & EXPIRES != 0,
            handed_over: low & HANDED_OVER != 0,
            licensed: low & LICENSED != 0,
            limited: low & LIMITED != 0,
            min_share: Bps::new((low >> 16) as u16).unwrap_or(Bps::WHOLE),
            version: (low >> 32) as u32,
            expiry: (low >> 64) as u64,
        }
    }

    /// The word that stores these terms.
    #[must_use]
    pub fn to_word(self) -> [u8; 32] {
        let flag = |set: bool, bit: u128| if set { bit } else { 0 };
        let low = self.mode as u128
            | flag(self.expires, EXPIRES)
            | flag(self.handed_over, HANDED_OVER)
            | flag(self.licensed, LICENSED)
            | flag(self.limited, LIMITED)
            | u128::from(self.min_share.get()) << 16
            | u128::from(self.version) << 32
            | u128::from(self.expiry) << 64;
        word::join(0, low)
    }

    /// The version after a change; `None` when there is no higher one.
    #[must_use]
    pub const fn next_version(&self) -> Option<u32> {
        self.version.checked_add(1)
    }

    /// Whether a child may derive at `now`, in unix seconds, as far as this word says: whose number is limited, is counted
    /// after it.
    ///
    /// # Errors
    /// The first reason against it, in the order cover, mode, version, expiry, share: what a child cannot cure by offering
    /// something else comes first.
    pub fn admit(&self, child: Derivation, now: u64) -> Result<(), Refusal> {
        if child.cover != COVER_OPEN {
            return Err(Refusal::CoverNotOffered { got: child.cover });
        }
        if self.mode == Mode::Closed {
            return Err(Refusal::Closed);
        }
        if child.version != self.version {
            return Err(Refusal::Stale {
                got: child.version,
                current: self.version,
            });
        }
        if self.expires && now > self.expiry {
            return Err(Refusal::Expired {
                expiry: self.expiry,
            });
        }
        let min = self.min_share.get();
        if child.share < min {
            return Err(Refusal::ShareTooSmall {
                got: child.share,
                min,
            });
        }
        Ok(())
    }
}

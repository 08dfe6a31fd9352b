//! How many children a version of a work's terms admits, and how many it has admitted.
//!
//! Whoever can lay up a stock of children under cheap terms can sell them when the terms have risen. A licensor who limits
//! their number bounds that stock.

use crate::terms::Refusal;
use crate::word;

/// The count of a work whose terms limit its children.
///
/// | bits | field |
/// |---|---|
/// | 0–31 | the most that a version admits |
/// | 32–63 | the version under which `admitted` were counted |
/// | 64–95 | admitted |
/// | 96–255 | zero |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Children {
    /// The most that a version admits.
    pub most: u32,
    /// The version of the terms under which `admitted` were counted.
    pub version: u32,
    /// How many that version has admitted.
    pub admitted: u32,
}

impl Children {
    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &[u8; 32]) -> Self {
        let (_, low) = word::halves(word);
        Self {
            most: low as u32,
            version: (low >> 32) as u32,
            admitted: (low >> 64) as u32,
        }
    }

    /// The word that stores this count.
    #[must_use]
    pub fn to_word(self) -> [u8; 32] {
        let low = u128::from(self.most)
            | u128::from(self.version) << 32
            | u128::from(self.admitted) << 64;
        word::join(0, low)
    }

    /// How many children a version has admitted: none yet where the count is of another, since every change of terms or
    /// licensor begins a new one.
    #[must_use]
    pub const fn admitted_under(&self, version: u32) -> u32 {
        if self.version == version {
            self.admitted
        } else {
            0
        }
    }

    /// The count with one child more, admitted under `version`.
    ///
    /// # Errors
    /// [`Refusal::Exhausted`] where that version has admitted the most it may.
    pub fn admit(self, version: u32) -> Result<Self, Refusal> {
        let admitted = self.admitted_under(version);
        if admitted >= self.most {
            return Err(Refusal::Exhausted { max: self.most });
        }
        Ok(Self {
            version,
            admitted: admitted.wrapping_add(1), // below the most, which fits
            ..self
        })
    }
}

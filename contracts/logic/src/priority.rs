//! Priority: who came first with a file, in one collection.

use crate::word;

/// How long a commitment dates a mint, in seconds: 3 days. Long enough to mint at leisure on a chain whose clock may be a
/// day off, and too short to be an option on what others publish.
///
/// It also makes claims final: a claim minted longer ago is older than any commitment that still counts, so nothing can
/// come before it any more.
pub const COMMITMENT_LIFE: u64 = 3 * 24 * 60 * 60;

/// The claim on an output hash that has priority: the earliest. As a word: bits 0–159 the creator, 160–223 the token id,
/// above them zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priority {
    /// Who claims.
    pub creator: [u8; 20],
    /// The token that records the claim; never zero.
    pub token_id: u64,
}

impl Priority {
    /// Reads the word; `None` where nobody has claimed.
    #[must_use]
    pub fn from_word(word: &[u8; 32]) -> Option<Self> {
        if *word == [0; 32] {
            return None;
        }
        let (high, _) = word::halves(word);
        Some(Self {
            creator: word::low_address(word),
            token_id: (high >> 32) as u64,
        })
    }

    /// The word that stores this claim.
    #[must_use]
    pub fn to_word(self) -> [u8; 32] {
        let (high, low) = word::halves(&word::address(&self.creator));
        word::join(high | u128::from(self.token_id) << 32, low)
    }
}

/// Whether a new claim comes before the earliest so far. At equal times the one minted first, which has the lower id,
/// stays.
#[must_use]
pub const fn precedes(new_claimed_at: u64, first_claimed_at: u64) -> bool {
    new_claimed_at < first_claimed_at
}

/// Whether a commitment made at `time`, zero where there is none, still dates a mint at `now`. While it does, making it
/// again changes nothing; afterwards it may be made anew.
#[must_use]
pub const fn stands(time: u64, now: u64) -> bool {
    time != 0 && time >= oldest_commitment(now)
}

/// The earliest time a commitment may have been made to date a mint at `now`.
#[must_use]
pub const fn oldest_commitment(now: u64) -> u64 {
    now.saturating_sub(COMMITMENT_LIFE)
}

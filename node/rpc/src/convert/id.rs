//! Names of filters and subscriptions.

use alloy_primitives::B128;
use std::hash::{BuildHasher, Hasher, RandomState};

/// A name that nobody guesses and that no other has: 16 bytes, as go-ethereum's.
#[must_use]
pub fn random_id() -> B128 {
    // the standard library takes the keys of its hash maps from the system's random numbers
    let half = || RandomState::new().build_hasher().finish();
    B128::from((u128::from(half()) << 64 | u128::from(half())).to_be_bytes())
}

//! How much gas a program gives another that it calls.
//!
//! A program that has expired, or whose code no longer passes, takes all the gas it is given and says nothing. So every call
//! of a program is given what it can need and no more: then the caller has gas left to say who failed, and whoever pays
//! for the transaction loses no more than this.
//!
//! Each is several times what the dearest call took when it was measured, with every program uncached, every slot cold and
//! every list at its longest; a test holds it above twice that (`tests/tests/e2e/findings/stipend.rs`). The rest is for
//! prices of versions of the chain to come, because programs cannot be changed.

/// `register` of the router, from a collection. Measured: 557,000 gas, with 16 parents whose children are counted, 8 payees
/// and a collection that is new; fees to 16 parents with empty ledgers would add 430,000.
pub const REGISTER: u64 = 2_500_000;

/// `tokenURI` and `contractURI` of a renderer, from a collection. Measured: 88,000 gas, for a work with 16 parents and the
/// longest title and address. So much more is given because an owner may choose a renderer that draws, and because asking
/// is free off chain.
pub const RENDER: u64 = 8_000_000;

/// Any one question of the renderer to a collection. Measured: 22,000 gas. A name takes 2,100 more for each 32 bytes.
pub const COLLECTION: u64 = 500_000;

/// `parents` of the router, from the renderer. Measured: 34,000 gas, for 16. A picture is refused where there is less than
/// this to give, since it is shown without parents where the router fails.
pub const PARENTS: u64 = 1_000_000;

/// `creatorOf` of a router, from licensing. Measured: 19,000 gas; a router may be another than ours.
pub const CREATOR_OF: u64 = 200_000;

/// `consume` of licensing, from the router: for entering it, and for each parent. Measured: 128,000 gas, for 16 parents
/// whose children are counted.
#[must_use]
pub const fn consume(parents: usize) -> u64 {
    50_000u64
        .saturating_mul(parents as u64)
        .saturating_add(100_000)
}

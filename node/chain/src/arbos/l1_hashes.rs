//! Hashes of the parent chain's last 256 blocks, which `BLOCKHASH` returns (`arbos/blockhash/blockhash.go`).
//!
//! What is kept as a block's hash is not what the parent chain has: it is made from the hash of this chain's block before.

use super::fields::root;
use super::space::{self, Journal, Space};
use alloy_primitives::{B256, U256, keccak256};

/// Blocks whose hashes are kept.
const KEPT: u64 = 256;

/// Notes that the parent chain has come to a block; blocks between it and the last one noted get hashes made from the same.
/// A block that is noted already changes nothing.
pub(crate) fn note(journal: &mut Journal, number: u64, hash: B256) {
    let next = next(journal);
    if number < next {
        return;
    }
    let space = root::l1_hashes();
    // older ones would be overwritten at once
    let first = next.max(number.saturating_sub(KEPT)).saturating_add(1);
    for skipped in first..number {
        let made = keccak256([hash.as_slice(), &skipped.to_le_bytes()].concat());
        space::write(journal, place(&space, skipped), made.into());
    }
    space::write(journal, place(&space, number), hash.into());
    let next = U256::from(number.saturating_add(1));
    space::write(journal, *root::NEXT_L1_BLOCK, next);
}

/// The hash noted for a block of the parent chain, if it is one of the last 256 before the one that follows next.
pub(crate) fn hash(journal: &mut Journal, number: u64) -> Option<B256> {
    let next = next(journal);
    let known = number < next && number.saturating_add(KEPT) >= next;
    known.then(|| space::read(journal, place(&root::l1_hashes(), number)).into())
}

/// The block of the parent chain that is noted next.
fn next(journal: &mut Journal) -> u64 {
    space::read(journal, *root::NEXT_L1_BLOCK).saturating_to()
}

fn place(space: &Space, number: u64) -> U256 {
    space.slot_at(1 + number % KEPT)
}

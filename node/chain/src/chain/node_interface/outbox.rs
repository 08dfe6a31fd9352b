//! Proofs that a message to the parent chain was sent, as its Outbox checks them.

use alloy_primitives::{B256, keccak256};

/// The root of the tree of these messages, and what stands beside the way from one of them up to it, lowest first.
///
/// As in ArbOS's tree (`arbos/merkleAccumulator/merkleAccumulator.go`), a leaf is the hash of a message's hash, and zeros
/// stand where a neighbour is missing.
pub(super) fn proof(messages: &[B256], leaf: usize) -> (B256, Vec<B256>) {
    let mut row: Vec<B256> = messages.iter().map(keccak256).collect();
    let (mut at, mut beside) = (leaf, Vec::new());
    while row.len() > 1 {
        beside.push(row.get(at ^ 1).copied().unwrap_or_default());
        row = row.chunks(2).map(parent).collect();
        at /= 2;
    }
    (row.first().copied().unwrap_or_default(), beside)
}

fn parent(pair: &[B256]) -> B256 {
    let [left, right] = [0, 1].map(|at| pair.get(at).copied().unwrap_or_default());
    keccak256([left, right].concat())
}

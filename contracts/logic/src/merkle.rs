//! Merkle trees as @openzeppelin/merkle-tree's standard tree has them: sorted leaves, sorted pairs.

use alloc::{vec, vec::Vec};

/// The root that `proof` leads to from `leaf`.
#[must_use]
pub fn root_of_proof<'a>(
    keccak256: impl Fn(&[u8]) -> [u8; 32],
    leaf: [u8; 32],
    proof: impl IntoIterator<Item = &'a [u8; 32]>,
) -> [u8; 32] {
    proof
        .into_iter()
        .fold(leaf, |node, sibling| parent(&keccak256, &node, sibling))
}

fn parent(keccak256: impl Fn(&[u8]) -> [u8; 32], a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
    let pair = if a <= b { [*a, *b] } else { [*b, *a] };
    keccak256(pair.as_flattened())
}

/// A complete binary tree in one list: the root first, the children of node n at 2n + 1 and 2n + 2, the leaves last and in
/// descending order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<[u8; 32]>,
}

impl Tree {
    /// The tree over these leaves, in whatever order they come; `None` without leaves.
    #[must_use]
    pub fn new(keccak256: impl Fn(&[u8]) -> [u8; 32], leaves: &[[u8; 32]]) -> Option<Self> {
        let inner = leaves.len().checked_sub(1)?;
        let mut sorted = leaves.to_vec();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        let mut nodes = vec![[0; 32]; inner];
        nodes.append(&mut sorted);
        for index in (0..inner).rev() {
            let (left, right) = children(index);
            nodes[index] = parent(&keccak256, nodes.get(left)?, nodes.get(right)?);
        }
        Some(Self { nodes })
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> [u8; 32] {
        self.nodes.first().copied().unwrap_or_default()
    }

    /// The siblings that lead from `leaf` to the root, lowest first; `None` for a leaf the tree does not have.
    #[must_use]
    pub fn proof(&self, leaf: &[u8; 32]) -> Option<Vec<[u8; 32]>> {
        let first_leaf = self.nodes.len() >> 1;
        let place = self
            .nodes
            .get(first_leaf..)?
            .iter()
            .position(|node| node == leaf)?;
        let mut index = first_leaf.checked_add(place)?;
        let mut proof = Vec::new();
        while let Some(above) = index.checked_sub(1) {
            // Odd nodes are left children.
            let sibling = if index & 1 == 1 {
                index.checked_add(1)?
            } else {
                above
            };
            proof.push(*self.nodes.get(sibling)?);
            index = above >> 1;
        }
        Some(proof)
    }
}

/// Indexes of a list in memory: doubling one cannot wrap.
const fn children(index: usize) -> (usize, usize) {
    let left = index.wrapping_mul(2).wrapping_add(1);
    (left, left.wrapping_add(1))
}

//! The tree of messages to the parent chain: only the roots of its full subtrees are kept, one a level
//! (`arbos/merkleAccumulator/merkleAccumulator.go`).

use super::fields::root;
use super::space::Space;
use alloy_primitives::{B256, U256, keccak256};

/// Where the number of leaves is; the roots lie from key 2 on.
const SIZE: u64 = 0;
const FIRST_ROOT: u64 = 2;

/// How the tree is read and written: a precompile pays for it.
pub(crate) trait Access {
    /// Why it cannot go on.
    type Error;

    /// What a slot holds.
    ///
    /// # Errors
    /// If it cannot be paid for.
    fn get(&mut self, slot: U256) -> Result<U256, Self::Error>;

    /// Sets a slot.
    ///
    /// # Errors
    /// If it cannot be paid for.
    fn set(&mut self, slot: U256, value: U256) -> Result<(), Self::Error>;

    /// The hash of bytes.
    ///
    /// # Errors
    /// If it cannot be paid for.
    fn hash(&mut self, bytes: &[u8]) -> Result<B256, Self::Error>;
}

/// A node of the tree that a new leaf changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its level, leaves being at zero.
    pub(crate) level: u64,
    /// The number of the leaf that changed it.
    pub(crate) leaf: u64,
    pub(crate) hash: B256,
}

/// Appends a leaf, and returns the nodes above it that this completed or changed.
///
/// # Errors
/// If it cannot be paid for.
pub(crate) fn append<A: Access>(access: &mut A, item: B256) -> Result<Vec<Node>, A::Error> {
    let space = root::sends();
    let size = access.get(space.slot_at(SIZE))?.saturating_to::<u64>();
    let size = size.saturating_add(1);
    access.set(space.slot_at(SIZE), U256::from(size))?;
    let mut nodes = Vec::new();
    let mut level = 0;
    let mut hash = keccak256(item);
    loop {
        if level == levels(size - 1) {
            // the tree has grown by a level
            access.set(slot(&space, level), hash.into())?;
            return Ok(nodes);
        }
        let before: B256 = access.get(slot(&space, level))?.into();
        if before.is_zero() {
            access.set(slot(&space, level), hash.into())?;
            return Ok(nodes);
        }
        hash = access.hash(&[before.as_slice(), hash.as_slice()].concat())?;
        access.set(slot(&space, level), U256::ZERO)?;
        level += 1;
        nodes.push(Node {
            level,
            leaf: size - 1,
            hash,
        });
    }
}

/// The number of leaves.
///
/// # Errors
/// If it cannot be paid for.
pub(crate) fn size<A: Access>(access: &mut A) -> Result<u64, A::Error> {
    let size = access.get(root::sends().slot_at(SIZE))?;
    Ok(size.saturating_to())
}

/// The number of leaves, the root of the tree, and the roots of full subtrees, lowest first.
///
/// # Errors
/// If it cannot be paid for.
pub(crate) fn state<A: Access>(access: &mut A) -> Result<(u64, B256, Vec<B256>), A::Error> {
    let space = root::sends();
    let size = access.get(space.slot_at(SIZE))?.saturating_to::<u64>();
    let roots = (0..levels(size))
        .map(|level| access.get(slot(&space, level)).map(B256::from))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((size, root_of(&roots), roots))
}

/// The root of a tree with these full subtrees: what is missing counts as zeros.
pub(crate) fn root_of(roots: &[B256]) -> B256 {
    let pair = |left: B256, right: B256| keccak256([left.as_slice(), right.as_slice()].concat());
    let mut above: Option<(B256, usize)> = None;
    for (level, &root) in roots.iter().enumerate() {
        if root.is_zero() {
            continue;
        }
        above = Some(match above {
            None => (root, level),
            Some((mut hash, mut reached)) => {
                while reached < level {
                    hash = pair(hash, B256::ZERO);
                    reached += 1;
                }
                (pair(root, hash), reached + 1)
            }
        });
    }
    above.map_or(B256::ZERO, |(hash, _)| hash)
}

/// Levels that roots are kept of.
const fn levels(size: u64) -> u64 {
    (u64::BITS - size.leading_zeros()) as u64
}

fn slot(space: &Space, level: u64) -> U256 {
    space.slot_at(FIRST_ROOT + level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::convert::Infallible;
    use std::collections::BTreeMap;

    #[derive(Default)]
    struct Slots(BTreeMap<U256, U256>);

    impl Access for Slots {
        type Error = Infallible;

        fn get(&mut self, slot: U256) -> Result<U256, Infallible> {
            Ok(self.0.get(&slot).copied().unwrap_or_default())
        }

        fn set(&mut self, slot: U256, value: U256) -> Result<(), Infallible> {
            self.0.insert(slot, value);
            Ok(())
        }

        fn hash(&mut self, bytes: &[u8]) -> Result<B256, Infallible> {
            Ok(keccak256(bytes))
        }
    }

    #[test]
    fn tree_that_is_said_to_be_full_stays_so() {
        let size_slot = root::sends().slot_at(SIZE);
        for said in [U256::from(u64::MAX), U256::MAX] {
            let mut slots = Slots::default();
            slots.0.insert(size_slot, said);
            let Ok(nodes) = append(&mut slots, B256::repeat_byte(1));
            assert_eq!(nodes, []);
            assert_eq!(size(&mut slots), Ok(u64::MAX));
        }
    }
}

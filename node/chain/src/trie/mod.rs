//! Ethereum's Merkle-Patricia tries, kept in memory with the hash of every node, so that a new root costs the hashes of
//! what changed and an older trie stays readable beside the newer one.
//!
//! alloy-trie encodes the nodes and checks the result; it builds a trie once from all its keys, and keeps none.

mod node;
mod state;

pub use state::{AccountProof, SlotProof, StateTrie, TrieChange};

use alloy_primitives::{B256, Bytes, keccak256};
use alloy_trie::{EMPTY_ROOT_HASH, Nibbles};
use node::Node;
use std::sync::Arc;

/// What a trie holds at a key.
pub trait Value: Clone + Eq {
    /// The bytes of it that the trie's root hashes.
    fn encoded(&self) -> Vec<u8>;
}

/// A trie whose keys are 32 bytes long. A copy shares all nodes with its original until one of them changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trie<V> {
    root: Option<Arc<Node<V>>>,
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        Self { root: None }
    }
}

impl<V: Value> Trie<V> {
    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// What is at a key.
    #[must_use]
    pub fn get(&self, key: B256) -> Option<&V> {
        self.root.as_ref()?.get(&path(key))
    }

    /// Puts a value at a key.
    pub fn insert(&mut self, key: B256, value: V) {
        if self.get(key) != Some(&value) {
            let root = self.root.take();
            self.root = Some(Node::insert(root, path(key), value));
        }
    }

    /// Takes a key out, if it is there.
    pub fn remove(&mut self, key: B256) {
        // a path that ends nowhere must not copy the nodes on its way
        if self.get(key).is_some() {
            self.root = self.root.take().and_then(|root| root.remove(&path(key)));
        }
    }

    /// The hash of the whole trie; nodes that have not changed since it was last asked for are not hashed again.
    #[must_use]
    pub fn root(&self) -> B256 {
        self.root
            .as_ref()
            .map_or(EMPTY_ROOT_HASH, |root| keccak_of(root))
    }

    /// The nodes from the root towards a key, encoded: a proof of what is there, or that nothing is (EIP-1186).
    #[must_use]
    pub fn proof(&self, key: B256) -> Vec<Bytes> {
        let mut nodes = Vec::new();
        if let Some(root) = &self.root {
            root.prove(&path(key), true, &mut nodes);
        }
        nodes
    }

    /// How many nodes the next [`root`](Self::root) has to encode anew.
    #[must_use]
    pub fn stale(&self) -> usize {
        self.root.as_ref().map_or(0, |root| root.stale())
    }
}

/// A root is hashed even where its encoding is shorter than a hash.
fn keccak_of<V: Value>(root: &Node<V>) -> B256 {
    let reference = root.reference();
    // a hash, behind the byte that says so
    match reference.as_slice().split_first() {
        Some((_, hash)) if hash.len() == B256::len_bytes() => B256::from_slice(hash),
        _ => keccak256(reference.as_slice()),
    }
}

fn path(key: B256) -> Nibbles {
    Nibbles::unpack_array(&key.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        static COMPARED: Cell<u32> = const { Cell::new(0) };
    }

    #[derive(Clone, Debug, Eq)]
    struct Counted(u64);

    impl PartialEq for Counted {
        fn eq(&self, other: &Self) -> bool {
            COMPARED.set(COMPARED.get() + 1);
            self.0 == other.0
        }
    }

    impl Value for Counted {
        fn encoded(&self) -> Vec<u8> {
            self.0.to_be_bytes().to_vec()
        }
    }

    #[test]
    fn tries_that_share_nodes_are_compared_by_what_they_do_not_share() {
        let mut old = Trie::default();
        for number in 0..5_000_u64 {
            old.insert(keccak256(number.to_be_bytes()), Counted(number));
        }
        for number in [0_u64, 2_499, 4_999] {
            let mut new = old.clone();
            new.insert(keccak256(number.to_be_bytes()), Counted(5_000));
            COMPARED.set(0);
            assert_ne!(old, new);
            assert!(COMPARED.get() < 16, "{}", COMPARED.get());
            assert_eq!(new, new.clone());
        }
    }
}

//! A node of a trie. Its encoding refers to each node below by hash, or holds it where it is shorter than a hash.

use super::Value;
use alloy_primitives::Bytes;
use alloy_rlp::Encodable;
use alloy_trie::nodes::{BranchNodeRef, ExtensionNodeRef, LeafNodeRef, RlpNode};
use alloy_trie::{Nibbles, TrieMask};
use std::array;
use std::sync::{Arc, OnceLock};

/// A node, and how the node above refers to it once that has been asked for.
#[derive(Clone, Debug)]
pub(super) struct Node<V> {
    shape: Shape<V>,
    reference: OnceLock<RlpNode>,
}

type Children<V> = [Option<Arc<Node<V>>>; 16];

/// All keys have the same length, so no value ends where another goes on: branches hold none.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape<V> {
    /// The only key below begins so.
    Leaf { path: Nibbles, value: V },
    /// All keys below begin with this path, and then part.
    Extension { path: Nibbles, child: Arc<Node<V>> },
    /// The next sixteenth of a byte leads to one of these, of which two or more are there.
    Branch { children: Box<Children<V>> },
}

impl<V: PartialEq> PartialEq for Node<V> {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape
    }
}

/// With this, std compares two pointers to one node without a look below it. Tries that share most of their nodes are compared often.
impl<V: Eq> Eq for Node<V> {}

impl<V: Value> Node<V> {
    fn new(shape: Shape<V>) -> Arc<Self> {
        Arc::new(Self {
            shape,
            reference: OnceLock::new(),
        })
    }

    pub(super) fn get(&self, key: &Nibbles) -> Option<&V> {
        match &self.shape {
            Shape::Leaf { path, value } => (path == key).then_some(value),
            Shape::Extension { path, child } => child.get(&rest(key, path)?),
            Shape::Branch { children } => {
                let (first, rest) = parted(key);
                children[first].as_ref()?.get(&rest)
            }
        }
    }

    /// What a node becomes when a value is put at a key below it.
    pub(super) fn insert(node: Option<Arc<Self>>, key: Nibbles, value: V) -> Arc<Self> {
        let Some(node) = node else {
            return Self::new(Shape::Leaf { path: key, value });
        };
        let shape = match Arc::unwrap_or_clone(node).shape {
            Shape::Leaf { path, value: old } if path != key => {
                let leaf = |path| Self::new(Shape::Leaf { path, value: old });
                split(path, leaf, key, value)
            }
            Shape::Leaf { path, .. } => Shape::Leaf { path, value },
            Shape::Extension { path, child } => match rest(&key, &path) {
                Some(rest) => Shape::Extension {
                    path,
                    child: Self::insert(Some(child), rest, value),
                },
                None => split(path, |path| under(path, child), key, value),
            },
            Shape::Branch { mut children } => {
                let (first, rest) = parted(&key);
                let child = &mut children[first];
                *child = Some(Self::insert(child.take(), rest, value));
                Shape::Branch { children }
            }
        };
        Self::new(shape)
    }

    /// What a node becomes when a key that is below it goes; nothing, if that was all.
    pub(super) fn remove(self: Arc<Self>, key: &Nibbles) -> Option<Arc<Self>> {
        match Arc::unwrap_or_clone(self).shape {
            Shape::Leaf { .. } => None,
            Shape::Extension { path, child } => {
                let child = child.remove(&rest(key, &path)?)?;
                Some(under(path, child))
            }
            Shape::Branch { mut children } => {
                let (first, rest) = parted(key);
                let child = &mut children[first];
                *child = child.take().and_then(|child| child.remove(&rest));
                let mut left = (0_u8..).zip(children.iter_mut());
                let mut left = left.by_ref().filter(|(_, child)| child.is_some());
                let only = left.next();
                if left.next().is_some() {
                    return Some(Self::new(Shape::Branch { children }));
                }
                // a branch with one way on is no branch
                let (nibble, child) = only?;
                Some(under(Nibbles::from_nibbles([nibble]), child.take()?))
            }
        }
    }

    /// How the node above refers to this one.
    pub(super) fn reference(&self) -> &RlpNode {
        self.reference
            .get_or_init(|| RlpNode::from_rlp(&self.encoded()))
    }

    fn encoded(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match &self.shape {
            Shape::Leaf { path, value } => {
                LeafNodeRef::new(path, &value.encoded()).encode(&mut bytes);
            }
            Shape::Extension { path, child } => {
                ExtensionNodeRef::new(path, child.reference()).encode(&mut bytes);
            }
            Shape::Branch { children } => {
                let mut mask = TrieMask::default();
                let mut stack = Vec::with_capacity(children.len());
                for (index, child) in (0..).zip(children.iter()) {
                    if let Some(child) = child {
                        mask.set_bit(index);
                        stack.push(child.reference().clone());
                    }
                }
                BranchNodeRef::new(&stack, mask).encode(&mut bytes);
            }
        }
        bytes
    }

    /// Adds the nodes towards a key to a proof. One that the node above holds whole is not written a second time.
    pub(super) fn prove(&self, key: &Nibbles, is_root: bool, nodes: &mut Vec<Bytes>) {
        let encoded = self.encoded();
        if is_root || encoded.len() >= 32 {
            nodes.push(encoded.into());
        }
        let below = match &self.shape {
            Shape::Leaf { .. } => None,
            Shape::Extension { path, child } => rest(key, path).map(|rest| (child, rest)),
            Shape::Branch { children } => {
                let (first, rest) = parted(key);
                children[first].as_ref().map(|child| (child, rest))
            }
        };
        if let Some((child, rest)) = below {
            child.prove(&rest, false, nodes);
        }
    }

    /// Nodes that have no reference yet; where one has it, so have all below.
    pub(super) fn stale(&self) -> usize {
        if self.reference.get().is_some() {
            return 0;
        }
        let below = match &self.shape {
            Shape::Leaf { .. } => 0,
            Shape::Extension { child, .. } => child.stale(),
            Shape::Branch { children } => {
                let children = children.iter().flatten();
                children.map(|child| child.stale()).sum()
            }
        };
        1 + below
    }
}

/// A branch where a new key parts from an old path, behind what the two have in common.
fn split<V: Value>(
    old_path: Nibbles,
    old: impl FnOnce(Nibbles) -> Arc<Node<V>>,
    key: Nibbles,
    value: V,
) -> Shape<V> {
    let common = old_path.common_prefix_length(&key);
    let mut children: Box<Children<V>> = Box::new(array::from_fn(|_| None));
    let (first, rest) = parted(&old_path.slice(common..));
    children[first] = Some(old(rest));
    let (first, rest) = parted(&key.slice(common..));
    children[first] = Some(Node::insert(None, rest, value));
    let branch = Shape::Branch { children };
    match common {
        0 => branch,
        _ => Shape::Extension {
            path: key.slice(..common),
            child: Node::new(branch),
        },
    }
}

/// A node with a path before it.
fn under<V: Value>(path: Nibbles, child: Arc<Node<V>>) -> Arc<Node<V>> {
    if path.is_empty() {
        return child;
    }
    Node::new(match &child.shape {
        Shape::Branch { .. } => Shape::Extension { path, child },
        Shape::Leaf { path: end, value } => Shape::Leaf {
            path: path.join(end),
            value: value.clone(),
        },
        Shape::Extension { path: end, child } => Shape::Extension {
            path: path.join(end),
            child: Arc::clone(child),
        },
    })
}

/// What of a key follows a path that it begins with.
fn rest(key: &Nibbles, path: &Nibbles) -> Option<Nibbles> {
    key.starts_with(path).then(|| key.slice(path.len()..))
}

/// The first nibble of a key, and the others. Where keys part, each has one.
fn parted(key: &Nibbles) -> (usize, Nibbles) {
    (key.get_unchecked(0).into(), key.slice(1..))
}

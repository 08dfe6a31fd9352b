//! Content identifiers (CIDv1), as IPFS gives them.
//!
//! A file of at most [`BLOCK`] bytes is one raw block. A larger one is a tree of blocks (UnixFS) by the profile `unixfs-v1-2025`
//! (IPIP-499): raw leaves of one mebibyte and nodes of at most 1,024 links, all as deep as each other.

pub mod car;
mod node;
mod tree;

use alloy_primitives::B256;
use cid::Cid;
use cid::multihash::Multihash;
use sha2::{Digest as _, Sha256};

pub use tree::{Block, Tree};

/// Most bytes of a leaf (IPIP-499, unixfs-v1-2025).
pub const BLOCK: usize = 1 << 20;

/// Multicodec of a plain block of bytes (multiformats table).
const RAW: u64 = 0x55;
/// Multicodec of a node with links (multiformats table).
const DAG_PB: u64 = 0x70;
/// Multicodec of SHA-256 (multiformats table).
const SHA2_256: u64 = 0x12;

/// The identifier of a file that is one block: CIDv1, raw, of its SHA-256.
#[must_use]
pub fn raw(sha256: &B256) -> Cid {
    v1(RAW, sha256)
}

fn v1(codec: u64, sha256: &B256) -> Cid {
    let hash = Multihash::wrap(SHA2_256, sha256.as_slice()).expect("32 bytes fit in a multihash");
    Cid::new_v1(codec, hash)
}

/// What names a file by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hashes {
    /// SHA-256 of all of them.
    pub sha256: B256,
    /// The identifier that IPFS gives the file.
    pub cid: Cid,
}

/// Hashes a file that is given piece by piece, in one pass and in the memory that its hashes take.
#[derive(Clone, Debug, Default)]
pub struct Hasher {
    whole: Sha256,
    leaf: Sha256,
    /// Bytes of the leaf so far.
    filled: usize,
    tree: Tree,
}

impl Hasher {
    /// Takes the next piece.
    pub fn update(&mut self, mut bytes: &[u8]) {
        self.whole.update(bytes);
        while !bytes.is_empty() {
            if self.filled == BLOCK {
                self.end_leaf();
            }
            let (piece, rest) = bytes.split_at(bytes.len().min(BLOCK - self.filled));
            self.leaf.update(piece);
            self.filled += piece.len();
            bytes = rest;
        }
    }

    fn end_leaf(&mut self) {
        let hash = B256::from_slice(&self.leaf.finalize_reset());
        self.tree.leaf(&hash, self.filled as u64, &mut drop);
        self.filled = 0;
    }

    /// The hashes of what was given.
    #[must_use]
    pub fn finish(mut self) -> Hashes {
        self.end_leaf();
        Hashes {
            sha256: B256::from_slice(&self.whole.finalize()),
            cid: self.tree.root(&mut drop),
        }
    }
}

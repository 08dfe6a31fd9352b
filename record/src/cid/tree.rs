//! The tree of a file's blocks.

use super::node::{self, Link};
use super::{BLOCK, DAG_PB, raw, v1};
use crate::sha256;
use alloy_primitives::B256;
use cid::Cid;

/// Most links of a node (IPIP-499, unixfs-v1-2025).
const LINKS: usize = 1024;

/// A node that the tree is made of beside its leaves.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its identifier.
    pub cid: Cid,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Grows from its leaves, given in their order. Each node is handed out when it is whole.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// What waits for its parent, the leaves' floor first.
    floors: Vec<Vec<Link>>,
}

impl Tree {
    /// Adds a leaf by its SHA-256 and length. All but the last have [`BLOCK`] bytes.
    pub fn leaf(&mut self, hash: &B256, length: u64, made: &mut impl FnMut(Block)) {
        debug_assert!(length <= BLOCK as u64);
        let link = Link {
            cid: raw(hash),
            file: length,
            total: length,
        };
        self.add(0, link, made);
    }

    fn add(&mut self, floor: usize, link: Link, made: &mut impl FnMut(Block)) {
        if self.floors.len() == floor {
            self.floors.push(Vec::new());
        }
        if self.floors[floor].len() == LINKS {
            self.close(floor, made);
        }
        self.floors[floor].push(link);
    }

    /// Makes a node of what waits on a floor.
    fn close(&mut self, floor: usize, made: &mut impl FnMut(Block)) {
        let links = std::mem::take(&mut self.floors[floor]);
        let bytes = node::encode(&links);
        let cid = v1(DAG_PB, &sha256(&bytes));
        let below: u64 = links.iter().map(|link| link.total).sum();
        let link = Link {
            cid,
            file: links.iter().map(|link| link.file).sum(),
            total: below + bytes.len() as u64,
        };
        made(Block { cid, bytes });
        self.add(floor + 1, link, made);
    }

    /// The root: the one leaf if there is no other, else the node above all.
    ///
    /// # Panics
    /// There is no leaf. A file of no bytes has one of no bytes.
    pub fn root(mut self, made: &mut impl FnMut(Block)) -> Cid {
        let mut floor = 0;
        loop {
            if let [root] = self.floors[floor].as_slice()
                && floor + 1 == self.floors.len()
            {
                return root.cid;
            }
            self.close(floor, made);
            floor += 1;
        }
    }
}

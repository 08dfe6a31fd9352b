//! A node of a file's tree, in bytes: dag-pb around UnixFS (specs.ipfs.tech, UnixFS, "dag-pb node" and "data").
//!
//! Both are messages of Protocol Buffers. Only the fields that the node of a file has are written here.

use cid::Cid;

/// What a parent keeps of a child.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) cid: Cid,
    /// Bytes of the file below it.
    pub(super) file: u64,
    /// Bytes of all blocks below it and its own.
    pub(super) total: u64,
}

/// UnixFS's type of a file.
const FILE: u64 = 2;

/// A node that has these children.
pub(super) fn encode(links: &[Link]) -> Vec<u8> {
    let mut data = Vec::new();
    number(&mut data, 1, FILE);
    number(&mut data, 3, links.iter().map(|link| link.file).sum());
    for link in links {
        number(&mut data, 4, link.file);
    }
    let mut node = Vec::new();
    // The links come first, though their number is 2 (dag-pb, "Serial format").
    for link in links {
        let mut linked = Vec::new();
        bytes(&mut linked, 1, &link.cid.to_bytes());
        // A chunk of a file has a name, and it is empty.
        bytes(&mut linked, 2, &[]);
        number(&mut linked, 3, link.total);
        bytes(&mut node, 2, &linked);
    }
    bytes(&mut node, 1, &data);
    node
}

/// A field that is a number.
fn number(to: &mut Vec<u8>, field: u8, value: u64) {
    to.push(field << 3);
    varint(to, value);
}

/// A field that is bytes, or a message.
fn bytes(to: &mut Vec<u8>, field: u8, value: &[u8]) {
    to.push(field << 3 | 2);
    varint(to, value.len() as u64);
    to.extend_from_slice(value);
}

/// Seven bits a byte, the lowest first.
pub(super) fn varint(to: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

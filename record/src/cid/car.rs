//! A file with the nodes of its tree, as IPFS takes it: a content-addressable archive (CARv1, ipld.io/specs/transport/car).

use super::node::varint;
use super::{BLOCK, Hasher, Tree, raw};
use crate::sha256;
use cid::Cid;
use std::io::{self, Read, Seek, Write};

/// Writes a file as an archive and returns its identifier. The file is read twice: the root stands at the archive's beginning.
///
/// # Errors
/// The file cannot be read, or changes meanwhile; or the archive cannot be written.
pub fn write(file: &mut (impl Read + Seek), archive: &mut impl Write) -> io::Result<Cid> {
    let mut piece = vec![0; BLOCK];
    let mut hasher = Hasher::default();
    file.rewind()?;
    loop {
        match filled(file, &mut piece)? {
            0 => break,
            length => hasher.update(&piece[..length]),
        }
    }
    let root = hasher.finish().cid;
    section(archive, &[&header(&root)])?;
    let mut tree = Tree::default();
    let mut nodes = Vec::new();
    file.rewind()?;
    for at in 0.. {
        let length = filled(file, &mut piece)?;
        if length == 0 && at > 0 {
            break;
        }
        let leaf = &piece[..length];
        let hash = sha256(leaf);
        section(archive, &[&raw(&hash).to_bytes(), leaf])?;
        tree.leaf(&hash, length as u64, &mut |node| nodes.push(node));
        for node in nodes.drain(..) {
            section(archive, &[&node.cid.to_bytes(), &node.bytes])?;
        }
    }
    let written = tree.root(&mut |node| nodes.push(node));
    for node in nodes {
        section(archive, &[&node.cid.to_bytes(), &node.bytes])?;
    }
    if written != root {
        return Err(io::Error::other("the file changed while it was read"));
    }
    archive.flush()?;
    Ok(root)
}

/// Reads as much as there is room for; less only at the end.
fn filled(file: &mut impl Read, room: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < room.len() {
        match file.read(&mut room[length..])? {
            0 => break,
            read => length += read,
        }
    }
    Ok(length)
}

/// What one section holds, after its length.
fn section(archive: &mut impl Write, parts: &[&[u8]]) -> io::Result<()> {
    let mut length = Vec::new();
    varint(
        &mut length,
        parts.iter().map(|part| part.len() as u64).sum(),
    );
    archive.write_all(&length)?;
    parts.iter().try_for_each(|part| archive.write_all(part))
}

/// `{ roots: [root], version: 1 }` in DAG-CBOR, whose links are byte strings with a zero before them under tag 42.
fn header(root: &Cid) -> Vec<u8> {
    let root = root.to_bytes();
    let mut header = b"\xa2\x65roots\x81\xd8\x2a\x58".to_vec();
    header.push(root.len() as u8 + 1);
    header.push(0);
    header.extend_from_slice(&root);
    header.extend_from_slice(b"\x67version\x01");
    header
}

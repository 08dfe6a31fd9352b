//! The identifiers of files are those of IPFS's own importer (tests/fixtures/golden).

use record::cid::{Block, Hasher, Tree};
use record::sha256;
use serde_json::Value;

const GOLDEN: &str = include_str!("../../tests/fixtures/golden/cids.json");

/// The sizes there are, the smallest first, each with its identifier.
fn golden() -> Vec<(u64, String)> {
    let golden: Value = serde_json::from_str(GOLDEN).expect("JSON");
    let files = golden["files"].as_array().expect("files").iter();
    let file = |file: &Value| {
        let cid = file["cid"].as_str().expect("an identifier");
        (file["bytes"].as_u64().expect("a size"), cid.to_owned())
    };
    files.map(file).collect()
}

const PERIOD: usize = 251;
/// Bytes that are given at a time: they meet no edge of a leaf but by chance.
const PIECE: usize = 100_003;

#[test]
fn files_of_every_size_at_an_edge_have_the_identifier_that_ipfs_gives_them() {
    let pattern: Vec<u8> = (0..PIECE + PERIOD).map(|at| (at % PERIOD) as u8).collect();
    let mut hasher = Hasher::default();
    let mut at = 0;
    for (bytes, cid) in golden() {
        while at < bytes {
            let piece = PIECE.min((bytes - at) as usize);
            let from = at as usize % PERIOD;
            hasher.update(&pattern[from..from + piece]);
            at += piece as u64;
        }
        assert_eq!(
            hasher.clone().finish().cid.to_string(),
            cid,
            "{bytes} bytes"
        );
    }
    assert!(at > 1 << 30);
}

#[test]
fn both_hashes_of_a_file_are_of_all_its_bytes() {
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|at| at as u8).collect();
    let mut hasher = Hasher::default();
    for piece in bytes.chunks(7_777) {
        hasher.update(piece);
    }
    assert_eq!(hasher.finish().sha256, sha256(&bytes));
}

#[test]
fn every_node_of_a_tree_is_handed_out_before_its_parent() {
    let mut tree = Tree::default();
    let mut nodes: Vec<Block> = Vec::new();
    for leaf in 0..1_025_u32 {
        let length = if leaf == 1_024 { 1 } else { 1 << 20 };
        tree.leaf(&sha256(&leaf.to_be_bytes()), length, &mut |node| {
            nodes.push(node);
        });
    }
    assert_eq!(nodes.len(), 1, "a thousand and twenty-four leaves");
    let root = tree.root(&mut |node| nodes.push(node));
    assert_eq!((nodes.len(), nodes[2].cid), (3, root));
    for node in &nodes {
        assert_eq!(node.cid.hash().digest(), sha256(&node.bytes).as_slice());
    }
    for child in &nodes[..2] {
        let linked = child.cid.to_bytes();
        let mut parts = nodes[2].bytes.windows(linked.len());
        assert!(parts.any(|part| part == linked));
    }
}

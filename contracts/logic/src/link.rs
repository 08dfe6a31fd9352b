//! Addresses of a work's file, as readers follow them.

use crate::base;
use crate::uri::Uri;
use alloc::vec::Vec;

/// Codec of a CID: a block of bytes.
const RAW: u8 = 0x55;
/// Codec of a CID: a node of a UnixFS tree.
const DAG_PB: u8 = 0x70;

/// Appends the link to a file with this output hash and URI: `ipfs://` with a CIDv1 in base 32, `ar://`, or https.
pub fn push_link(out: &mut Vec<u8>, uri: Uri, output_hash: &[u8; 32]) {
    match uri {
        Uri::OfOutputHash => push_ipfs(out, RAW, output_hash),
        Uri::IpfsRaw(digest) => push_ipfs(out, RAW, digest),
        Uri::IpfsDagPb(digest) => push_ipfs(out, DAG_PB, digest),
        Uri::Arweave(id) => {
            out.extend_from_slice(b"ar://");
            base::push_base64_url(out, id);
        }
        Uri::Https(address) => out.extend_from_slice(address),
    }
}

/// Version 1, codec, SHA-256, 32 bytes of digest; `b` says base 32.
fn push_ipfs(out: &mut Vec<u8>, codec: u8, digest: &[u8; 32]) {
    let mut cid = Vec::with_capacity(36);
    cid.extend_from_slice(&[1, codec, 0x12, 0x20]);
    cid.extend_from_slice(digest);
    out.extend_from_slice(b"ipfs://b");
    base::push_base32(out, &cid);
}

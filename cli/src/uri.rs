//! Where a work's file is found: as people write it, and as the chain keeps it.

use alloy_primitives::B256;
use anyhow::{Context as _, Result, bail, ensure};
use cid::Cid;
use cid::multihash::Multihash;
use data_encoding::BASE64URL_NOPAD;
use logic::uri::{MAX_LEN, Uri};
use std::fmt;

/// Multicodecs of the blocks that IPFS addresses of files lead to (multiformats table).
const RAW: u64 = 0x55;
const DAG_PB: u64 = 0x70;
/// Multicodec of SHA-256.
const SHA2_256: u64 = 0x12;

/// An address of a file, in the bytes that the chain keeps (`IProvenance.sol`, `uri`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileUri(Vec<u8>);

impl FileUri {
    /// The address under which IPFS has a file by itself: nothing where that is the raw block of the file's own hash, which the chain
    /// knows.
    ///
    /// # Errors
    /// It is no identifier of a file.
    pub fn of_file(cid: &Cid) -> Result<Self> {
        match cid.codec() {
            RAW => Ok(Self::default()),
            _ => of_cid(cid),
        }
    }

    /// The SHA-256 of the file where the address tells it: that of one block does, that of a tree of blocks does not.
    #[must_use]
    pub fn digest(&self) -> Option<B256> {
        match Uri::parse(&self.0) {
            Ok(Uri::IpfsRaw(digest)) => Some(B256::from(*digest)),
            _ => None,
        }
    }

    /// The bytes that the chain keeps.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for FileUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cid = |codec, digest: &[u8; 32]| {
            let hash = Multihash::wrap(SHA2_256, digest).map_err(|_| fmt::Error)?;
            Ok::<_, fmt::Error>(Cid::new_v1(codec, hash))
        };
        match Uri::parse(&self.0) {
            Ok(Uri::IpfsRaw(digest)) => write!(f, "ipfs://{}", cid(RAW, digest)?),
            Ok(Uri::IpfsDagPb(digest)) => write!(f, "ipfs://{}", cid(DAG_PB, digest)?),
            Ok(Uri::Arweave(id)) => write!(f, "ar://{}", BASE64URL_NOPAD.encode(id)),
            Ok(Uri::Https(address)) => f.write_str(&String::from_utf8_lossy(address)),
            Ok(Uri::OfOutputHash) | Err(_) => f.write_str("ipfs://"),
        }
    }
}

/// Reads an address: `ipfs://` with an identifier, `ar://` with that of a transaction, or `https://`.
///
/// # Errors
/// It is none of them, with what to write instead.
pub fn parse(text: &str) -> Result<FileUri> {
    if let Some(cid) = text.strip_prefix("ipfs://") {
        ensure!(
            !cid.contains('/'),
            "the chain keeps no path behind a CID: give that of the file itself"
        );
        let cid: Cid = cid.parse().context("behind ipfs:// stands no CID")?;
        return of_cid(&cid);
    }
    if let Some(id) = text.strip_prefix("ar://") {
        let id = BASE64URL_NOPAD.decode(id.as_bytes()).ok();
        let id = id.filter(|id| id.len() == 32);
        let id = id.context("behind ar:// stands no transaction: it has 43 characters")?;
        return Ok(FileUri([&[3], &id[..]].concat()));
    }
    match Uri::parse(text.as_bytes()) {
        Ok(Uri::Https(address)) => Ok(FileUri(address.to_vec())),
        _ if text.len() > MAX_LEN => {
            bail!(
                "an address has at most {MAX_LEN} bytes, this has {}",
                text.len()
            )
        }
        _ => bail!(
            "write ipfs://CID, ar://ID or https://…, in the characters that addresses have; the file's own CID is kept where --uri is left out"
        ),
    }
}

fn of_cid(cid: &Cid) -> Result<FileUri> {
    let (hash, digest) = (cid.hash().code(), cid.hash().digest());
    let scheme = match cid.codec() {
        RAW => 1,
        DAG_PB => 2,
        _ => 0,
    };
    ensure!(
        scheme > 0 && hash == SHA2_256 && digest.len() == 32,
        "{cid} is not the CID of a file by SHA-256, as `ipfs add` gives it"
    );
    Ok(FileUri([&[scheme], digest].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "7c76e634f1290150909c3d7f96951361cbbc88e1a3df1349fcf8d4c522000306";

    fn kept(text: &str) -> String {
        hex::encode(parse(text).expect("an address").as_bytes())
    }

    #[test]
    fn addresses_are_kept_as_a_scheme_and_a_digest() {
        let raw = "ipfs://bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday";
        assert_eq!(kept(raw), format!("01{DIGEST}"));
        let tree = "ipfs://bafybeidjogjfwuhbzwopgd4bn3skcf5m6oz72xshywcndzxgqb623nfclu";
        assert!(kept(tree).starts_with("02"));
        // The first version of the same identifier (CIDv0) says neither its codec nor its hash.
        let cid: Cid = tree[7..].parse().expect("a CID");
        let old = Cid::new_v0(*cid.hash()).expect("of SHA-256");
        assert_eq!(kept(&format!("ipfs://{old}")), kept(tree));
        let arweave = format!("ar://{}", BASE64URL_NOPAD.encode(&[7; 32]));
        assert_eq!(kept(&arweave), format!("03{}", "07".repeat(32)));
        assert_eq!(kept("https://a.b/c"), hex::encode("https://a.b/c"));
        for text in [raw, tree, &arweave, "https://a.b/c"] {
            assert_eq!(parse(text).expect("an address").to_string(), text);
        }
    }

    #[test]
    fn what_leads_nowhere_is_refused_with_what_to_write() {
        for (text, advice) in [
            ("ipfs://bafy", "no CID"),
            (
                "ipfs://bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday/duck.png",
                "no path",
            ),
            (
                "ipfs://bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua",
                "not the CID of a file",
            ),
            ("ar://short", "43 characters"),
            ("http://a.b", "write ipfs://CID"),
            ("duck.png", "write ipfs://CID"),
            ("https://a b", "write ipfs://CID"),
        ] {
            let error = parse(text).expect_err(text).to_string();
            assert!(error.contains(advice), "{text}: {error}");
        }
        let long = format!("https://a.b/{}", "x".repeat(MAX_LEN));
        assert!(parse(&long).expect_err("long").to_string().contains("512"));
    }
}

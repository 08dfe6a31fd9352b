//! The part of a provenance record that is kept as contract code.

use crate::{title, uri};
use alloc::vec::Vec;

/// STOP. Code that could run might destroy itself, and code that begins with 0xEF cannot be deployed: both would otherwise
/// be up to whoever picks the hash.
const PREFIX: u8 = 0x00;

const HEAD_LEN: usize = 1 + 20 + 32 + 32 + 5 + 5 + 1;

/// The most bytes of a record's code.
pub const MAX_LEN: usize = HEAD_LEN + title::MAX_LEN + uri::MAX_LEN;

/// What is kept as code, in this order behind a zero byte: creator (20), output hash (32), process root (32), time of
/// claim (5), time of mint (5), length of the title (1), title, URI to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// Who minted it.
    pub creator: [u8; 20],
    /// SHA-256 of the file.
    pub output_hash: [u8; 32],
    /// Root over the leaves of the steps.
    pub process_root: [u8; 32],
    /// What dates the claim, in unix seconds: the commitment, else the mint.
    pub claimed_at: u64,
    /// When it was minted, in unix seconds.
    pub minted_at: u64,
    /// As [`title::check`] admits it.
    pub title: &'a [u8],
    /// As [`uri::Uri::parse`] admits it.
    pub uri: &'a [u8],
}

impl<'a> Record<'a> {
    /// Reads the code; `None` for code that is no record.
    #[must_use]
    pub fn from_code(code: &'a [u8]) -> Option<Self> {
        let (&prefix, code) = code.split_first()?;
        let (&creator, code) = code.split_first_chunk()?;
        let (&output_hash, code) = code.split_first_chunk()?;
        let (&process_root, code) = code.split_first_chunk()?;
        let (claimed_at, code) = code.split_first_chunk()?;
        let (minted_at, code) = code.split_first_chunk()?;
        let (&title_len, code) = code.split_first()?;
        let (title, uri) = code.split_at_checked(title_len.into())?;
        (prefix == PREFIX).then(|| Self {
            creator,
            output_hash,
            process_root,
            claimed_at: seconds(claimed_at),
            minted_at: seconds(minted_at),
            title,
            uri,
        })
    }

    /// The code that creates it: ten bytes that return what follows them.
    ///
    /// ```text
    /// 61 <length> 80 60 0a 3d 39   PUSH2 length DUP1 PUSH1 0a RETURNDATASIZE CODECOPY   all that follows, to memory 0
    /// 3d f3                        RETURNDATASIZE RETURN
    /// ```
    #[must_use]
    pub fn creation_code(&self) -> Vec<u8> {
        // Both lengths are far below 2^16.
        let len = HEAD_LEN
            .wrapping_add(self.title.len())
            .wrapping_add(self.uri.len());
        let [high, low] = (len as u16).to_be_bytes();
        let mut code = Vec::with_capacity(len.wrapping_add(10));
        code.extend_from_slice(&[
            0x61, high, low, 0x80, 0x60, 0x0a, 0x3d, 0x39, 0x3d, 0xf3, PREFIX,
        ]);
        code.extend_from_slice(&self.creator);
        code.extend_from_slice(&self.output_hash);
        code.extend_from_slice(&self.process_root);
        code.extend_from_slice(&low_five(self.claimed_at));
        code.extend_from_slice(&low_five(self.minted_at));
        code.push(self.title.len() as u8);
        code.extend_from_slice(self.title);
        code.extend_from_slice(self.uri);
        code
    }
}

fn seconds(bytes: &[u8; 5]) -> u64 {
    bytes
        .iter()
        .fold(0, |seconds, byte| seconds << 8 | u64::from(*byte))
}

/// Five bytes last until the year 36812.
fn low_five(seconds: u64) -> [u8; 5] {
    seconds
        .to_be_bytes()
        .last_chunk()
        .copied()
        .unwrap_or_default()
}

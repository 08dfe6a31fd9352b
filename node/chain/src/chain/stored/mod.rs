//! A chain as bytes, to be kept in a file: a name, a version, and the rest in RLP.

mod records;

use super::roots::Roots;
use super::{Block, Chain};
use crate::store::{Memory, Writes};
use crate::version::UnknownArbOs;
use alloy_rlp::{Decodable, Encodable};
use records::{StoredAccount, StoredBlock, StoredChain, StoredConfig, StoredSlot};

const NAME: &[u8; 12] = b"stylus-chain";
/// Raised when the form changes.
const VERSION: u32 = 4;

/// Why bytes are not a chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// They are something else.
    #[error("this is not the state of a chain")]
    NotAChain,
    /// They are in a form that this version does not know.
    #[error("the state has version {got}, known is {VERSION}")]
    UnknownVersion {
        /// The version they are in.
        got: u32,
    },
    /// The chain has an ArbOS that this version does not know.
    #[error(transparent)]
    UnknownArbOs(#[from] UnknownArbOs),
    /// They break off or are damaged.
    #[error("the state is damaged: {0}")]
    Damaged(#[from] alloy_rlp::Error),
}

impl Chain {
    /// The chain as bytes: settings, accounts, blocks, receipts, logs and time. Snapshots, traces and the states of earlier
    /// blocks are not kept, and what was set by hand since the last block becomes a part of it.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = [NAME.as_slice(), &VERSION.to_be_bytes()].concat();
        StoredChain {
            config: StoredConfig::from(&self.config),
            next: self.next.into(),
            accounts: self.stored_accounts(),
            blocks: self.blocks.iter().map(StoredBlock::from).collect(),
        }
        .encode(&mut bytes);
        bytes
    }

    /// The chain that [`encode`](Self::encode) made these bytes of.
    ///
    /// # Errors
    /// A [`DecodeError`] if they are anything else, or of another version.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let rest = bytes.strip_prefix(NAME).ok_or(DecodeError::NotAChain)?;
        let (version, mut rest) = rest.split_first_chunk().ok_or(DecodeError::NotAChain)?;
        let got = u32::from_be_bytes(*version);
        if got != VERSION {
            return Err(DecodeError::UnknownVersion { got });
        }
        let stored = StoredChain::decode(&mut rest)?;
        if !rest.is_empty() {
            return Err(alloy_rlp::Error::UnexpectedLength.into());
        }
        let mut writes = Writes::default();
        for account in stored.accounts {
            account.put_into(&mut writes);
        }
        let config = stored.config.try_into()?;
        let blocks = stored.blocks.into_iter().map(Block::try_from);
        let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
        if blocks.is_empty() {
            return Err(alloy_rlp::Error::InputTooShort.into());
        }
        let hashes: Vec<_> = blocks.iter().map(|block| block.hash).collect();
        let roots = Roots::of(&writes);
        let store = Memory::restored(writes, &hashes);
        let mut chain = Self::from_parts(config, store, blocks, roots);
        chain.next = stored.next.into();
        Ok(chain)
    }

    fn stored_accounts(&self) -> Vec<StoredAccount> {
        self.addresses()
            .map(|address| StoredAccount {
                address,
                balance: self.balance(address),
                nonce: self.nonce(address),
                code: self.code(address),
                storage: self
                    .storage_dump(address)
                    .into_iter()
                    .map(|(slot, value)| StoredSlot { slot, value })
                    .collect(),
            })
            .filter(|account| !account.is_nothing())
            .collect()
    }
}

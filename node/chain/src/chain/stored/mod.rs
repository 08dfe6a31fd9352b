//! A chain as bytes, to be kept in a file: a name, a version, the rest in RLP, and the keccak of all that.

mod records;

use super::roots::Roots;
use super::{Block, Chain, Config};
use crate::block::StoredBlock;
use crate::store::{Memory, Store, StoreError, Writes};
use crate::version::UnknownArbOs;
use alloy_primitives::{Bytes, KECCAK256_EMPTY, keccak256};
use alloy_rlp::{Decodable, Encodable};
use records::{StoredAccount, StoredChain, StoredConfig, StoredSlot};
use std::sync::Arc;

/// Bytes of the checksum.
const SUM: usize = 32;
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

impl<S: Store> Chain<S> {
    /// The chain as bytes: settings, accounts, blocks, receipts, logs and time. Snapshots, traces and the states of earlier
    /// blocks are not kept, and what was set by hand since the last block becomes a part of it.
    ///
    /// # Errors
    /// A [`StoreError`] if the store fails.
    pub fn dump(&self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = [NAME.as_slice(), &VERSION.to_be_bytes()].concat();
        let blocks = (0..=self.block_number()).map(|number| self.kept_block(number));
        let blocks = blocks.map(|block| Ok::<_, StoreError>(StoredBlock::from(&*block?)));
        StoredChain {
            config: StoredConfig::from(&self.config),
            next: self.next.into(),
            accounts: self.stored_accounts()?,
            blocks: blocks.collect::<Result<_, _>>()?,
        }
        .encode(&mut bytes);
        let sum = keccak256(&bytes);
        bytes.extend(sum);
        Ok(bytes)
    }

    fn stored_accounts(&self) -> Result<Vec<StoredAccount>, StoreError> {
        let view = self.store.head()?;
        let mut wholes = Vec::new();
        self.store.walk(&mut |whole| wholes.push(whole))?;
        wholes.sort_unstable_by_key(|whole| whole.address);
        let mut accounts = Vec::with_capacity(wholes.len());
        for mut whole in wholes {
            whole.slots.sort_unstable();
            let account = StoredAccount {
                address: whole.address,
                balance: whole.account.balance,
                nonce: whole.account.nonce,
                code: match whole.account.code_hash {
                    KECCAK256_EMPTY => Bytes::new(),
                    hash => view.code(hash)?.original_bytes(),
                },
                storage: whole
                    .slots
                    .into_iter()
                    .map(|(slot, value)| StoredSlot { slot, value })
                    .collect(),
            };
            if !account.is_nothing() {
                accounts.push(account);
            }
        }
        Ok(accounts)
    }
}

impl Config {
    /// The settings as they are kept.
    #[must_use]
    pub fn record(&self) -> Vec<u8> {
        alloy_rlp::encode(StoredConfig::from(self))
    }

    /// The settings that [`record`](Self::record) made these bytes of.
    ///
    /// # Errors
    /// A [`DecodeError`] if they are anything else.
    pub fn of_record(record: &[u8]) -> Result<Self, DecodeError> {
        let stored: StoredConfig = alloy_rlp::decode_exact(record)?;
        Ok(stored.try_into()?)
    }
}

impl Chain {
    /// As [`dump`](Self::dump), over a store in memory, which cannot fail.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let dumped = self.dump();
        dumped.unwrap_or_else(|failure| unreachable!("a store in memory: {failure}"))
    }

    /// The chain that [`dump`](Self::dump) made these bytes of.
    ///
    /// # Errors
    /// A [`DecodeError`] if they are anything else, or of another version.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let rest = bytes.strip_prefix(NAME).ok_or(DecodeError::NotAChain)?;
        let (version, rest) = rest.split_first_chunk().ok_or(DecodeError::NotAChain)?;
        let got = u32::from_be_bytes(*version);
        if got != VERSION {
            return Err(DecodeError::UnknownVersion { got });
        }
        let split = rest.split_last_chunk::<SUM>();
        let (mut rest, sum) = split.ok_or(alloy_rlp::Error::InputTooShort)?;
        // what stands there is only looked at if every bit of it is as it was written
        if keccak256(&bytes[..bytes.len() - SUM]) != *sum {
            return Err(alloy_rlp::Error::Custom("its checksum is another").into());
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
        let blocks = (0..).zip(stored.blocks);
        let blocks = blocks.map(|(number, block)| Block::try_from(block)?.in_place(number));
        let blocks = blocks.map(|block| block.map(Arc::new));
        let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
        let last = blocks.last().cloned();
        let last = last.ok_or(alloy_rlp::Error::InputTooShort)?;
        let roots = Roots::of(&writes);
        let store = Memory::restored(writes, blocks);
        let mut chain = Self::from_parts(config, store, last, roots);
        chain.next = stored.next.into();
        Ok(chain)
    }
}

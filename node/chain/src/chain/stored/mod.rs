//! A chain as bytes, to be kept in a file: a name, a version, the rest in RLP, and the keccak of all that.

mod records;

use super::roots::Roots;
use super::{Block, Chain, Receipt};
use crate::store::{Memory, Writes};
use crate::version::UnknownArbOs;
use alloy_primitives::keccak256;
use alloy_rlp::{Decodable, Encodable};
use records::{StoredAccount, StoredBlock, StoredChain, StoredConfig, StoredSlot};

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
        let sum = keccak256(&bytes);
        bytes.extend(sum);
        bytes
    }

    /// The chain that [`encode`](Self::encode) made these bytes of.
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
        let blocks = stored.blocks.into_iter().map(Block::try_from);
        let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
        if blocks.is_empty() {
            return Err(alloy_rlp::Error::InputTooShort.into());
        }
        if !(0..)
            .zip(&blocks)
            .all(|(number, block)| is_in_place(block, number))
        {
            return Err(alloy_rlp::Error::Custom("a block in another's place").into());
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

/// Whether a block is the one with this number, and has a transaction before those that receipts tell of.
fn is_in_place(block: &Block, number: u64) -> bool {
    let first = usize::from(number > 0);
    let told = |(index, receipt): (u64, &Receipt)| {
        receipt.block_number == number && receipt.transaction_index == index
    };
    block.number == number
        && block.transactions.len() == block.receipts.len() + first
        && (1..).zip(&block.receipts).all(told)
}

//! The state as a trie of accounts, each with a trie of its storage (Yellow Paper, 4.1).

use super::{Trie, Value};
use crate::store::Account;
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_trie::TrieAccount;

/// All accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateTrie {
    accounts: Trie<Kept>,
}

/// An account as the trie keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    account: Account,
    storage: Trie<U256>,
}

/// What became of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrieChange {
    /// What it has now, its storage aside; none if only its storage changed.
    pub account: Option<Account>,
    /// Whether all its storage went before the slots were written.
    pub cleared: bool,
    /// Slots that were written, and what they hold now.
    pub storage: Vec<(U256, U256)>,
}

/// An account with the proof that the state's root has it so, or has no such account (EIP-1186).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountProof {
    /// The account; nothing with an empty storage where there is none.
    pub account: TrieAccount,
    /// Nodes of the state's trie, root first.
    pub nodes: Vec<Bytes>,
    /// The slots asked for, in that order.
    pub storage: Vec<SlotProof>,
}

/// A slot with the proof that its account's storage root has it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotProof {
    /// Which slot.
    pub slot: U256,
    /// What it holds.
    pub value: U256,
    /// Nodes of the account's trie, root first.
    pub nodes: Vec<Bytes>,
}

impl StateTrie {
    /// Puts an account as it is now. One that is nothing (EIP-161) and has no storage is not in the trie. One that is nothing
    /// but has storage can only have been set by hand, and is in it: so the root follows from accounts and slots alone, whatever
    /// the order in which they came.
    pub fn change(&mut self, address: Address, change: TrieChange) {
        let key = keccak256(address);
        let mut kept = self.accounts.get(key).cloned().unwrap_or_default();
        if change.cleared {
            kept.storage = Trie::default();
        }
        for (slot, value) in change.storage {
            let slot = hashed(slot);
            if value.is_zero() {
                kept.storage.remove(slot);
            } else {
                kept.storage.insert(slot, value);
            }
        }
        kept.account = change.account.unwrap_or(kept.account);
        if kept.account.is_empty() && kept.storage.is_empty() {
            self.accounts.remove(key);
        } else {
            self.accounts.insert(key, kept);
        }
    }

    /// The state root.
    #[must_use]
    pub fn root(&self) -> B256 {
        self.accounts.root()
    }

    /// An account and some of its slots, each with its proof.
    #[must_use]
    pub fn proof(&self, address: Address, slots: &[U256]) -> AccountProof {
        let key = keccak256(address);
        let account = self.accounts.get(key);
        let prove = |&slot: &U256| {
            let storage = account.map(|account| &account.storage);
            SlotProof {
                slot,
                value: storage
                    .and_then(|storage| storage.get(hashed(slot)).copied())
                    .unwrap_or_default(),
                nodes: storage.map_or_else(Vec::new, |storage| storage.proof(hashed(slot))),
            }
        };
        AccountProof {
            account: account.map_or_else(TrieAccount::default, Kept::leaf),
            nodes: self.accounts.proof(key),
            storage: slots.iter().map(prove).collect(),
        }
    }

    /// How many nodes the next [`root`](Self::root) has to encode anew: the accounts' and, below those, their storage's.
    #[must_use]
    pub fn stale(&self) -> usize {
        self.accounts.stale()
    }
}

impl Kept {
    fn leaf(&self) -> TrieAccount {
        TrieAccount::new(
            self.account.nonce,
            self.account.balance,
            self.storage.root(),
            self.account.code_hash,
        )
    }
}

impl Value for Kept {
    fn encoded(&self) -> Vec<u8> {
        alloy_rlp::encode(self.leaf())
    }
}

impl Value for U256 {
    fn encoded(&self) -> Vec<u8> {
        alloy_rlp::encode(self)
    }
}

/// Where a slot stands in its account's trie.
fn hashed(slot: U256) -> B256 {
    keccak256(slot.to_be_bytes::<32>())
}

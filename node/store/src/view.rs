//! The state at one moment.

use crate::error::{failed, guarded};
use crate::keys::{self, AccountAt, AccountBytes, Slot, SlotAt};
use crate::read::{self, Blocks as _};
use crate::tables::{ACCOUNTS, ACCOUNTS_AT, BLOCKS, CODES, SLOTS, SLOTS_AT};
use alloy_primitives::{Address, B256, U256};
use redb::{ReadOnlyTable, ReadTransaction};
use revm::bytecode::Bytecode;
use std::fmt;
use stylus_chain::store::{Account, Revision, StoreError, View, bytecode};

/// The database as it was when this was made, so that nothing that is written or taken back later is seen.
pub(crate) struct Shown {
    state: Shows,
    revision: Revision,
    codes: ReadOnlyTable<&'static [u8; 32], &'static [u8]>,
    blocks: ReadOnlyTable<u64, (u64, &'static [u8])>,
}

/// Where accounts and slots are read.
enum Shows {
    Now {
        accounts: ReadOnlyTable<&'static [u8; 20], &'static AccountBytes>,
        slots: ReadOnlyTable<&'static Slot, &'static [u8; 32]>,
    },
    Past {
        accounts: ReadOnlyTable<&'static AccountAt, &'static AccountBytes>,
        slots: ReadOnlyTable<&'static SlotAt, &'static [u8; 32]>,
    },
}

impl Shown {
    /// What a transaction sees at a revision; none of which is the last one.
    pub(crate) fn new(
        transaction: &ReadTransaction,
        revision: Revision,
        is_last: bool,
    ) -> Result<Self, StoreError> {
        let state = match is_last {
            true => Shows::Now {
                accounts: transaction.open_table(ACCOUNTS).map_err(failed)?,
                slots: transaction.open_table(SLOTS).map_err(failed)?,
            },
            false => Shows::Past {
                accounts: transaction.open_table(ACCOUNTS_AT).map_err(failed)?,
                slots: transaction.open_table(SLOTS_AT).map_err(failed)?,
            },
        };
        Ok(Self {
            state,
            revision,
            codes: transaction.open_table(CODES).map_err(failed)?,
            blocks: transaction.open_table(BLOCKS).map_err(failed)?,
        })
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shown").field(&self.revision).finish()
    }
}

impl Shown {
    fn account_of(&self, address: Address) -> Result<Account, StoreError> {
        match &self.state {
            Shows::Now { accounts, .. } => {
                let account = accounts.get(&address.0.0).map_err(failed)?;
                let account = account.map(|account| keys::account(account.value()));
                Ok(account.unwrap_or_default())
            }
            Shows::Past { accounts, .. } => read::account_at(accounts, address, self.revision.0),
        }
    }

    fn slot_of(&self, address: Address, slot: U256) -> Result<U256, StoreError> {
        let slot = keys::slot(address, slot);
        match &self.state {
            Shows::Now { slots, .. } => {
                let value = slots.get(&slot).map_err(failed)?;
                let value = value.map(|value| U256::from_be_bytes(*value.value()));
                Ok(value.unwrap_or_default())
            }
            Shows::Past { slots, .. } => read::slot_at(slots, &slot, self.revision.0),
        }
    }

    fn code_of(&self, hash: B256) -> Result<Bytecode, StoreError> {
        Ok(bytecode(read::code(&self.codes, hash)?.into()))
    }

    fn hash_of(&self, number: u64) -> Result<Option<B256>, StoreError> {
        let sealed = self.blocks.of(number, |revision, _| Ok(revision))?;
        match sealed.is_some_and(|revision| revision <= self.revision.0) {
            true => Ok(self.blocks.block(number)?.map(|block| block.hash)),
            false => Ok(None),
        }
    }
}

impl View for Shown {
    fn account(&self, address: Address) -> Result<Account, StoreError> {
        guarded(|| self.account_of(address))
    }

    fn slot(&self, address: Address, slot: U256) -> Result<U256, StoreError> {
        guarded(|| self.slot_of(address, slot))
    }

    fn code(&self, hash: B256) -> Result<Bytecode, StoreError> {
        guarded(|| self.code_of(hash))
    }

    fn block_hash(&self, number: u64) -> Result<Option<B256>, StoreError> {
        guarded(|| self.hash_of(number))
    }
}

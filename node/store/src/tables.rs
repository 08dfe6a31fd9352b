//! The tables of the database.

use crate::keys::{AccountAt, AccountBytes, Slot, SlotAt};
use redb::TableDefinition;

type Table<K, V> = TableDefinition<'static, K, V>;

/// Accounts as they are now, by address; those with nothing are not there.
pub(crate) const ACCOUNTS: Table<&[u8; 20], &AccountBytes> = Table::new("accounts");
/// Slots as they are now, those that are not zero.
pub(crate) const SLOTS: Table<&Slot, &[u8; 32]> = Table::new("slots");
/// What an account became at a revision.
pub(crate) const ACCOUNTS_AT: Table<&AccountAt, &AccountBytes> = Table::new("accounts at");
/// What a slot became at a revision.
pub(crate) const SLOTS_AT: Table<&SlotAt, &[u8; 32]> = Table::new("slots at");
/// Codes by hash.
pub(crate) const CODES: Table<&[u8; 32], &[u8]> = Table::new("codes");
/// What a revision wrote to.
pub(crate) const WRITTEN: Table<u64, &[u8]> = Table::new("written");
/// Blocks by number: the revision that sealed it, and its record.
pub(crate) const BLOCKS: Table<u64, (u64, &[u8])> = Table::new("blocks");
/// Numbers of blocks by hash.
pub(crate) const HASHES: Table<&[u8; 32], u64> = Table::new("hashes");
/// Where transactions are, by hash.
pub(crate) const TRANSACTIONS: Table<&[u8; 32], &[u8]> = Table::new("transactions");
/// Single numbers, by name.
pub(crate) const NUMBERS: Table<&str, u64> = Table::new("numbers");
/// Settings, by name.
pub(crate) const SETTINGS: Table<&str, &[u8]> = Table::new("settings");

/// The form that all this is in: raised when it changes, and then what is older is brought over when it is opened.
pub(crate) const FORM: &str = "form";
/// How many revisions there are.
pub(crate) const REVISION: &str = "revision";
/// The first block whose state is kept.
pub(crate) const FIRST_KEPT: &str = "first kept";
/// The chain's settings.
pub(crate) const CONFIG: &str = "chain";

//! What a block changed.

use super::Account;
use alloy_primitives::{Address, U256};
use std::collections::BTreeMap;

/// What a block changed, account by account: only what differs before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(pub BTreeMap<Address, AccountChange>);

/// What a block changed of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChange {
    /// What it had; the same twice if only its storage changed.
    pub account: Change<Account>,
    /// The slots that hold something else, in order.
    pub slots: BTreeMap<U256, Change<U256>>,
}

/// Something before a block and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// As the block before left it.
    pub before: T,
    /// As this block left it.
    pub after: T,
}

impl<T: PartialEq> Change<T> {
    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.before == self.after
    }
}

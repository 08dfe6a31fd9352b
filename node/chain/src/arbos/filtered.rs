//! Transactions that are not to run, in an account of their own (`arbos/filteredTransactions/filtered_transactions.go`).

use super::space::{self, Journal, Space};
use alloy_primitives::{Address, B256, U256, address};

/// The account whose storage names them.
pub(crate) const ACCOUNT: Address = address!("a4b0500000000000000000000000000000000001");

/// Whether a transaction is named.
pub(crate) fn contains(journal: &mut Journal, hash: B256) -> bool {
    !space::read_of(journal, ACCOUNT, slot(hash)).is_zero()
}

/// Where a transaction is named.
pub(crate) fn slot(hash: B256) -> U256 {
    Space::root().slot(hash)
}

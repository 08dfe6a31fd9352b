//! Accounts that send without a key.

use super::Node;
use alloy_primitives::Address;
use std::collections::BTreeSet;

/// Who may send without a key.
#[derive(Clone, Debug, Default)]
pub(super) struct Impersonation {
    accounts: BTreeSet<Address>,
    /// Whether everyone may.
    is_open: bool,
}

impl Node {
    /// Lets an account send without a key.
    pub fn impersonate(&self, account: Address) {
        self.lock().impersonation.accounts.insert(account);
    }

    /// No longer lets it.
    pub fn stop_impersonating(&self, account: Address) {
        self.lock().impersonation.accounts.remove(&account);
    }

    /// Lets every account send without a key, or only those that were named.
    pub fn impersonate_all(&self, all: bool) {
        self.lock().impersonation.is_open = all;
    }

    /// Whether an account may send without a key.
    #[must_use]
    pub fn is_impersonated(&self, account: Address) -> bool {
        let inner = self.lock();
        inner.impersonation.is_open || inner.impersonation.accounts.contains(&account)
    }

    /// The accounts that may send: those with keys, and those that are impersonated.
    #[must_use]
    pub fn senders(&self) -> Vec<Address> {
        let mut senders: Vec<_> = self.wallet.addresses().collect();
        for account in &self.lock().impersonation.accounts {
            if !senders.contains(account) {
                senders.push(*account);
            }
        }
        senders
    }
}

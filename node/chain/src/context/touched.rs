//! Accounts that were touched, and so are present until the transaction ends, though there is nothing in them.

use alloy_primitives::Address;
use alloy_primitives::map::AddressSet;

/// The accounts touched in this transaction, in order; what a frame touched that failed is taken off again.
///
/// Ethereum touches whom a static call names, a precompile that is called, and who inherits from a contract that destroys
/// itself, with or without value (geth `core/vm/evm.go` and `core/vm/instructions.go`). The EVM cannot see it: there an
/// account with nothing in it counts as none (EIP-161). Programs can, by `account_codehash`.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    order: Vec<Address>,
    all: AddressSet,
}

/// How far a transaction had come with touching.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(usize);

impl Touched {
    /// Where to return to should what follows fail.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark(self.order.len())
    }

    /// Touches an account.
    pub fn touch(&mut self, account: Address) {
        if self.all.insert(account) {
            self.order.push(account);
        }
    }

    /// Forgets what was touched after the mark.
    pub fn undo(&mut self, mark: Mark) {
        for account in self.order.drain(mark.0.min(self.order.len())..) {
            self.all.remove(&account);
        }
    }

    /// Whether an account was touched.
    #[must_use]
    pub fn contains(&self, account: Address) -> bool {
        self.all.contains(&account)
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.order.clear();
        self.all.clear();
    }
}

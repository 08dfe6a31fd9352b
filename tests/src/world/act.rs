//! One transaction and what must follow.

use super::{Done, World};
use crate::abi::{ILicensing, IProvenance, IRouter};
use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolError, SolInterface};
use std::marker::PhantomData;
use stylus_chain::{Executed, Status, Transaction};

/// A transaction that has not been sent.
#[must_use = "nothing is sent before done or refused"]
#[derive(Debug)]
pub struct Act<'w, C> {
    world: &'w mut World,
    transaction: Transaction,
    call: PhantomData<C>,
}

impl<'w, C: SolCall> Act<'w, C> {
    pub(super) fn new(world: &'w mut World, from: Address, to: Address, input: Vec<u8>) -> Self {
        Self {
            world,
            transaction: Transaction::call(from, to, input),
            call: PhantomData,
        }
    }

    /// Sends native value along.
    pub fn value(self, wei: u128) -> Self {
        self.value_exactly(U256::from(wei))
    }

    /// Sends native value along that may be beyond 128 bits.
    pub fn value_exactly(mut self, wei: U256) -> Self {
        self.transaction = self.transaction.value(wei);
        self
    }

    /// Sends it; it must succeed.
    ///
    /// # Panics
    /// When it does not.
    pub fn done(self) -> Done<C> {
        let receipt = self.receipt();
        let output = hex::encode(&receipt.output);
        assert_eq!(
            receipt.status,
            Status::Success,
            "{} reverted with 0x{output}",
            C::SIGNATURE
        );
        Done::new(receipt)
    }

    /// Sends it; it must revert with exactly this error, and no watched contract may have changed.
    ///
    /// # Panics
    /// When anything is otherwise.
    pub fn refused<E: SolError>(self, error: E) {
        self.refused_with(&error.abi_encode(), E::SIGNATURE);
    }

    /// Sends it; it must revert with exactly this data, and no watched contract may have changed.
    ///
    /// # Panics
    /// When anything is otherwise.
    pub fn refused_with(self, data: &[u8], name: &str) {
        if C::SELECTOR == IProvenance::mintCall::SELECTOR {
            assert_declared(data, name);
        }
        let before = self.world.dump();
        let Self {
            world, transaction, ..
        } = self;
        let receipt = world
            .chain
            .send(transaction)
            .expect("the transaction is valid");
        let (expected, got) = (hex::encode(data), hex::encode(&receipt.output));
        assert_eq!(
            receipt.status,
            Status::Revert,
            "{} was not refused with {name}",
            C::SIGNATURE
        );
        assert_eq!(
            got,
            expected,
            "{} was not refused with {name}",
            C::SIGNATURE
        );
        assert!(receipt.logs.is_empty());
        assert_eq!(
            world.dump(),
            before,
            "{} was refused and left something",
            C::SIGNATURE
        );
    }

    /// Sends it, however it ends.
    ///
    /// # Panics
    /// When the chain does not support something it needs.
    pub fn receipt(self) -> Executed {
        self.world
            .chain
            .send(self.transaction)
            .expect("the transaction is valid")
    }
}

/// A mint passes on what the router and licensing refuse with: callers find each such error in IProvenance.sol.
fn assert_declared(data: &[u8], name: &str) {
    let Some(selector) = data.first_chunk().copied() else {
        return;
    };
    let passed_on = IRouter::IRouterErrors::valid_selector(selector)
        || ILicensing::ILicensingErrors::valid_selector(selector);
    assert!(
        !passed_on || IProvenance::IProvenanceErrors::valid_selector(selector),
        "IProvenance.sol does not declare {name}, which a mint passes on"
    );
}

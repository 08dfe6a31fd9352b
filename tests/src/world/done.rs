//! What came of a transaction that succeeded.

use alloy_primitives::Address;
use alloy_sol_types::{SolCall, SolEvent};
use std::marker::PhantomData;
use stylus_chain::Executed;

/// A transaction that succeeded.
#[derive(Debug)]
pub struct Done<C> {
    /// Its receipt.
    pub receipt: Executed,
    call: PhantomData<C>,
}

impl<C: SolCall> Done<C> {
    pub(super) fn new(receipt: Executed) -> Self {
        Self {
            receipt,
            call: PhantomData,
        }
    }

    /// What the function answered.
    ///
    /// # Panics
    /// When it is not what the interface says.
    #[must_use]
    pub fn answer(&self) -> C::Return {
        C::abi_decode_returns_validate(&self.receipt.output).expect(C::SIGNATURE)
    }
}

impl<C> Done<C> {
    /// The events of one kind that a contract emitted, in order.
    ///
    /// # Panics
    /// When one of them is not laid out as the interface says.
    #[must_use]
    pub fn events<E: SolEvent>(&self, emitter: Address) -> Vec<E> {
        let of = self
            .receipt
            .logs
            .iter()
            .filter(|log| log.address == emitter);
        of.filter(|log| log.topics().first() == Some(&E::SIGNATURE_HASH))
            .map(|log| E::decode_log_validate(log).expect(E::SIGNATURE).data)
            .collect()
    }

    /// The one event of the whole transaction.
    ///
    /// # Panics
    /// When there is not exactly one, of this kind, by this contract.
    #[must_use]
    pub fn only<E: SolEvent>(&self, emitter: Address) -> E {
        assert_eq!(self.receipt.logs.len(), 1, "{:?}", self.receipt.logs);
        self.events(emitter).pop().expect(E::SIGNATURE)
    }

    /// What the sender paid for gas, in wei.
    #[must_use]
    pub fn fee(&self) -> u128 {
        u128::from(self.receipt.gas_used) * self.receipt.gas_price
    }
}

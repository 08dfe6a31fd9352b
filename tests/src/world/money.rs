//! Short ways to move money and to ask where it is.

use super::World;
use crate::abi::{Coin, IRouter};
use alloy_primitives::{Address, B256, U256};

/// The native coin, as an asset.
pub const NATIVE: Address = Address::ZERO;

impl World {
    /// Pays a work; it must succeed.
    pub fn pay(&mut self, payer: Address, work: u64, asset: Address, amount: u128) {
        let call = IRouter::payCall {
            work,
            asset,
            amount: U256::from(amount),
            r#ref: B256::ZERO,
        };
        let value = if asset == NATIVE { amount } else { 0 };
        self.act(payer, self.router, call).value(value).done();
    }

    /// Settles from these works up without a limit.
    pub fn settle(&mut self, works: &[u64], asset: Address) {
        let works = works
            .iter()
            .map(|work| IRouter::WorkEpoch {
                work: *work,
                epoch: 0,
            })
            .collect();
        let rest = self
            .act(
                self.erin,
                self.router,
                IRouter::settleUpCall {
                    works,
                    asset,
                    budget: U256::MAX,
                },
            )
            .done();
        assert!(rest.answer().is_empty());
    }

    /// Claims for a payee; it must succeed. Answers the amount.
    pub fn claim(&mut self, work: u64, asset: Address, payee: u8) -> u128 {
        let call = IRouter::claimCall {
            work,
            epoch: 0,
            asset,
            payee,
        };
        self.act(self.erin, self.router, call).done().answer().to()
    }

    /// What a payee can claim, as the router says.
    #[must_use]
    pub fn claimable(&self, id: u64, asset: Address, payee: u8) -> u128 {
        self.view(
            self.router,
            IRouter::claimableCall {
                id,
                epoch: 0,
                asset,
                payee,
            },
        )
    }

    /// What an account holds.
    ///
    /// # Panics
    /// For more than 128 bits.
    #[must_use]
    pub fn balance(&self, account: Address, asset: Address) -> u128 {
        let balance = if asset == NATIVE {
            self.chain.balance(account)
        } else {
            self.view(asset, Coin::balanceOfCall { account })
        };
        balance.to()
    }
}

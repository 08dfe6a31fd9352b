//! Contracts that only tests use.

use super::World;
use crate::abi::{Actor, Coin};
use crate::solidity;
use alloy_primitives::{Address, U256};
use stylus_chain::{Status, Transaction};

impl World {
    /// Deploys one of tests/solidity and watches it.
    ///
    /// # Panics
    /// When there is none of that name.
    pub fn deploy(&mut self, name: &str) -> Address {
        self.deploy_code(solidity::creation_code(name).to_vec())
    }

    /// Deploys this creation code and watches it.
    ///
    /// # Panics
    /// When that fails.
    pub fn deploy_code(&mut self, creation_code: Vec<u8>) -> Address {
        let receipt = self
            .chain
            .send(Transaction::create(self.erin, creation_code))
            .expect("the transaction is valid");
        assert_eq!(receipt.status, Status::Success);
        let address = receipt
            .contract_address
            .expect("a creation names its contract");
        self.watch(address);
        address
    }

    /// Includes an account in what a refused call must leave alone.
    pub fn watch(&mut self, account: Address) {
        self.watched.insert(account);
    }

    /// Gives someone coins, all of which the router may pull.
    pub fn fund(&mut self, coin: Address, account: Address, amount: u128) {
        let router = self.router;
        self.act(
            account,
            coin,
            Coin::mintCall {
                to: account,
                amount: U256::from(amount),
            },
        )
        .done();
        self.act(
            account,
            coin,
            Coin::approveCall {
                spender: router,
                amount: U256::MAX,
            },
        )
        .done();
    }

    /// Makes an [`Actor`] carry these calls out when it is next paid or given a token.
    pub fn plan(&mut self, actor: Address, calls: Vec<(Address, u128, Vec<u8>)>) {
        let call = |(target, value, data): (_, _, Vec<u8>)| Actor::Call {
            target,
            value: U256::from(value),
            data: data.into(),
        };
        let calls = calls.into_iter().map(call).collect();
        self.act(self.erin, actor, Actor::planCall { calls }).done();
    }

    /// What the calls of an [`Actor`]'s plans came to.
    #[must_use]
    pub fn results(&self, actor: Address) -> Vec<(bool, Vec<u8>)> {
        let results = self.view(actor, Actor::resultsCall {});
        results
            .into_iter()
            .map(|result| (result.success, result.data.to_vec()))
            .collect()
    }
}

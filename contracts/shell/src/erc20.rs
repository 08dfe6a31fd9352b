//! ERC-20 as tokens really are: the return value is optional, but where there is one it must be true.

use crate::abi::Writer;
use crate::call::{call, static_call, Returned};
use crate::word::{self, Word, ZERO};
use alloy_primitives::{Address, U256};
use alloy_sol_types::{sol, SolCall};

sol! {
    function balanceOf(address account) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// What an account holds; `None` where the token does not answer a word.
#[must_use]
pub fn balance_of(token: Address, account: Address) -> Option<U256> {
    let data = Writer::call(balanceOfCall::SELECTOR, 1).address(account);
    let returned = static_call(token, data.as_slice());
    if !returned.success {
        return None;
    }
    returned.word().map(U256::from_be_bytes)
}

/// Moves `amount` of this program's own; whether the token says it did.
#[must_use]
pub fn transfer(token: Address, to: Address, amount: u128) -> bool {
    let data = Writer::call(transferCall::SELECTOR, 2)
        .address(to)
        .u128(amount);
    accepted(call(token, &ZERO, data.as_slice()))
}

/// Moves `amount` that `from` allowed this program; whether the token says it did.
#[must_use]
pub fn transfer_from(token: Address, from: Address, to: Address, amount: u128) -> bool {
    let data = Writer::call(transferFromCall::SELECTOR, 3)
        .address(from)
        .address(to)
        .u128(amount);
    accepted(call(token, &ZERO, data.as_slice()))
}

/// Success with no data, or with a word that is `true`.
fn accepted(returned: Returned) -> bool {
    const TRUE: Word = {
        let mut word = word::ZERO;
        word[31] = 1;
        word
    };
    returned.success && (returned.size() == 0 || returned.word() == Some(TRUE))
}

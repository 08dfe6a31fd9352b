//! ERC-20 as tokens really are: a transfer may return nothing, or something that is not so. What it returns is not looked at
//! here; who moves money compares balances.

use crate::abi::Writer;
use crate::call::{call, static_call};
use crate::word::ZERO;
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

/// Asks a token to move `amount` of this program's own. Returns whether it did not revert, which says nothing of what moved.
#[must_use]
pub fn transfer(token: Address, to: Address, amount: u128) -> bool {
    let data = Writer::call(transferCall::SELECTOR, 2)
        .address(to)
        .u128(amount);
    call(token, &ZERO, data.as_slice()).success
}

/// Asks a token to move `amount` that `from` allowed this program. Returns whether it did not revert.
#[must_use]
pub fn transfer_from(token: Address, from: Address, to: Address, amount: u128) -> bool {
    let data = Writer::call(transferFromCall::SELECTOR, 3)
        .address(from)
        .address(to)
        .u128(amount);
    call(token, &ZERO, data.as_slice()).success
}

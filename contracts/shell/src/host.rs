//! What the VM knows of the call, the block and other accounts.

use crate::word::{self, Word, ZERO};
use alloy_primitives::Address;
use stylus_sdk::hostio;

/// The caller of this frame.
#[must_use]
pub fn sender() -> Address {
    let mut address = [0; 20];
    // SAFETY: the host writes 20 bytes.
    unsafe { hostio::msg_sender(address.as_mut_ptr()) };
    Address::from(address)
}

/// The native value sent along, in wei.
#[must_use]
pub fn value() -> Word {
    let mut word = ZERO;
    // SAFETY: the host writes 32 bytes.
    unsafe { hostio::msg_value(word.as_mut_ptr()) };
    word
}

/// The address this frame acts as.
#[must_use]
pub fn this() -> Address {
    let mut address = [0; 20];
    // SAFETY: the host writes 20 bytes.
    unsafe { hostio::contract_address(address.as_mut_ptr()) };
    Address::from(address)
}

/// The EIP-155 id of the chain.
#[must_use]
pub fn chain_id() -> u64 {
    // SAFETY: takes nothing and answers a number.
    unsafe { hostio::chainid() }
}

/// The block's time in unix seconds.
#[must_use]
pub fn timestamp() -> u64 {
    // SAFETY: takes nothing and answers a number.
    unsafe { hostio::block_timestamp() }
}

/// The gas left to this frame.
#[must_use]
pub fn gas_left() -> u64 {
    // SAFETY: takes nothing and answers a number.
    unsafe { hostio::evm_gas_left() }
}

/// An account's native balance, in wei.
#[must_use]
pub fn balance(account: Address) -> Word {
    let mut word = ZERO;
    // SAFETY: the host reads 20 bytes and writes 32.
    unsafe { hostio::account_balance(account.0.as_ptr(), word.as_mut_ptr()) };
    word
}

/// Whether an account has code. By its code's hash, since that costs 700 gas less than its size.
#[must_use]
pub fn has_code(account: Address) -> bool {
    let mut hash = ZERO;
    // SAFETY: the host reads 20 bytes and writes 32.
    unsafe { hostio::account_codehash(account.0.as_ptr(), hash.as_mut_ptr()) };
    // An account that exists without code has the hash of nothing. Asking for it costs less than half of what the 32 bytes
    // would add to every entry.
    !word::is_zero(&hash) && hash != keccak256(&[])
}

/// The size of an account's code, in bytes.
#[must_use]
pub fn code_size(account: Address) -> usize {
    // SAFETY: the host reads 20 bytes.
    unsafe { hostio::account_code_size(account.0.as_ptr()) }
}

/// Fills `into` with an account's code from `offset` on; answers how many bytes there were.
pub fn code(account: Address, offset: usize, into: &mut [u8]) -> usize {
    // SAFETY: the host reads 20 bytes and writes at most `into.len()`.
    unsafe { hostio::account_code(account.0.as_ptr(), offset, into.len(), into.as_mut_ptr()) }
}

/// Keccak-256.
#[must_use]
pub fn keccak256(bytes: &[u8]) -> Word {
    let mut word = ZERO;
    // SAFETY: the host reads `bytes.len()` bytes and writes 32.
    unsafe { hostio::native_keccak256(bytes.as_ptr(), bytes.len(), word.as_mut_ptr()) };
    word
}

//! Whether a contract takes a token.
//!
//! Not OpenZeppelin's check: that one copies all the receiver returns, and wraps a refusal in an error which ERC-6093 does
//! not have. This one answers as OpenZeppelin's Solidity contracts do, which wallets and tests expect.

use crate::IProvenance::ERC721InvalidReceiver;
use alloy_sol_types::{sol, SolCall, SolError};
use shell::{call, host, word, Address, Revert, Word, Writer};

sol! {
    function onERC721Received(address operator, address from, uint256 tokenId, bytes data) external returns (bytes4);
}

/// A longer reason is not passed on.
const MAX_REASON: usize = 1024;

/// The account is no receiver of tokens.
pub(crate) fn refused(receiver: Address) -> Revert {
    Revert::new(
        ERC721InvalidReceiver::SELECTOR,
        &[word::from_address(receiver)],
    )
}

/// Asks an account with code to accept; one without always does. The last act of its caller.
///
/// # Errors
/// The receiver's own where it reverts with a reason, else `ERC721InvalidReceiver`.
pub(crate) fn accepts(
    from: Address,
    to: Address,
    token_id: &Word,
    data: &[u8],
) -> Result<(), Revert> {
    if !host::has_code(to) {
        return Ok(());
    }
    let asked = Writer::call(onERC721ReceivedCall::SELECTOR, 6)
        .address(host::sender())
        .address(from)
        .word(token_id)
        .size(0x80)
        .bytes(data);
    let returned = call::call(to, &word::ZERO, asked.as_slice());
    if !returned.success && (1..=MAX_REASON).contains(&returned.size()) {
        return Err(Revert(returned.data(MAX_REASON)));
    }
    let magic = word::from_selector(onERC721ReceivedCall::SELECTOR);
    if returned.success && returned.word() == Some(magic) {
        return Ok(());
    }
    Err(refused(to))
}

//! What a work is paid in: ETH, which the zero address stands for, or an ERC-20.

use crate::abi::erc20::balanceOfCall;
use crate::session::Session;
use crate::{account, amount};
use alloy_primitives::{Address, U256};
use anyhow::{Context as _, Result, ensure};

/// Reads the address of an ERC-20.
///
/// # Errors
/// It is no address.
pub fn parse(text: &str) -> Result<Address> {
    text.parse().ok().with_context(|| {
        format!(
            "{text:?} is no address of an ERC-20; that of one to try is printed by: lineage show"
        )
    })
}

/// Makes sure that there is such an asset.
///
/// # Errors
/// The address has no code, or does not answer as an ERC-20 does.
pub fn check(session: &Session, asset: Address) -> Result<()> {
    balance(session, asset, Address::ZERO).map(drop)
}

/// What an account has of an asset.
///
/// # Errors
/// As [`check`].
pub fn balance(session: &Session, asset: Address, account: Address) -> Result<U256> {
    if asset.is_zero() {
        return Ok(session.chain.balance(account));
    }
    let advice = "the address of one to try is printed by: lineage show";
    ensure!(
        !session.chain.code(asset).is_empty(),
        "there is no contract at {asset}; {advice}"
    );
    session
        .view(asset, &balanceOfCall { account })
        .with_context(|| format!("{asset} is no ERC-20; {advice}"))
}

/// Makes sure that an account has what it is about to pay, and that a ledger can hold it.
///
/// # Errors
/// It has less, the amount is more than a ledger can hold, or as [`check`].
pub fn afford(session: &Session, asset: Address, payer: Address, needed: U256) -> Result<()> {
    amount::ledger(needed)?;
    let has = balance(session, asset, payer)?;
    ensure!(
        has >= needed,
        "{} has {}, this pays {}",
        account::name(payer),
        shown(asset, has),
        shown(asset, needed)
    );
    Ok(())
}

/// An amount of an asset as people read it.
#[must_use]
pub fn shown(asset: Address, amount: U256) -> String {
    match asset.is_zero() {
        true => amount::ether(amount),
        false => format!("{amount} of {asset}"),
    }
}

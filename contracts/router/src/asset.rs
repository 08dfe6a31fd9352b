//! ERC-20 in and out, by what our balance says and not the token: between half of an amount and all of it must have moved,
//! and nothing else counts. A token's word can be false in both directions: one that says it moved an amount and did not
//! would let a stranger use up a payee's claim for nothing, and one that moves and says it did not could never be claimed.

use crate::IRouter::{AssetCallFailed, AssetWithoutCode, GainTooSmall, LossTooLarge, LossTooSmall};
use alloy_primitives::U256;
use alloy_sol_types::SolError;
use shell::{erc20, host, word, Address, Revert};

/// What an account holds of an asset.
///
/// # Errors
/// `AssetWithoutCode`, `AssetCallFailed`.
pub(crate) fn balance_of(asset: Address, account: Address) -> Result<U256, Revert> {
    erc20::balance_of(asset, account).ok_or_else(|| {
        if !host::has_code(asset) {
            Revert::new(AssetWithoutCode::SELECTOR, &[word::from_address(asset)])
        } else {
            call_failed(asset)
        }
    })
}

fn call_failed(asset: Address) -> Revert {
    Revert::new(AssetCallFailed::SELECTOR, &[word::from_address(asset)])
}

/// Moves `amount` in from `from`, who allowed it, and answers what to credit: what was gained, at most `amount`.
///
/// # Errors
/// `AssetWithoutCode`, `AssetCallFailed`, `GainTooSmall`.
pub(crate) fn pull(asset: Address, from: Address, amount: u128) -> Result<u128, Revert> {
    let router = host::this();
    let before = balance_of(asset, router)?;
    if !erc20::transfer_from(asset, from, router, amount) {
        return Err(call_failed(asset));
    }
    let after = balance_of(asset, router)?;
    enough(asset, gain(before, after, amount), amount)
}

/// What a balance rose by, at most `most`.
pub(crate) fn gain(before: U256, after: U256, most: u128) -> u128 {
    after
        .checked_sub(before)
        .map_or(0, |gain| u128::try_from(gain).unwrap_or(most).min(most))
}

/// Refuses a gain under half of what was to come: the token takes too much, or is none.
///
/// # Errors
/// `GainTooSmall`.
pub(crate) fn enough(asset: Address, gain: u128, expected: u128) -> Result<u128, Revert> {
    if under_half(gain, expected) {
        let got = U256::from(gain);
        return Err(moved(GainTooSmall::SELECTOR, asset, got, expected));
    }
    Ok(gain)
}

/// `part` is at most `whole`.
fn under_half(part: u128, whole: u128) -> bool {
    part < whole.saturating_sub(part)
}

fn moved(selector: [u8; 4], asset: Address, got: U256, expected: u128) -> Revert {
    Revert::new(
        selector,
        &[
            word::from_address(asset),
            got.to_be_bytes(),
            word::from_u128(expected),
        ],
    )
}

/// Moves `amount` out to `to`.
///
/// # Errors
/// `AssetWithoutCode`, `AssetCallFailed`, `LossTooLarge`, `LossTooSmall`.
pub(crate) fn push(asset: Address, to: Address, amount: u128) -> Result<(), Revert> {
    let router = host::this();
    let before = balance_of(asset, router)?;
    if !erc20::transfer(asset, to, amount) {
        return Err(call_failed(asset));
    }
    let after = balance_of(asset, router)?;
    let loss = before.checked_sub(after).unwrap_or_default();
    match u128::try_from(loss) {
        Ok(lost) if under_half(lost, amount) => {
            Err(moved(LossTooSmall::SELECTOR, asset, loss, amount))
        }
        Ok(lost) if lost <= amount => Ok(()),
        _ => Err(moved(LossTooLarge::SELECTOR, asset, loss, amount)),
    }
}

//! Money out, as the last act of a claim.

use crate::IRouter::NativeTransferFailed;
use crate::{asset, lock};
use alloy_sol_types::SolError;
use shell::{call, word, Address, Revert};

/// Sends `amount` to a recipient.
///
/// All is written before, so a recipient of native value may pay, settle or claim in turn: the lock is not held. A token
/// may run anyone's code in the middle of its transfer, with our balance half moved, and so is called under the lock.
///
/// # Errors
/// `NativeTransferFailed`, `AssetWithoutCode`, `AssetCallFailed`, `LossTooLarge`, `LossTooSmall`.
pub(crate) fn send(asset: Address, to: Address, amount: u128) -> Result<(), Revert> {
    if !asset.is_zero() {
        return lock::hold(|| asset::push(asset, to, amount));
    }
    if call::call(to, &word::from_u128(amount), &[]).success {
        return Ok(());
    }
    Err(Revert::new(
        NativeTransferFailed::SELECTOR,
        &[word::from_address(to), word::from_u128(amount)],
    ))
}

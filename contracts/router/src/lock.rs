//! The one lock over everything that changes state.
//!
//! Only what writes after an outside call, or whose outside call must not be followed by another act, holds it. What is
//! done writing before it calls out, or never calls out, need only see that nobody holds it.

use crate::IRouter::Locked;
use alloy_sol_types::SolError;
use shell::{lock, Address, Revert};

fn locked() -> Revert {
    Revert::new(Locked::SELECTOR, &[])
}

/// Refuses while the lock is held.
pub(crate) fn refuse_if_held() -> Result<(), Revert> {
    if lock::is_taken() {
        return Err(locked());
    }
    Ok(())
}

/// Acts under the lock. A refusal reverts, which gives the lock back too.
pub(crate) fn hold<T>(act: impl FnOnce() -> Result<T, Revert>) -> Result<T, Revert> {
    if !lock::take() {
        return Err(locked());
    }
    let done = act()?;
    lock::release();
    Ok(done)
}

/// Acts under the lock, with the router open to native value from one account.
pub(crate) fn hold_for<T>(
    account: Address,
    act: impl FnOnce() -> Result<T, Revert>,
) -> Result<T, Revert> {
    if !lock::take_for(account) {
        return Err(locked());
    }
    let done = act()?;
    lock::release();
    Ok(done)
}

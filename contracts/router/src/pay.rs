//! Paying a work: one ledger rises, whatever stands above it.

use crate::income::{self, Way};
use crate::IRouter::{AmountTooLarge, AmountZero, ValueMismatch};
use crate::{asset, lock, work};
use alloc::vec::Vec;
use alloy_sol_types::SolError;
use shell::{host, word, Answer, Reader, Revert, Word};

/// `pay`.
pub(crate) fn pay(mut arguments: Reader) -> Answer {
    let id = arguments.u64()?;
    let paid_in = arguments.address()?;
    let amount = arguments.word()?;
    let reference = arguments.word()?;
    lock::refuse_if_held()?;
    let native = paid_in.is_zero();
    expect_value(if native { amount } else { &word::ZERO })?;
    let amount = positive(amount)?;
    let at = work::current(id, &work::head(id)?);
    let payer = host::sender();
    if native {
        income::credit(at, paid_in, payer, amount, reference, Way::Payment)?;
    } else {
        lock::hold(|| {
            let gained = asset::pull(paid_in, payer, amount)?;
            income::credit(at, paid_in, payer, gained, reference, Way::Payment)
        })?;
    }
    Ok(Vec::new())
}

/// Refuses any other native value than this.
pub(crate) fn expect_value(expected: &Word) -> Result<(), Revert> {
    let got = host::value();
    if got == *expected {
        return Ok(());
    }
    Err(Revert::new(ValueMismatch::SELECTOR, &[got, *expected]))
}

/// An amount that a ledger can hold and that is not nothing.
///
/// # Errors
/// `AmountTooLarge`, `AmountZero`.
fn positive(amount: &Word) -> Result<u128, Revert> {
    match word::to_u128(amount) {
        Some(0) => Err(Revert::new(AmountZero::SELECTOR, &[])),
        Some(amount) => Ok(amount),
        None => Err(Revert::new(
            AmountTooLarge::SELECTOR,
            &[*amount, word::from_u128(u128::MAX)],
        )),
    }
}

/// The most of something, as an argument says it: what passes 128 bits is as good as all there can be.
pub(crate) fn at_most(amount: &Word) -> u128 {
    word::to_u128(amount).unwrap_or(u128::MAX)
}

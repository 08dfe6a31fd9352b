//! Paying a work: one ledger rises, whatever stands above it.

use crate::IRouter::{AmountTooLarge, AmountZero, ValueMismatch};
use crate::{asset, income, lock, work};
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
        income::credit(at, paid_in, payer, amount, reference)?;
    } else {
        lock::hold(|| {
            let gained = asset::pull(paid_in, payer, amount)?;
            income::credit(at, paid_in, payer, gained, reference)
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

/// An amount that a ledger can hold.
///
/// # Errors
/// `AmountTooLarge`.
pub(crate) fn bounded(amount: &Word) -> Result<u128, Revert> {
    word::to_u128(amount).ok_or_else(|| {
        Revert::new(
            AmountTooLarge::SELECTOR,
            &[*amount, word::from_u128(u128::MAX)],
        )
    })
}

fn positive(amount: &Word) -> Result<u128, Revert> {
    match bounded(amount)? {
        0 => Err(Revert::new(AmountZero::SELECTOR, &[])),
        amount => Ok(amount),
    }
}

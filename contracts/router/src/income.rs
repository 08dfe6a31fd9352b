//! Income from outside.

use crate::ledger;
use crate::IRouter::Paid;
use alloy_sol_types::SolEvent;
use logic::work::WorkEpoch;
use shell::{log, word, Address, Revert, Word, Writer};

/// How income came, as `Paid` says it; 3 is kept for authorizations.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    Payment = 0,
    Sweep = 1,
    Fee = 2,
}

/// Credits a ledger with what has come in, and logs it.
///
/// # Errors
/// `LedgerOverflow`.
pub(crate) fn credit(
    at: WorkEpoch,
    asset: Address,
    payer: Address,
    amount: u128,
    reference: &Word,
    way: Way,
) -> Result<(), Revert> {
    let credited = ledger::load(at, asset)
        .credited(amount)
        .ok_or_else(|| ledger::overflow(at.work.0, asset))?;
    ledger::store(at, asset, credited);
    log::emit(
        &[
            *Paid::SIGNATURE_HASH,
            word::from_u64(at.work.0),
            word::from_address(asset),
            word::from_address(payer),
        ],
        Writer::new(4)
            .u64(at.epoch.into())
            .u128(amount)
            .word(reference)
            .u64(way as u64)
            .as_slice(),
    );
    Ok(())
}

//! The ledger of one (work, epoch, asset), one slot.

use crate::key;
use crate::IRouter::LedgerOverflow;
use alloy_sol_types::SolError;
use logic::ledger::{ClaimedPair, Ledger};
use logic::work::WorkEpoch;
use shell::{storage, word, Address, Revert};

/// Lifetime totals.
pub(crate) fn load(at: WorkEpoch, asset: Address) -> Ledger {
    Ledger::from_word(&storage::load(&key::ledger(at, asset)))
}

/// Writes the totals.
pub(crate) fn store(at: WorkEpoch, asset: Address, ledger: Ledger) {
    storage::store(&key::ledger(at, asset), &ledger.to_word());
}

/// The amount would pass 128 bits.
pub(crate) fn overflow(work: u64, asset: Address) -> Revert {
    Revert::new(
        LedgerOverflow::SELECTOR,
        &[word::from_u64(work), word::from_address(asset)],
    )
}

/// What two payees claimed, this one among them.
pub(crate) fn claims(at: WorkEpoch, asset: Address, payee: u8) -> ClaimedPair {
    let pair = ClaimedPair::index_of(payee);
    ClaimedPair::from_word(storage::load(&key::claimed(at, asset, pair)))
}

/// Writes what two payees claimed.
pub(crate) fn store_claims(at: WorkEpoch, asset: Address, payee: u8, claims: ClaimedPair) {
    let pair = ClaimedPair::index_of(payee);
    storage::store(&key::claimed(at, asset, pair), &claims.to_word());
}

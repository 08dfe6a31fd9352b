//! Asking licensing whether the parents admit a child, and what fee each is due.

use crate::ILicensing::consumeCall;
use crate::IRouter::{FeesMalformed, LicensingFailed};
use alloc::vec::Vec;
use alloy_sol_types::{SolCall, SolError};
use logic::stipend;
use shell::{call, word, Address, Malformed, Reader, Revert, Writer};

/// The longest refusal that is passed on; licensing's own are four words.
const REFUSAL: usize = 260;

/// Calls `consume` with the parents as they stand in the calldata; returns one native fee a parent.
///
/// # Errors
/// Licensing's own refusal; `LicensingFailed` where it fails without one, `FeesMalformed` where it returns something else.
pub(crate) fn consume(
    licensing: Address,
    collection: Address,
    creator: Address,
    count: usize,
    parents: &[u8],
) -> Result<Vec<u128>, Revert> {
    let data = Writer::call(consumeCall::SELECTOR, 4)
        .address(collection)
        .address(creator)
        .size(96)
        .size(count)
        .raw(parents);
    let gas = stipend::consume(count);
    let returned = call::call_within(licensing, &word::ZERO, data.as_slice(), gas);
    if !returned.success {
        return Err(if returned.size() < 4 {
            Revert::new(LicensingFailed::SELECTOR, &[word::from_address(licensing)])
        } else {
            Revert(returned.data(REFUSAL))
        });
    }
    let answer = returned.data(count.saturating_mul(32).saturating_add(64));
    read(&answer)
        .ok()
        .filter(|fees| fees.len() == count)
        .ok_or_else(malformed)
}

/// What was returned is no list of one fee a parent.
pub(crate) fn malformed() -> Revert {
    Revert::new(FeesMalformed::SELECTOR, &[])
}

fn read(answer: &[u8]) -> Result<Vec<u128>, Malformed> {
    Reader::returned(answer)
        .list(1)?
        .map(|mut fee| fee.u128())
        .collect()
}

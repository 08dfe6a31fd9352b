//! Asking licensing whether the parents admit a child, and what fee each is due.

use crate::ILicensing::consumeCall;
use crate::IRouter::FeesMalformed;
use alloc::vec::Vec;
use alloy_sol_types::{SolCall, SolError};
use shell::{call, word, Address, Malformed, Reader, Revert, Writer};

/// The longest refusal that is passed on; licensing's own are four words.
const REFUSAL: usize = 260;

/// Calls `consume` with the parents as they stand in the calldata; answers one native fee a parent.
///
/// # Errors
/// Licensing's own refusal, `FeesMalformed` where there is none.
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
    let returned = call::call(licensing, &word::ZERO, data.as_slice());
    if !returned.success && returned.size() >= 4 {
        return Err(Revert(returned.data(REFUSAL)));
    }
    let answer = returned.data(count.saturating_mul(32).saturating_add(64));
    read(&answer)
        .ok()
        .filter(|fees| returned.success && fees.len() == count)
        .ok_or_else(malformed)
}

/// The answer is no list of one fee a parent.
pub(crate) fn malformed() -> Revert {
    Revert::new(FeesMalformed::SELECTOR, &[])
}

fn read(answer: &[u8]) -> Result<Vec<u128>, Malformed> {
    Reader::returned(answer)
        .list(1)?
        .map(|mut fee| fee.u128())
        .collect()
}

//! Sweeping an inbox.

use super::outcome::{Outcome, Place, Swept};
use super::parts::{Parts, Stopped, move_all};
use super::{Errand, at_inbox};
use crate::abi::router::IRouter::sweepCall;
use crate::session::Session;
use alloy_primitives::U256;
use anyhow::Result;

/// Sweeps what a work's inbox holds. Returns how much of it moved and, where the coin lets only a part go at once and that was not
/// known, the part: nothing is sent then but what moved before.
///
/// # Errors
/// The chain does not take a transaction.
pub(super) fn sweep(
    session: &mut Session,
    errand: &Errand,
    work: u64,
    parts: Parts,
    outcome: &mut Outcome,
) -> Result<(U256, Option<U256>)> {
    let asset = errand.asset;
    let call = |most| sweepCall { work, asset, most };
    // A coin that no longer tells a balance is swept another time.
    let left = |session: &Session, _| at_inbox(session, work, asset).unwrap_or_default();
    let moved = move_all(
        session,
        errand,
        "sweep",
        call,
        left,
        parts,
        &mut outcome.sent,
    )?;
    let amount = moved.amount;
    if !amount.is_zero() {
        outcome.swept.push(Swept { work, amount });
    }
    if let Some(Stopped::InParts(part)) = moved.stopped {
        return Ok((amount, Some(part)));
    }
    outcome.stopped(Place::Inbox, work, moved.stopped);
    Ok((amount, None))
}

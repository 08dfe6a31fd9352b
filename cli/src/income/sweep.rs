//! Sweeping an inbox.

use super::outcome::{Outcome, Place, Swept};
use super::parts::move_all;
use super::{Errand, at_inbox};
use crate::abi::router::IRouter::sweepCall;
use crate::session::Session;
use anyhow::Result;

/// Sweeps what a work's inbox holds.
///
/// # Errors
/// The chain does not take a transaction.
pub(super) fn sweep(
    session: &mut Session,
    errand: &Errand,
    work: u64,
    outcome: &mut Outcome,
) -> Result<()> {
    let asset = errand.asset;
    let call = |most| sweepCall { work, asset, most };
    // A coin that no longer tells a balance is swept another time.
    let left = |session: &Session, _| at_inbox(session, work, asset).unwrap_or_default();
    let moved = move_all(session, errand, "sweep", call, left, &mut outcome.sent)?;
    let amount = moved.amount;
    if !amount.is_zero() {
        outcome.swept.push(Swept { work, amount });
    }
    outcome.stopped(Place::Inbox, work, moved.stopped);
    Ok(())
}

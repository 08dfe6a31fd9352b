//! Sweeping an inbox, in parts where the coin does not move as one.

use super::outcome::{Outcome, Place, Swept};
use super::parts::{self, MOST_PARTS};
use super::{Errand, at_inbox};
use crate::abi::router::IRouter::sweepCall;
use crate::session::Session;
use alloy_primitives::U256;
use anyhow::Result;

/// Sweeps what a work's inbox holds.
///
/// # Errors
/// The chain does not take a transaction.
pub(super) fn sweep(
    session: &mut Session,
    errand: &Errand,
    work: u64,
    held: U256,
    outcome: &mut Outcome,
) -> Result<()> {
    let router = session.programs.router;
    let call = |most| sweepCall {
        work,
        asset: errand.asset,
        most,
    };
    let (mut left, mut most, mut swept) = (held, U256::MAX, U256::ZERO);
    for _ in 0..MOST_PARTS {
        let tried = session.attempt("sweep", errand.from, router, U256::ZERO, &call(most))?;
        match tried {
            Ok((amount, sent)) => {
                outcome.sent.push(sent);
                swept = swept.saturating_add(amount);
                // A coin that no longer tells a balance is swept again another time.
                left = at_inbox(session, work, errand.asset).unwrap_or_default();
                if amount.is_zero() {
                    break;
                }
            }
            Err(refusal) => {
                let goes = |most| {
                    let tried = session.attempt_view(errand.from, router, &call(most))?;
                    Ok(tried.is_ok_and(|amount| !amount.is_zero()))
                };
                let part = match refusal.is_of_a_transfer() && !errand.asset.is_zero() {
                    true => parts::largest(most.min(left), goes)?,
                    false => None,
                };
                let Some(part) = part else {
                    outcome.failed(Place::Inbox, work, refusal);
                    left = U256::ZERO;
                    break;
                };
                most = part;
            }
        }
        if left.is_zero() {
            break;
        }
    }
    if !swept.is_zero() {
        outcome.swept.push(Swept {
            work,
            amount: swept,
        });
    }
    if !left.is_zero() {
        outcome.failed(Place::Inbox, work, parts::left_over(errand.asset, left));
    }
    Ok(())
}

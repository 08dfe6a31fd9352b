//! Moving in parts what cannot move as one: a coin may cap its transfers, or take a fee on top.

use super::Errand;
use crate::asset;
use crate::refusal::Refusal;
use crate::report::Sent;
use crate::session::{Attempt, Session};
use alloy_primitives::U256;
use alloy_sol_types::SolCall;
use anyhow::Result;
use stylus_chain::chain::Transaction;

/// Transactions that may be spent on the parts of one sum.
pub(super) const MOST_PARTS: usize = 16;
/// How often a sum is halved before it is given up: down to a million millionth.
const HALVINGS: usize = 40;
/// How often the part that goes is brought nearer to the one that does not.
const NARROWINGS: usize = 20;

/// The largest part of a sum that goes, found by trying, where the whole does not; none if no part goes that was tried.
pub(super) fn largest(
    whole: U256,
    mut goes: impl FnMut(U256) -> Result<bool>,
) -> Result<Option<U256>> {
    let mut fails = whole;
    let mut found = None;
    for _ in 0..HALVINGS {
        let half: U256 = fails >> 1;
        if half.is_zero() {
            return Ok(None);
        }
        if goes(half)? {
            found = Some(half);
            break;
        }
        fails = half;
    }
    let Some(mut part) = found else {
        return Ok(None);
    };
    for _ in 0..NARROWINGS {
        let middle: U256 = part + ((fails - part) >> 1);
        if middle == part {
            break;
        }
        if goes(middle)? {
            part = middle;
        } else {
            fails = middle;
        }
    }
    Ok(Some(part))
}

/// What came of moving a sum.
pub(super) struct Moved {
    /// How much moved.
    pub(super) amount: U256,
    /// Why not all of it did.
    pub(super) stopped: Option<Stopped>,
}

/// Whether a sum may move in parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// It may.
    Sent,
    /// Each part costs gas, so that the part is to be weighed first.
    Weighed,
}

/// Why some of a sum did not move.
pub(super) enum Stopped {
    /// It goes in parts as large as this, which are to be weighed first.
    InParts(U256),
    /// It was refused, in any part that was tried.
    Refused(Refusal),
    /// A transaction failed that was sent for it.
    AtCost(Refusal),
    /// Enough transactions were sent for it.
    Later(String),
}

/// Moves a sum as one, or, where the coin refuses that, in parts as large as it allows. `call` moves at most so much, `left`
/// says how much there still is after so much has moved.
///
/// # Errors
/// The chain does not take a transaction.
pub(super) fn move_all<C: SolCall<Return = U256>>(
    session: &mut Session,
    errand: &Errand,
    action: &str,
    call: impl Fn(U256) -> C,
    left: impl Fn(&Session, U256) -> U256,
    parts: Parts,
    sent: &mut Vec<Sent>,
) -> Result<Moved> {
    let router = session.programs.router;
    let mut amount = U256::ZERO;
    let mut most = U256::MAX;
    // The whole, which may fail, and then the parts.
    for _ in 0..=MOST_PARTS {
        let remains = left(session, amount);
        if remains.is_zero() {
            break;
        }
        let gas = Transaction::MAX_GAS;
        let refusal = match session.attempt(action, gas, errand.from, router, &call(most))? {
            Attempt::Done(moved, done) => {
                sent.push(done);
                amount = amount.saturating_add(moved);
                if moved.is_zero() {
                    // It would be sent again for nothing.
                    break;
                }
                continue;
            }
            Attempt::Refused(refusal) => refusal,
            Attempt::Failed(refusal, failed) => {
                sent.push(failed.that_failed());
                let stopped = Some(Stopped::AtCost(refusal));
                return Ok(Moved { amount, stopped });
            }
        };
        let goes = |most| {
            let tried = session.try_out(gas, errand.from, router, &call(most))?;
            Ok(tried.is_ok_and(|amount| !amount.is_zero()))
        };
        // ETH moves as one or not at all.
        let in_parts = refusal.is_of_a_transfer() && !errand.asset.is_zero();
        most = match in_parts {
            true => largest(most.min(remains), goes)?,
            false => None,
        }
        .unwrap_or_default();
        if most.is_zero() {
            let stopped = Some(Stopped::Refused(refusal));
            return Ok(Moved { amount, stopped });
        }
        if parts == Parts::Weighed {
            let stopped = Some(Stopped::InParts(most));
            return Ok(Moved { amount, stopped });
        }
    }
    let remains = left(session, amount);
    let stopped = (!remains.is_zero()).then(|| {
        let remains = asset::shown(errand.asset, remains);
        Stopped::Later(match amount.is_zero() {
            true => format!("{remains} stays where it is: none of it moved"),
            false => format!("{remains} is left for the next time: it moves in small parts"),
        })
    });
    Ok(Moved { amount, stopped })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(whole: u64, most: u64) -> Option<u64> {
        let goes = |part: U256| Ok(!part.is_zero() && part <= U256::from(most));
        let part = largest(U256::from(whole), goes).expect("nothing fails");
        part.map(|part| part.to())
    }

    #[test]
    fn largest_part_is_found_to_the_unit() {
        for (whole, most) in [
            (160, 100),
            (100, 99),
            (2, 1),
            (1_000_000, 777_777),
            (1 << 40, 3),
        ] {
            assert_eq!(found(whole, most), Some(most), "{whole} at most {most}");
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_goes() {
        assert_eq!(found(160, 0), None);
        assert_eq!(found(1, 0), None);
        assert_eq!(found(u64::MAX, 0), None);
    }

    #[test]
    fn trials_are_bounded() {
        let mut trials = 0;
        let part = largest(U256::MAX, |_| {
            trials += 1;
            Ok(false)
        });
        assert_eq!((part.expect("nothing fails"), trials), (None, HALVINGS));
    }
}

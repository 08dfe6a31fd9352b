//! Paying out: all positions at once, and those apart that do not go with the rest.

use super::outcome::{Outcome, Place, Skipped};
use super::parts::{Parts, largest, move_all};
use super::worth::{POSITION_GAS, Worth};
use super::{Errand, claimable};
use crate::abi::router::IRouter::{Position, claimManyCall, claimToCall};
use crate::session::{Attempt, Session};
use alloy_primitives::{Address, U256};
use anyhow::Result;
use std::cmp::Reverse;
use std::collections::VecDeque;
use stylus_chain::chain::Transaction;

/// Positions claimed in one transaction.
const POSITIONS_A_TRANSACTION: usize = 200;

/// Gas for paying somebody else, beside that for each position: who is paid in ETH runs its own code on it.
const GAS_FOR_A_STRANGER: u64 = 500_000;

/// A position, and what can be claimed from it.
pub(super) type Due = (Position, u128);

/// Pays an account what its positions are due.
///
/// # Errors
/// The chain does not take a transaction, or the router fails.
pub(super) fn pay_out(
    session: &mut Session,
    errand: &Errand,
    to: Address,
    positions: Vec<Position>,
    outcome: &mut Outcome,
) -> Result<()> {
    let dues = dues(session, errand, &positions)?;
    let worth = beside(session, errand, to, &dues)?;
    let dues = worthwhile(dues, &worth, outcome);
    let mut todo: VecDeque<Vec<Due>> = (dues.chunks(POSITIONS_A_TRANSACTION))
        .map(<[Due]>::to_vec)
        .collect();
    while let Some(mut chunk) = todo.pop_front() {
        let call = claimManyCall {
            positions: chunk.iter().map(|(position, _)| position.clone()).collect(),
            asset: errand.asset,
        };
        let router = session.programs.router;
        let gas = match errand.from == to {
            true => Transaction::MAX_GAS,
            false => GAS_FOR_A_STRANGER + POSITION_GAS * chunk.len() as u64,
        };
        let refusal = match session.attempt("claim", gas, errand.from, router, &call)? {
            Attempt::Done(amount, sent) => {
                outcome.sent.push(sent);
                outcome.paid = outcome.paid.saturating_add(amount);
                continue;
            }
            Attempt::Refused(refusal) => refusal,
            Attempt::Failed(refusal, sent) => {
                outcome.sent.push(sent.that_failed());
                for (position, _) in &chunk {
                    outcome.failed_at_cost(Place::Payee, position.work, &refusal);
                }
                continue;
            }
        };
        if let Some((work, payee)) = refusal.reserved() {
            // Only the payee may claim it; the others go on without it.
            let before = chunk.len();
            chunk.retain(|(position, _)| (position.work, position.payee) != (work, payee));
            if chunk.len() < before {
                outcome.refused(Place::Payee, work, &refusal);
                if !chunk.is_empty() {
                    todo.push_front(chunk);
                }
                continue;
            }
        }
        match chunk.as_slice() {
            [(position, amount)] if errand.from == to && refusal.is_of_a_transfer() => {
                claim_own(session, errand, position, *amount, outcome)?;
            }
            [(position, _)] => outcome.refused(Place::Payee, position.work, &refusal),
            _ => {
                let second = chunk.split_off(chunk.len() / 2);
                todo.push_front(second);
                todo.push_front(chunk);
            }
        }
    }
    Ok(())
}

/// What can be claimed from positions.
pub(super) fn dues(session: &Session, errand: &Errand, positions: &[Position]) -> Result<Vec<Due>> {
    let due = |position: &Position| {
        let amount = claimable(session, position, errand.asset)?;
        Ok((position.clone(), amount))
    };
    positions.iter().map(due).collect()
}

/// What is worth its gas beside what the sender can claim for an account now. What stays is no measure: what the account reserved
/// to itself, and what the coin does not let go; where it goes in parts, which its payee alone may claim, the part is one.
pub(super) fn beside(
    session: &Session,
    errand: &Errand,
    account: Address,
    dues: &[Due],
) -> Result<Worth> {
    let mut worth = Worth::new(session, errand);
    if !worth.compares() {
        return Ok(worth);
    }
    let mut dues: Vec<_> = dues.iter().filter(|(_, amount)| *amount > 0).collect();
    dues.sort_by_key(|(_, amount)| Reverse(*amount));
    let router = session.programs.router;
    let gas = Transaction::MAX_GAS;
    let mut in_parts = false;
    for (position, amount) in dues {
        let call = claimManyCall {
            positions: vec![position.clone()],
            asset: errand.asset,
        };
        match session.try_out(gas, errand.from, router, &call)? {
            Ok(_) => {
                worth.compare((U256::from(*amount), POSITION_GAS));
                break;
            }
            // One part is like another.
            Err(refusal) if errand.from == account && refusal.is_of_a_transfer() && !in_parts => {
                let goes = |most| {
                    let call = own_call(errand, position, most);
                    let tried = session.try_out(gas, errand.from, router, &call)?;
                    Ok(tried.is_ok_and(|amount| !amount.is_zero()))
                };
                if let Some(part) = largest(U256::from(*amount), goes)? {
                    worth.compare((part, POSITION_GAS));
                    in_parts = true;
                }
            }
            Err(_) => {}
        }
    }
    Ok(worth)
}

/// What is worth its claim. The greatest sum is claimed at any rate, since a claim is what was asked for.
fn worthwhile(dues: Vec<Due>, worth: &Worth, outcome: &mut Outcome) -> Vec<Due> {
    let greatest = dues.iter().map(|(_, amount)| *amount).max().unwrap_or(0);
    let mut first = true;
    let mut taken = Vec::new();
    for (position, due) in dues {
        let amount = U256::from(due);
        let is_greatest = due == greatest && std::mem::take(&mut first);
        if worth.covers((amount, POSITION_GAS)) || (is_greatest && worth.asked_for(amount)) {
            taken.push((position, due));
        } else if due > 0 {
            outcome.skipped.push(Skipped {
                place: Place::Payee,
                work: position.work,
                amount,
                why: worth.why(),
            });
        }
    }
    taken
}

/// A payee's claim of at most so much.
const fn own_call(errand: &Errand, position: &Position, most: U256) -> claimToCall {
    claimToCall {
        work: position.work,
        epoch: position.epoch,
        asset: errand.asset,
        payee: position.payee,
        to: errand.from,
        most,
    }
}

/// Claims from a position in such parts as go, which its payee alone may.
fn claim_own(
    session: &mut Session,
    errand: &Errand,
    position: &Position,
    due: u128,
    outcome: &mut Outcome,
) -> Result<()> {
    let call = |most| own_call(errand, position, most);
    let left = |_: &Session, claimed| U256::from(due).saturating_sub(claimed);
    let sent = &mut outcome.sent;
    let moved = move_all(session, errand, "claim", call, left, Parts::Sent, sent)?;
    outcome.paid = outcome.paid.saturating_add(moved.amount);
    outcome.stopped(Place::Payee, position.work, moved.stopped);
    Ok(())
}

//! Paying out: all positions at once, and those apart that do not go with the rest.

use super::outcome::{Outcome, Place, Skipped};
use super::parts::move_all;
use super::worth::{POSITION_GAS, Worth};
use super::{Errand, claimable};
use crate::abi::router::IRouter::{Position, claimManyCall, claimToCall};
use crate::session::{Attempt, Session};
use alloy_primitives::{Address, U256};
use anyhow::Result;
use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};
use stylus_chain::chain::Transaction;

/// Positions claimed in one transaction.
const POSITIONS_A_TRANSACTION: usize = 200;

/// Gas for paying somebody else, beside that for each position: who is paid in ETH runs its own code on it.
const GAS_FOR_A_STRANGER: u64 = 500_000;

/// A position, and what can be claimed from it.
type Due = (Position, u128);

/// Pays an account what its positions are due.
///
/// # Errors
/// The chain does not take a transaction, or the router fails.
pub(super) fn pay_out(
    session: &mut Session,
    errand: &Errand,
    to: Address,
    positions: Vec<Position>,
    worth: &mut Worth,
    outcome: &mut Outcome,
) -> Result<()> {
    let mut dues: Vec<Due> = Vec::new();
    for position in positions {
        let amount = claimable(session, &position, errand.asset)?;
        dues.push((position, amount));
    }
    for (_, amount) in &dues {
        worth.compare(U256::from(*amount), POSITION_GAS);
    }
    let dues = worthwhile(dues, worth, outcome);
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

/// What is worth its claim. The greatest sum pays for the transaction, so that a small one is claimed too if it is the greatest;
/// small ones beside it are claimed from what is to spare, the greatest first.
fn worthwhile(dues: Vec<Due>, worth: &mut Worth, outcome: &mut Outcome) -> Vec<Due> {
    let mut order: Vec<_> = (0..dues.len()).filter(|at| dues[*at].1 > 0).collect();
    order.sort_by_key(|at| Reverse(dues[*at].1));
    let mut taken = BTreeSet::new();
    for (rank, at) in order.into_iter().enumerate() {
        let (position, amount) = &dues[at];
        let amount = U256::from(*amount);
        let enough = match rank {
            0 => worth.gas_or_best(amount, POSITION_GAS),
            _ => worth.gas_or_spare(amount, POSITION_GAS),
        };
        if enough {
            taken.insert(at);
        } else {
            outcome.skipped.push(Skipped {
                place: Place::Payee,
                work: position.work,
                amount,
                why: worth.why(),
            });
        }
    }
    let numbered = dues.into_iter().enumerate();
    let taken = numbered.filter(|(at, _)| taken.contains(at));
    taken.map(|(_, due)| due).collect()
}

/// Claims from a position in such parts as go, which its payee alone may.
fn claim_own(
    session: &mut Session,
    errand: &Errand,
    position: &Position,
    due: u128,
    outcome: &mut Outcome,
) -> Result<()> {
    let call = |most| claimToCall {
        work: position.work,
        epoch: position.epoch,
        asset: errand.asset,
        payee: position.payee,
        to: errand.from,
        most,
    };
    let left = |_: &Session, claimed| U256::from(due).saturating_sub(claimed);
    let moved = move_all(session, errand, "claim", call, left, &mut outcome.sent)?;
    outcome.paid = outcome.paid.saturating_add(moved.amount);
    outcome.stopped(Place::Payee, position.work, moved.stopped);
    Ok(())
}

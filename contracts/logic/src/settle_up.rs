//! Carrying income up the graph.
//!
//! Ids are a topological order, so working from the greatest id down meets every child before its parents: a work is
//! reached once, with all credits it will get in this call, and is written once.
//!
//! A ledger that is full, at 2¹²⁸ − 1, takes no more: what does not fit is nobody's. To refuse it would stop the child, and
//! with it the other parents, and whoever pays its own work round and round can fill its ledger.

use alloc::{collections::BinaryHeap, vec::Vec};
use core::cmp::Ordering;

use crate::{
    due::parent_due,
    edge::Edges,
    ledger::Ledger,
    work::{WorkEpoch, WorkId},
};

/// The ledgers of one asset, as [`settle_up`] needs them.
pub trait Ledgers {
    /// What can go wrong.
    type Error;

    /// The ledger as stored, and how many edges were frozen for its epoch; 0 where every share is zero, since those edges
    /// earn nothing.
    ///
    /// # Errors
    /// For a work or an epoch that does not exist.
    fn load(&mut self, at: WorkEpoch) -> Result<(Ledger, u8), Self::Error>;

    /// Stores the ledger.
    ///
    /// # Errors
    /// As the storage has them.
    fn store(&mut self, at: WorkEpoch, ledger: Ledger) -> Result<(), Self::Error>;

    /// The edges that were frozen for this epoch, as many as [`load`](Self::load) said.
    ///
    /// # Errors
    /// As the storage has them.
    fn edges(&mut self, at: WorkEpoch, count: u8) -> Result<Edges, Self::Error>;

    /// The ledger a work is credited in now.
    ///
    /// # Errors
    /// As the storage has them.
    fn current(&mut self, work: WorkId) -> Result<WorkEpoch, Self::Error>;

    /// Logs that the parents were credited from what came in between the two marks.
    fn settled(&mut self, at: WorkEpoch, from: u128, to: u128);
}

/// Settles `works` and whatever they credit, and returns those still to settle, greatest first.
///
/// The budget counts ledgers: one for each work that is settled and one for each parent it credits, so that a unit costs
/// about the same whoever built the graph. A work is settled only if what is left of the budget covers it and all the
/// parents it credits; 17 cover any work. The first work that it does not cover ends the settling: from then on no edges
/// are read, so what is looked at in vain is bounded too.
///
/// Only works that have earning parents count; any other has nothing to settle, and its ledger stays as it is but for the
/// credits. After the end, credits already made are still written. Settling what is returned next goes on where this call
/// stopped; an empty list means that all is settled.
///
/// # Errors
/// The first error of `ledgers`. What was stored before it must be rolled back by the caller.
pub fn settle_up<L: Ledgers>(
    ledgers: &mut L,
    works: impl IntoIterator<Item = WorkEpoch>,
    budget: u32,
) -> Result<Vec<WorkEpoch>, L::Error> {
    let mut frontier = BinaryHeap::new();
    for at in works {
        frontier.push(Credit { at, amount: 0 });
    }
    let mut left = Some(budget);
    let mut rest = Vec::new();
    while let Some(Credit { at, mut amount }) = frontier.pop() {
        while let Some(same) = frontier
            .peek()
            .filter(|next| next.at == at)
            .map(|next| next.amount)
        {
            amount = amount.saturating_add(same);
            frontier.pop();
        }
        let (before, parents) = ledgers.load(at)?;
        let mut ledger = before.filled(amount);
        if parents > 0 && ledger.is_open() {
            left = match left {
                Some(budget) => {
                    credit_parents(ledgers, &mut frontier, at, ledger, parents, budget)?
                }
                None => None,
            };
            if left.is_some() {
                ledger.settled = ledger.received;
            } else {
                rest.push(at);
            }
        }
        if ledger != before {
            ledgers.store(at, ledger)?;
        }
        if ledger.settled != before.settled {
            ledgers.settled(at, before.settled, ledger.settled);
        }
    }
    Ok(rest)
}

/// Puts what each parent is due on the frontier. Returns what is left of the budget, `None` where it does not cover the
/// work and the parents to be credited; then nothing was done.
fn credit_parents<L: Ledgers>(
    ledgers: &mut L,
    frontier: &mut BinaryHeap<Credit>,
    at: WorkEpoch,
    ledger: Ledger,
    parents: u8,
    budget: u32,
) -> Result<Option<u32>, L::Error> {
    let Some(mut left) = budget.checked_sub(1) else {
        return Ok(None);
    };
    let edges = ledgers.edges(at, parents)?;
    for edge in edges.iter() {
        if parent_due(ledger, edge.share) > 0 {
            left = match left.checked_sub(1) {
                Some(left) => left,
                None => return Ok(None),
            };
        }
    }
    for edge in edges.iter() {
        let amount = parent_due(ledger, edge.share);
        if amount > 0 {
            let at = ledgers.current(edge.work)?;
            frontier.push(Credit { at, amount });
        }
    }
    Ok(Some(left))
}

/// An amount on its way to a ledger, ordered by the ledger alone.
struct Credit {
    at: WorkEpoch,
    amount: u128,
}

impl Ord for Credit {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.cmp(&other.at)
    }
}

impl PartialOrd for Credit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Credit {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Credit {}

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
    bps::Bps,
    due::parent_due,
    edge::Edges,
    ledger::Ledger,
    work::{WorkEpoch, WorkId},
};

/// The ledgers of one asset, as [`settle_up`] needs them.
pub trait Ledgers {
    /// What can go wrong.
    type Error;

    /// The ledger as stored.
    ///
    /// # Errors
    /// For a work or an epoch that does not exist.
    fn load(&mut self, at: WorkEpoch) -> Result<Ledger, Self::Error>;

    /// Stores the ledger.
    ///
    /// # Errors
    /// As the storage has them.
    fn store(&mut self, at: WorkEpoch, ledger: Ledger) -> Result<(), Self::Error>;

    /// The edges that were frozen for this epoch. May be empty where every share is zero: those edges earn nothing.
    ///
    /// # Errors
    /// As the storage has them.
    fn edges(&mut self, at: WorkEpoch) -> Result<Edges, Self::Error>;

    /// The ledger a work is credited in now.
    ///
    /// # Errors
    /// As the storage has them.
    fn current(&mut self, work: WorkId) -> Result<WorkEpoch, Self::Error>;

    /// Logs that the parents were credited from what came in between the two marks.
    fn settled(&mut self, at: WorkEpoch, from: u128, to: u128);
}

/// Settles `works` and whatever they credit, at most `budget` of them, and answers those still to settle, greatest first.
///
/// Only works that credit a parent's ledger count; a work without earning parents has nothing to settle, its ledger
/// stays as it is but for the credits. When the budget is spent, credits already made are still written. Settling the
/// answer next goes on where this call stopped; an empty answer means that all is settled.
///
/// # Errors
/// The first error of `ledgers`. What was stored before it must be rolled back by the caller.
pub fn settle_up<L: Ledgers>(
    ledgers: &mut L,
    works: impl IntoIterator<Item = WorkEpoch>,
    mut budget: u32,
) -> Result<Vec<WorkEpoch>, L::Error> {
    let mut frontier = BinaryHeap::new();
    for at in works {
        frontier.push(Credit { at, amount: 0 });
    }
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
        let before = ledgers.load(at)?;
        let mut ledger = before.filled(amount);
        if ledger.is_open() {
            let edges = ledgers.edges(at)?;
            if edges.iter().any(|edge| edge.share > Bps::ZERO) {
                if let Some(left) = budget.checked_sub(1) {
                    budget = left;
                    credit_parents(ledgers, &mut frontier, ledger, &edges)?;
                    ledger.settled = ledger.received;
                } else {
                    rest.push(at);
                }
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

fn credit_parents<L: Ledgers>(
    ledgers: &mut L,
    frontier: &mut BinaryHeap<Credit>,
    ledger: Ledger,
    edges: &Edges,
) -> Result<(), L::Error> {
    for edge in edges.iter() {
        let amount = parent_due(ledger, edge.share);
        if amount > 0 {
            frontier.push(Credit {
                at: ledgers.current(edge.work)?,
                amount,
            });
        }
    }
    Ok(())
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

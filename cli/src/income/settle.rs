//! Settling certain works and no others.
//!
//! `settleUp` goes on by itself to the parents it credits, the greatest id first, as far as its budget of ledgers lasts. So
//! each transaction is given just the budget of the works that are wanted: when the next one up the graph is another, it
//! stops there, and the next transaction goes on with those that are left.

use super::Errand;
use super::map::Map;
use super::outcome::{Outcome, Place};
use super::worth::LEDGER_GAS;
use crate::abi::router::IRouter::{WorkEpoch, settleUpCall};
use crate::session::Session;
use alloy_primitives::{Address, U256};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use stylus_chain::chain::Transaction;

/// Ledgers written in one transaction: half of what a transaction may use.
const LEDGERS_A_TRANSACTION: u64 = Transaction::MAX_GAS / LEDGER_GAS / 2;

/// What one transaction settles.
#[derive(Debug, Default, PartialEq, Eq)]
struct Batch {
    /// The works that have something to pass on by now; the others are reached through them.
    from: Vec<u64>,
    /// All that are settled.
    works: Vec<u64>,
    /// The ledgers that are written.
    budget: u64,
}

impl Batch {
    /// The greatest works of those to settle, as far as the budget lasts and no other work comes between.
    fn next(map: &Map, todo: &BTreeSet<u64>, most: u64) -> Self {
        let mut batch = Self::default();
        let open = |work: &u64| map.site(*work).ledger.is_open();
        let mut credits: BTreeMap<u64, u128> = todo
            .iter()
            .filter(|work| open(work))
            .map(|work| (*work, 0))
            .collect();
        while let Some((work, credit)) = credits.pop_last() {
            let site = map.site(work);
            if !todo.contains(&work) {
                if site.parents.is_empty() {
                    continue;
                }
                break;
            }
            let dues: Vec<_> = site.dues(site.ledger.filled(credit)).collect();
            let cost = dues.len() as u64 + 1;
            if batch.budget > 0 && batch.budget + cost > most {
                break;
            }
            if open(&work) {
                batch.from.push(work);
            }
            batch.works.push(work);
            batch.budget += cost;
            for (parent, due) in dues {
                let credit = credits.entry(parent).or_default();
                *credit = credit.saturating_add(due);
            }
        }
        batch
    }

    /// Reads what the transaction changed, and strikes off what it settled.
    fn note(
        &self,
        session: &Session,
        asset: Address,
        map: &mut Map,
        todo: &mut BTreeSet<u64>,
    ) -> Result<()> {
        let parents = self.works.iter().flat_map(|work| &map.site(*work).parents);
        let parents: BTreeSet<_> = parents.map(|parent| parent.work).collect();
        for work in parents.intersection(todo).chain(&self.works) {
            map.reload(session, asset, *work)?;
        }
        let open = |work: &u64| map.site(*work).ledger.is_open();
        todo.retain(|work| !self.works.contains(work) || open(work));
        Ok(())
    }
}

/// Settles these works. One that cannot be settled is a failure of its own.
///
/// # Errors
/// The chain does not take a transaction, or the router fails.
pub(super) fn settle(
    session: &mut Session,
    errand: &Errand,
    map: &mut Map,
    mut todo: BTreeSet<u64>,
    outcome: &mut Outcome,
) -> Result<()> {
    let mut most = LEDGERS_A_TRANSACTION;
    loop {
        let batch = Batch::next(map, &todo, most);
        let Some(greatest) = batch.works.first().copied() else {
            return Ok(());
        };
        let works = batch.from.iter().map(|work| WorkEpoch {
            work: *work,
            epoch: map.site(*work).epoch,
        });
        let call = settleUpCall {
            works: works.collect(),
            asset: errand.asset,
            budget: U256::from(batch.budget),
        };
        let router = session.programs.router;
        let tried = session.attempt("settle", errand.from, router, U256::ZERO, &call)?;
        let reason = match tried {
            Ok((_, sent)) => {
                outcome.sent.push(sent);
                let before = todo.len();
                batch.note(session, errand.asset, map, &mut todo)?;
                let done = before - todo.len();
                outcome.settled += done;
                if done > 0 {
                    most = LEDGERS_A_TRANSACTION;
                    continue;
                }
                "it stays as it is".to_owned()
            }
            // What does not fit in a transaction, or holds a work that fails, is halved down to one work.
            Err(_) if batch.works.len() > 1 => {
                most = batch.budget / 2;
                continue;
            }
            Err(refusal) => refusal.error(),
        };
        outcome.failed(Place::Ledger, greatest, reason);
        todo.remove(&greatest);
        most = LEDGERS_A_TRANSACTION;
    }
}

#[cfg(test)]
mod tests {
    use super::super::map::{Parent, Site};
    use super::*;
    use logic::bps::Bps;
    use logic::ledger::Ledger;

    fn work(parents: &[u64], received: u128) -> Site {
        let parent = |work: &u64| Parent {
            work: *work,
            share: Bps::new(1_000).expect("a share"),
        };
        Site {
            parents: parents.iter().map(parent).collect(),
            ledger: Ledger {
                received,
                settled: 0,
            },
            ..Site::default()
        }
    }

    fn next(map: &Map, todo: &[u64], most: u64) -> (Vec<u64>, Vec<u64>, u64) {
        let batch = Batch::next(map, &todo.iter().copied().collect(), most);
        (batch.from, batch.works, batch.budget)
    }

    #[test]
    fn budget_ends_before_a_work_that_is_not_wanted() {
        // 4 owes 2 and 3, both of which owe 1; 3 is in between and not wanted.
        let map = Map::of(vec![
            work(&[], 0),
            work(&[1], 0),
            work(&[1], 0),
            work(&[2, 3], 1_000),
        ]);
        assert_eq!(next(&map, &[2, 4], 99), (vec![4], vec![4], 3));
        assert_eq!(next(&map, &[2, 3, 4], 99), (vec![4], vec![4, 3, 2], 7));
    }

    #[test]
    fn root_in_between_stops_nothing() {
        let map = Map::of(vec![
            work(&[], 0),
            work(&[1], 50),
            work(&[], 0),
            work(&[2, 3], 1_000),
        ]);
        assert_eq!(next(&map, &[2, 4], 99), (vec![4, 2], vec![4, 2], 5));
    }

    #[test]
    fn batch_stops_where_the_next_work_does_not_fit() {
        let map = Map::of(vec![
            work(&[], 0),
            work(&[1], 900),
            work(&[1], 800),
            work(&[1], 700),
        ]);
        assert_eq!(next(&map, &[2, 3, 4], 5), (vec![4, 3], vec![4, 3], 4));
        assert_eq!(next(&map, &[2, 3, 4], 1), (vec![4], vec![4], 2));
        for nothing in [&[1][..], &[]] {
            assert_eq!(next(&map, nothing, 99), (vec![], vec![], 0));
        }
    }

    #[test]
    fn parents_that_get_nothing_cost_nothing() {
        let map = Map::of(vec![work(&[], 0), work(&[1], 9)]);
        assert_eq!(next(&map, &[2], 99), (vec![2], vec![2], 1));
    }
}

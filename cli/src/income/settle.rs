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
use crate::session::{Attempt, Session};
use alloy_primitives::{Address, U256};
use anyhow::{Result, bail};
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
}

/// The works still to settle.
struct Queue {
    todo: BTreeSet<u64>,
    /// The ledgers that the next transaction may write.
    most: u64,
}

impl Queue {
    fn new(todo: BTreeSet<u64>) -> Self {
        let most = LEDGERS_A_TRANSACTION;
        Self { todo, most }
    }

    fn next(&self, map: &Map) -> Option<Batch> {
        let batch = Batch::next(map, &self.todo, self.most);
        (!batch.works.is_empty()).then_some(batch)
    }

    /// A batch went through: strikes off those of its works that are settled. Returns how many they are.
    fn strike(&mut self, batch: &Batch, map: &Map) -> usize {
        let before = self.todo.len();
        for work in &batch.works {
            if !map.site(*work).ledger.is_open() {
                self.todo.remove(work);
            }
        }
        self.most = LEDGERS_A_TRANSACTION;
        before - self.todo.len()
    }

    /// A batch failed, since it does not fit in a transaction or holds a work that fails: the next is half of it. Returns
    /// the work that is given up, if it was alone.
    fn halve(&mut self, batch: &Batch) -> Option<u64> {
        if let [alone] = batch.works.as_slice() {
            self.todo.remove(alone);
            self.most = LEDGERS_A_TRANSACTION;
            return Some(*alone);
        }
        self.most = batch.budget / 2;
        None
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
    works: BTreeSet<u64>,
    outcome: &mut Outcome,
) -> Result<()> {
    let mut queue = Queue::new(works);
    while let Some(batch) = queue.next(map) {
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
        let gas = Transaction::MAX_GAS;
        let tried = session.attempt("settle", gas, errand.from, router, &call)?;
        match tried {
            Attempt::Done(_, sent) => {
                outcome.sent.push(sent);
                reload(session, errand.asset, map, &batch, &queue.todo)?;
                let settled = queue.strike(&batch, map);
                outcome.settled += settled;
                if settled == 0 {
                    // It would be sent for ever.
                    bail!("the router settled none of the works {:?}", batch.works);
                }
            }
            Attempt::Failed(refusal, sent) => {
                // It was paid for: no part of it is sent again.
                outcome.sent.push(sent.that_failed());
                for work in &batch.works {
                    queue.todo.remove(work);
                    outcome.failed_at_cost(Place::Ledger, *work, &refusal);
                }
            }
            Attempt::Refused(refusal) => {
                if let Some(work) = queue.halve(&batch) {
                    outcome.refused(Place::Ledger, work, &refusal);
                }
            }
        }
    }
    Ok(())
}

/// Reads the ledgers that a batch changed, as far as they matter.
fn reload(
    session: &Session,
    asset: Address,
    map: &mut Map,
    batch: &Batch,
    todo: &BTreeSet<u64>,
) -> Result<()> {
    let parents = batch.works.iter().flat_map(|work| &map.site(*work).parents);
    let parents: BTreeSet<_> = parents.map(|parent| parent.work).collect();
    for work in parents.intersection(todo).chain(&batch.works) {
        map.reload(session, asset, *work)?;
    }
    Ok(())
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
    /// Settles one by one what the transactions would, which fail above a size or with a certain work; returns the works
    /// of each that went through, and those given up.
    fn drive(works: u64, largest: u64, bad: u64) -> (Vec<usize>, Vec<u64>) {
        let mut sites = vec![work(&[], 0)];
        sites.extend((1..works).map(|_| work(&[1], 100)));
        let mut queue = Queue::new((2..=works).collect());
        let (mut sizes, mut given_up) = (Vec::new(), Vec::new());
        let mut failures = 0;
        while let Some(batch) = queue.next(&Map::of(sites.clone())) {
            if batch.budget > largest || batch.works.contains(&bad) {
                given_up.extend(queue.halve(&batch));
                failures += 1;
                continue;
            }
            for settled in &batch.works {
                let ledger = &mut sites[*settled as usize - 1].ledger;
                ledger.settled = ledger.received;
            }
            sizes.push(queue.strike(&batch, &Map::of(sites.clone())));
        }
        // Six halvings lead from forty works to one.
        let batches = sizes.len() + given_up.len();
        assert!(
            failures <= 7 * batches,
            "{failures} failures for {batches} batches"
        );
        (sizes, given_up)
    }

    #[test]
    fn what_does_not_fit_is_halved_until_it_does() {
        let (sizes, given_up) = drive(41, 20, 0);
        assert_eq!((sizes.iter().sum::<usize>(), given_up), (40, vec![]));
        assert!(
            sizes.iter().all(|size| (1..=10).contains(size)),
            "{sizes:?}"
        );
    }

    #[test]
    fn work_that_cannot_be_settled_alone_is_given_up_and_the_others_go_on() {
        for bad in [2, 17, 41] {
            let (sizes, given_up) = drive(41, 1_000, bad);
            assert_eq!((sizes.iter().sum::<usize>(), given_up), (39, vec![bad]));
        }
        assert_eq!(drive(41, 1, 0).1.len(), 40);
    }
}

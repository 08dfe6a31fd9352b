//! The way from a work up to an account.

use super::super::map::{Map, Reach};
use super::super::worth::{Brings, SETTLE_GAS, above};
use alloy_primitives::U256;
use logic::due::parent_share;
use logic::ledger::Ledger;
use std::collections::{BTreeMap, BTreeSet};

/// How often a way is looked at anew after branches were cut from it, or a better one is looked for.
const LOOKS: usize = 16;

/// The works to settle so that what a ledger has to pass on reaches an account.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub(super) works: BTreeSet<u64>,
    /// What of it does, and the gas of settling those of the works that are not settled anyway.
    pub(super) brings: Brings,
}

/// Where a way begins.
#[derive(Clone, Copy)]
pub(super) struct Start<'a> {
    pub(super) map: &'a Map,
    pub(super) reach: &'a Reach,
    pub(super) work: u64,
    pub(super) ledger: Ledger,
    /// Works that are settled anyway.
    pub(super) settled: &'a BTreeSet<u64>,
}

impl Start<'_> {
    /// The way with those branches that are worthwhile.
    ///
    /// Income divides at every work, and anyone may have put a long ladder into one of the branches. A branch is followed where
    /// all that comes of it is worth the gas of all that it takes. Once one is cut, those that it fed bring less, and are looked
    /// at again.
    pub(super) fn route(&self, worthwhile: &dyn Fn(Brings) -> bool) -> Route {
        let mut cut = BTreeSet::new();
        for _ in 0..LOOKS {
            let (route, unworthy) = self.look(&|work| !cut.contains(&work), worthwhile);
            if unworthy.is_empty() {
                return route;
            }
            cut.extend(unworthy);
        }
        // Somebody took pains to make it so: one path, then, which nobody's branches beside it can make dear.
        let path = self.path();
        self.look(&|work| path.contains(&work), &|_| true).0
    }

    /// The path that brings most for its gas, where of all that feed a work the one counts that does so best.
    fn path(&self) -> BTreeSet<u64> {
        let gas_of = |work: u64| match self.settled.contains(&work) {
            true => 0,
            false => self.map.site(work).gas(),
        };
        // What comes to a work, with the gas of the path to it and of its own settling, and the work before it.
        let mut reached: BTreeMap<u64, (u128, u64, u64)> = BTreeMap::new();
        reached.insert(self.work, (0, gas_of(self.work), self.work));
        let mut todo = BTreeSet::from([self.work]);
        let mut best = (self.work, (U256::ZERO, 1));
        while let Some(work) = todo.pop_last() {
            let (amount, gas, _) = reached[&work];
            let mut kept = U256::ZERO;
            for (parent, due) in self.dues(work, amount) {
                kept += self.reach.of(parent).of_kept(due);
                if self.reach.of(parent).passed == 0 {
                    continue;
                }
                let gas = gas + gas_of(parent);
                let is_better = reached.get(&parent).is_none_or(|(other, other_gas, _)| {
                    let brings = (U256::from(due), gas);
                    above(1, brings, (U256::from(*other), *other_gas))
                });
                if is_better {
                    reached.insert(parent, (due, gas, work));
                }
                todo.insert(parent);
            }
            if above(1, (kept, gas), best.1) {
                best = (work, (kept, gas));
            }
        }
        let mut path = BTreeSet::from([best.0]);
        let mut work = best.0;
        while work != self.work {
            work = reached[&work].2;
            path.insert(work);
        }
        path
    }

    /// What a work passes on to its parents of what it is credited; where the way begins, of what its ledger has.
    fn dues(&self, work: u64, amount: u128) -> Vec<(u64, u128)> {
        if work == self.work {
            return self.map.site(work).dues(self.ledger).collect();
        }
        let shares = self.map.site(work).parents.iter();
        let dues = shares.map(|parent| (parent.work, parent_share(amount, parent.share)));
        dues.filter(|(_, due)| *due > 0).collect()
    }

    /// The way that brings most for its gas, with what its beginning and its end take beside.
    pub(super) fn best(&self, kept: U256, beside: u64) -> Brings {
        let mut best = (U256::ZERO, 1);
        for _ in 0..LOOKS {
            let (amount, gas) = self.route(&|tail| !above(1, best, tail)).brings;
            let brings = (amount + kept, gas + beside);
            if !above(1, brings, best) {
                break;
            }
            best = brings;
        }
        best
    }

    /// The way by those works that are followed, and the works at which more is to be cut.
    fn look(
        &self,
        follows: &dyn Fn(u64) -> bool,
        worthwhile: &dyn Fn(Brings) -> bool,
    ) -> (Route, BTreeSet<u64>) {
        // Down the ids, which is up the graph: what each work is credited.
        let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
        let credit = |credits: &mut BTreeMap<u64, u128>, work, due| {
            let credit: &mut u128 = credits.entry(work).or_default();
            *credit = credit.saturating_add(due);
        };
        let mut passed = Vec::new();
        let mut todo = BTreeSet::from([self.work]);
        while let Some(work) = todo.pop_last() {
            let dues = self.dues(work, credits.get(&work).copied().unwrap_or(0));
            for (parent, due) in &dues {
                credit(&mut credits, *parent, *due);
                if self.reach.of(*parent).passed > 0 && follows(*parent) {
                    todo.insert(*parent);
                }
            }
            passed.push((work, dues));
        }
        // And back: what comes of each, and what it takes.
        let mut tails: BTreeMap<u64, Brings> = BTreeMap::new();
        let mut unworthy = BTreeSet::new();
        let last = passed.last().map_or(self.work, |(work, _)| *work);
        let mut gas_of: BTreeMap<u64, u64> = BTreeMap::new();
        for (work, dues) in passed.into_iter().rev() {
            let free = self.settled.contains(&work);
            // A transaction ends where another work comes between that has something to pass on.
            let ends = dues.iter().any(|(parent, _)| {
                *parent > last
                    && !self.map.site(*parent).parents.is_empty()
                    && !tails.contains_key(parent)
                    && !self.settled.contains(parent)
            });
            let gas = match (free, ends) {
                (true, _) => 0,
                (false, false) => self.map.site(work).gas(),
                (false, true) => self.map.site(work).gas() + SETTLE_GAS,
            };
            gas_of.insert(work, gas);
            let mut tail = (U256::ZERO, gas);
            for (parent, due) in dues {
                tail.0 += self.reach.of(parent).of_kept(due);
                if let Some((amount, gas)) = tails.get(&parent) {
                    // Of what several feed, each has its part.
                    let part = |whole: U256| {
                        whole.saturating_mul(U256::from(due)) / U256::from(credits[&parent])
                    };
                    tail.0 += part(*amount);
                    tail.1 += part(U256::from(*gas)).saturating_to::<u64>();
                }
            }
            if work == self.work || free || worthwhile(tail) {
                tails.insert(work, tail);
            } else {
                unworthy.insert(work);
            }
        }
        let works: BTreeSet<_> = tails.keys().copied().collect();
        let gas = works.iter().map(|work| gas_of[work]).sum();
        let amount = tails[&self.work].0;
        let brings = (amount, gas);
        (Route { works, brings }, unworthy)
    }
}

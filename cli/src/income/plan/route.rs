//! The way from works up to an account.

use super::super::map::{Map, Reach};
use super::super::worth::{Brings, POSITION_GAS, SETTLE_GAS, above};
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
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Start {
    /// What the work has received and passed on, with what is swept for it.
    pub(super) ledger: Ledger,
    /// What the account gets as a payee of the work itself, and the gas of having that there.
    pub(super) kept: Brings,
}

/// Where ways begin, by the work.
pub(super) type Starts = BTreeMap<u64, Start>;

/// What ways lead through.
#[derive(Clone, Copy)]
pub(super) struct Graph<'a> {
    pub(super) map: &'a Map,
    pub(super) reach: &'a Reach,
    /// Works that are settled anyway.
    pub(super) settled: &'a BTreeSet<u64>,
}

impl Graph<'_> {
    /// The way with those branches that are worthwhile.
    ///
    /// Income divides at every work, and anyone may have put a long ladder into one of the branches. A branch is followed where
    /// all that comes of it is worth the gas of all that it takes. Once one is cut, those that it fed bring less, and are looked
    /// at again.
    pub(super) fn route(
        &self,
        work: u64,
        start: Start,
        worthwhile: &dyn Fn(Brings) -> bool,
    ) -> Route {
        let starts = Starts::from([(work, start)]);
        // Whether the whole is worth it is not asked here.
        let worthwhile = |at: u64, tail: Brings| at == work || worthwhile(tail);
        let mut cut = BTreeSet::new();
        for _ in 0..LOOKS {
            let (route, unworthy) = self.look(&starts, &|work| !cut.contains(&work), &worthwhile);
            if unworthy.is_empty() {
                return route;
            }
            cut.extend(unworthy);
        }
        // Somebody took pains to make it so: one path, then, which nobody's branches beside it can make dear.
        let path = self.path(work, &starts);
        self.look(&starts, &|work| path.contains(&work), &|_, _| true)
            .0
    }

    /// The way of those works, of many, that are worth their gas and their part of what they share. Each look cuts something, so that
    /// it ends.
    pub(super) fn together(&self, starts: &Starts, worthwhile: &dyn Fn(Brings) -> bool) -> Route {
        let mut cut = BTreeSet::new();
        loop {
            let follows = |work| !cut.contains(&work);
            let (route, unworthy) = self.look(starts, &follows, &|_, tail| worthwhile(tail));
            if unworthy.is_empty() {
                return route;
            }
            cut.extend(unworthy);
        }
    }

    /// The path that brings most for its gas, where of all that feed a work the one counts that does so best.
    fn path(&self, from: u64, starts: &Starts) -> BTreeSet<u64> {
        let gas_of = |work: u64| match self.settled.contains(&work) {
            true => 0,
            false => self.map.site(work).gas(),
        };
        // What comes to a work, with the gas of the path to it and of its own settling, and the work before it.
        let mut reached: BTreeMap<u64, (u128, u64, u64)> = BTreeMap::new();
        reached.insert(from, (0, gas_of(from), from));
        let mut todo = BTreeSet::from([from]);
        let mut best = (from, (U256::ZERO, 1));
        while let Some(work) = todo.pop_last() {
            let (amount, gas, _) = reached[&work];
            let mut kept = U256::ZERO;
            for (parent, due) in self.dues(starts, work, amount) {
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
        while work != from {
            work = reached[&work].2;
            path.insert(work);
        }
        path
    }

    /// What a work passes on to its parents of what it is credited, and of what its ledger has where a way begins.
    fn dues(&self, starts: &Starts, work: u64, amount: u128) -> Vec<(u64, u128)> {
        let site = self.map.site(work);
        if let Some(start) = starts.get(&work) {
            return site.dues(start.ledger.filled(amount)).collect();
        }
        let shares = site.parents.iter();
        let dues = shares.map(|parent| (parent.work, parent_share(amount, parent.share)));
        dues.filter(|(_, due)| *due > 0).collect()
    }

    /// The way that brings most for its gas, with that of the transaction.
    pub(super) fn best(&self, work: u64, start: Start) -> Brings {
        let mut best = (U256::ZERO, 1);
        for _ in 0..LOOKS {
            let worthwhile = |tail| !above(1, best, tail);
            let (amount, gas) = self.route(work, start, &worthwhile).brings;
            let brings = (amount, gas + SETTLE_GAS);
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
        starts: &Starts,
        follows: &dyn Fn(u64) -> bool,
        worthwhile: &dyn Fn(u64, Brings) -> bool,
    ) -> (Route, BTreeSet<u64>) {
        // Down the ids, which is up the graph: what each work has to divide, its own and what it is credited.
        let own = |work: u64| {
            let start = starts.get(&work).copied().unwrap_or_default();
            start.ledger.received - start.ledger.settled
        };
        let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
        let mut passed = Vec::new();
        let mut todo: BTreeSet<_> = starts.keys().copied().filter(|at| follows(*at)).collect();
        while let Some(work) = todo.pop_last() {
            let dues = self.dues(starts, work, credits.get(&work).copied().unwrap_or(0));
            for (parent, due) in &dues {
                let credit = credits.entry(*parent).or_default();
                *credit = credit.saturating_add(*due);
                if self.reach.of(*parent).passed > 0 && follows(*parent) {
                    todo.insert(*parent);
                }
            }
            passed.push((work, dues));
        }
        // And back: what comes of each, and what it takes.
        let mut tails: BTreeMap<u64, Brings> = BTreeMap::new();
        let mut unworthy = BTreeSet::new();
        let mut beside: BTreeMap<u64, u64> = BTreeMap::new();
        let last = passed.last().map_or(0, |(work, _)| *work);
        let mut whole = (U256::ZERO, 0);
        for (work, dues) in passed.into_iter().rev() {
            let free = self.settled.contains(&work);
            let own_kept = starts.get(&work).map(|start| start.kept);
            let own_kept = own_kept.unwrap_or_default();
            let gas = own_kept.1 + if free { 0 } else { self.map.site(work).gas() };
            let kept = dues.iter();
            let kept = kept.map(|(parent, due)| self.reach.of(*parent).of_kept(*due));
            let kept = own_kept.0 + kept.sum::<U256>();
            let mut tail = (kept, gas);
            let mut at_parents = Vec::new();
            for (parent, due) in dues {
                let shared = tails.get(&parent).copied().unwrap_or_default();
                let more = self.beside(parent, last, &tails);
                at_parents.push((parent, more));
                // Of what several feed, each has its part.
                let fed = credits[&parent].saturating_add(own(parent)).max(1);
                let part =
                    |whole: U256, of: u128| whole.saturating_mul(U256::from(due)) / U256::from(of);
                tail.0 += part(shared.0, fed);
                tail.1 += part(U256::from(shared.1), fed).saturating_to::<u64>();
                let of_credits = credits[&parent].max(1);
                tail.1 += part(U256::from(more), of_credits).saturating_to::<u64>();
            }
            if free || worthwhile(work, tail) {
                tails.insert(work, tail);
                whole.0 += kept;
                whole.1 += gas;
                beside.extend(at_parents);
            } else {
                unworthy.insert(work);
            }
        }
        whole.1 += beside.values().sum::<u64>();
        let works = tails.into_keys().collect();
        let route = Route {
            works,
            brings: whole,
        };
        (route, unworthy)
    }

    /// Gas that crediting a parent takes beside its ledger: that of the claim, where the account is its payee, and that of another
    /// transaction, where it has something to pass on and is not settled, since a transaction ends at it.
    fn beside(&self, parent: u64, last: u64, tails: &BTreeMap<u64, Brings>) -> u64 {
        let claim = match self.reach.of(parent).kept {
            0 => 0,
            _ => POSITION_GAS,
        };
        let is_between = parent > last
            && !self.map.site(parent).parents.is_empty()
            && !tails.contains_key(&parent)
            && !self.settled.contains(&parent);
        claim + if is_between { SETTLE_GAS } else { 0 }
    }
}

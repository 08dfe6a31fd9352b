//! Which inboxes to sweep and which works to settle.

#[cfg(test)]
mod oracle;
mod route;
#[cfg(test)]
mod tests;

use super::map::{Map, Reach};
use super::outcome::{Place, Skipped};
use super::worth::{Brings, POSITION_GAS, SETTLE_GAS, SWEEP_GAS, Worth, above};
use alloy_primitives::U256;
use logic::ledger::Ledger;
use route::{Graph, Route, Starts};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be done, and what is left.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Inboxes to sweep, each with what that brings.
    pub(super) sweeps: BTreeMap<u64, Brings>,
    /// Works to settle.
    pub(super) settles: BTreeSet<u64>,
    /// What is left, and why.
    pub(super) skipped: Vec<Skipped>,
}

/// Income that has to move before an account gets it.
#[derive(Clone, Copy, Debug)]
struct Source {
    place: Place,
    work: u64,
    /// No more than this reaches the account, and for no less gas.
    bound: Brings,
}

impl Source {
    /// Gas of moving it where all else moves anyway.
    fn least_gas(&self, map: &Map) -> u64 {
        match self.place {
            Place::Inbox => SWEEP_GAS,
            _ => map.site(self.work).gas(),
        }
    }
}

/// Compares by what a sum brings for its gas, the greatest first.
fn greatest_first(one: Brings, other: Brings) -> Ordering {
    above(1, other, one).cmp(&above(1, one, other))
}

/// As much as a ledger can hold.
fn clamped(amount: U256) -> u128 {
    u128::try_from(amount).unwrap_or(u128::MAX)
}

/// What an inbox gives, as far as its ledger can take it.
fn held(map: &Map, work: u64) -> u128 {
    clamped(map.held(work))
}

/// Shares are rounded down, of lifetime totals: the parents of a work may get this much more than their part of what is new.
const ROUNDING: u64 = 32;

/// Gas that the end of a way takes: the transaction that settles, and a position to claim.
const ENDS_GAS: u64 = SETTLE_GAS + POSITION_GAS;

impl Plan {
    /// What these works hold, and have to pass on to their parents, where it is worth the gas. What lies further up the graph
    /// may be a stranger's ladder, and nobody named it.
    pub(super) fn for_works(map: &Map, named: &BTreeSet<u64>, mut worth: Worth) -> Self {
        let settling = |work: u64| SETTLE_GAS + map.site(work).gas();
        let passed_on = |work: u64, ledger: Ledger| -> U256 {
            let dues = map.site(work).dues(ledger);
            dues.map(|(_, due)| U256::from(due)).sum()
        };
        for work in named.iter().copied() {
            worth.compare((U256::from(held(map, work)), SWEEP_GAS));
            let passed = passed_on(work, map.site(work).ledger);
            worth.compare((passed, settling(work)));
        }
        let mut plan = Self::default();
        let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
        let mut whole = (U256::ZERO, SETTLE_GAS);
        let mut passing = Vec::new();
        // Children before their parents, so that all that a work is credited is known when it is looked at.
        for work in named.iter().rev().copied() {
            let in_inbox = (U256::from(held(map, work)), SWEEP_GAS);
            if worth.covers(in_inbox) {
                plan.sweeps.insert(work, in_inbox);
            } else {
                plan.skip(Place::Inbox, work, in_inbox.0, &worth);
            }
            let credit = credits.remove(&work).unwrap_or(0);
            let ledger = plan.ledger(map, work).filled(credit);
            let passed = passed_on(work, ledger);
            // A transaction ends where a work comes between that is not named.
            let ends = map.site(work).dues(ledger).any(|(parent, _)| {
                Some(&parent) > named.first()
                    && !named.contains(&parent)
                    && !map.site(parent).parents.is_empty()
            });
            let gas = map.site(work).gas() + if ends { SETTLE_GAS } else { 0 };
            if worth.covers((passed, gas)) {
                whole.0 += passed;
                whole.1 += gas;
                passing.push((work, passed));
                for (parent, due) in map.site(work).dues(ledger) {
                    let credit = credits.entry(parent).or_default();
                    *credit = credit.saturating_add(due);
                }
            } else {
                plan.skip(Place::Ledger, work, passed, &worth);
            }
        }
        // Each is worth its own gas. If all of them are not worth the transaction, no part of them is.
        for (work, passed) in passing {
            if worth.covers(whole) {
                plan.settles.insert(work);
            } else {
                plan.skip(Place::Ledger, work, passed, &worth);
            }
        }
        plan
    }

    /// What reaches an account and is worth its gas to it. `worth` knows of what the account has already, and of what was swept
    /// into the ledgers of the works in `swept`.
    pub(super) fn for_account(
        map: &Map,
        reach: &Reach,
        mut worth: Worth,
        swept: &BTreeSet<u64>,
    ) -> Self {
        let mut sources = Self::sources(map, reach);
        if worth.compares() {
            let mut waiting = sources.clone();
            waiting.retain(|source| !swept.contains(&source.work));
            waiting.sort_by(|one, other| greatest_first(one.bound, other.bound));
            for source in waiting {
                // None of the rest can be better.
                if !worth.would_be_best(source.bound) {
                    break;
                }
                let mut with = worth;
                with.compare(Self::best(map, reach, &source));
                // What does not move by its own measure is no measure.
                if Self::default().moves(map, reach, &with, &source) {
                    worth = with;
                }
            }
        }
        let mut plan = Self::default();
        // What the account gets as a payee of the work needs a sweep alone.
        for source in &sources {
            let kept = reach.of(source.work).of_kept(held(map, source.work));
            let brings = (kept, SWEEP_GAS + POSITION_GAS);
            if source.place == Place::Inbox && worth.covers(brings) {
                plan.sweeps.insert(source.work, brings);
            }
        }
        sources.retain(|source| {
            source.place == Place::Ledger || !plan.sweeps.contains_key(&source.work)
        });
        let (sources, dust): (Vec<_>, Vec<_>) = sources
            .into_iter()
            .partition(|source| worth.covers((source.bound.0, source.least_gas(map))));
        let mut ways: Vec<_> = sources
            .into_iter()
            .map(|source| (source, plan.way(map, reach, &worth, &source).brings))
            .collect();
        ways.sort_by(|(_, one), (_, other)| greatest_first(*one, *other));
        let mut left = Vec::new();
        for (source, _) in ways {
            if !plan.consider(map, reach, &worth, &source) {
                left.push(source);
            }
        }
        plan.consider_together(map, reach, &worth, &left);
        for source in left.into_iter().chain(dust) {
            plan.leave(map, reach, &worth, &source);
        }
        plan
    }

    /// All inboxes and ledgers from which something can reach the account.
    fn sources(map: &Map, reach: &Reach) -> Vec<Source> {
        let mut sources = Vec::new();
        for work in map.works().filter(|work| reach.of(*work).reaches()) {
            let (part, site, held) = (reach.of(work), map.site(work), held(map, work));
            let rounding = U256::from(ROUNDING);
            if held > 0 {
                let bound = (part.of_all(held) + rounding, SWEEP_GAS + POSITION_GAS);
                sources.push(Source {
                    place: Place::Inbox,
                    work,
                    bound,
                });
            }
            let open = site.ledger.filled(held);
            if part.passed > 0 && open.is_open() {
                let open = open.received - open.settled;
                let gas = ENDS_GAS + reach.least_gas(work);
                let bound = (part.of_passed(open) + rounding, gas);
                sources.push(Source {
                    place: Place::Ledger,
                    work,
                    bound,
                });
            }
        }
        sources
    }

    /// What a source brings at best for its gas.
    fn best(map: &Map, reach: &Reach, source: &Source) -> Brings {
        let work = source.work;
        let settled = &BTreeSet::new();
        let graph = Graph {
            map,
            reach,
            settled,
        };
        let ledger = map.site(work).ledger;
        match source.place {
            Place::Ledger | Place::Payee => graph.best(work, ledger, U256::ZERO, ENDS_GAS),
            Place::Inbox => {
                let kept = reach.of(work).of_kept(held(map, work));
                let alone = (kept, SWEEP_GAS + POSITION_GAS);
                let ledger = ledger.filled(held(map, work));
                let whole = graph.best(work, ledger, kept, SWEEP_GAS + ENDS_GAS);
                if above(1, whole, alone) { whole } else { alone }
            }
        }
    }

    /// The way from a work's inbox or ledger up to the account, as far as it is not settled anyway, and with all that it takes.
    fn way(&self, map: &Map, reach: &Reach, worth: &Worth, source: &Source) -> Route {
        let work = source.work;
        let mut ledger = self.ledger(map, work);
        let (mut amount, mut gas) = (U256::ZERO, ENDS_GAS);
        if source.place == Place::Inbox {
            ledger = ledger.filled(held(map, work));
            amount = reach.of(work).of_kept(held(map, work));
            gas += SWEEP_GAS;
        }
        let mut route = self
            .graph(map, reach)
            .route(work, ledger, &|tail| worth.covers(tail));
        route.brings.0 += amount;
        route.brings.1 += gas;
        route
    }

    const fn graph<'a>(&'a self, map: &'a Map, reach: &'a Reach) -> Graph<'a> {
        let settled = &self.settles;
        Graph {
            map,
            reach,
            settled,
        }
    }

    /// Takes the ways of ledgers that are worth it together, though none is by itself: a transaction is one for all of them, and so is
    /// what their ways share.
    fn consider_together(&mut self, map: &Map, reach: &Reach, worth: &Worth, left: &[Source]) {
        let left = left
            .iter()
            .filter(|source| source.place == Place::Ledger && !self.settles.contains(&source.work));
        let starts: Starts = left
            .map(|source| (source.work, self.ledger(map, source.work)))
            .collect();
        let graph = self.graph(map, reach);
        let route = graph.together(starts, &|tail| worth.covers(tail));
        let (amount, gas) = route.brings;
        if worth.covers((amount, gas + ENDS_GAS)) {
            self.settles.extend(route.works);
        }
    }

    /// Whether a source moves, by itself.
    fn moves(&self, map: &Map, reach: &Reach, worth: &Worth, source: &Source) -> bool {
        let kept = reach.of(source.work).of_kept(held(map, source.work));
        let by_sweep =
            source.place == Place::Inbox && worth.covers((kept, SWEEP_GAS + POSITION_GAS));
        by_sweep
            || (self.is_enough(map, reach, worth, source)
                && worth.covers(self.way(map, reach, worth, source).brings))
    }

    /// Whether there is something to take a way for.
    fn is_enough(&self, map: &Map, reach: &Reach, worth: &Worth, source: &Source) -> bool {
        let in_inbox = reach.of(source.work).of_all(held(map, source.work));
        match source.place {
            // Dust in an inbox does not ride on what its ledger has.
            Place::Inbox => worth.covers((in_inbox, SWEEP_GAS)),
            _ => !self.settles.contains(&source.work),
        }
    }

    /// Takes the way from a work's inbox or ledger up to the account, if that is worth the gas of what is not taken yet. Returns
    /// whether it is.
    fn consider(&mut self, map: &Map, reach: &Reach, worth: &Worth, source: &Source) -> bool {
        let way = self.way(map, reach, worth, source);
        if !self.is_enough(map, reach, worth, source) || !worth.covers(way.brings) {
            return false;
        }
        self.settles.extend(way.works);
        if source.place == Place::Inbox {
            self.sweeps.insert(source.work, way.brings);
        }
        true
    }

    /// Leaves what lies there, unless it moves with other income.
    fn leave(&mut self, map: &Map, reach: &Reach, worth: &Worth, source: &Source) {
        let Source { place, work, .. } = *source;
        let part = reach.of(work);
        if place == Place::Inbox {
            self.skip(place, work, part.of_all(held(map, work)), worth);
        } else if !self.settles.contains(&work) {
            let ledger = self.ledger(map, work);
            let open = ledger.received - ledger.settled;
            self.skip(place, work, part.of_passed(open), worth);
        }
    }

    /// The ledger of a work once its inbox is swept, if it is to be.
    fn ledger(&self, map: &Map, work: u64) -> Ledger {
        let ledger = map.site(work).ledger;
        match self.sweeps.contains_key(&work) {
            true => ledger.filled(held(map, work)),
            false => ledger,
        }
    }

    fn skip(&mut self, place: Place, work: u64, amount: U256, worth: &Worth) {
        if !amount.is_zero() {
            self.skipped.push(Skipped {
                place,
                work,
                amount,
                why: worth.why(),
            });
        }
    }
}

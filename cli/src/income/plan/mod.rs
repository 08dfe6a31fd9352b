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
use route::{Graph, Route, Start, Starts};
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

fn total(dues: &[(u64, u128)]) -> U256 {
    dues.iter().map(|(_, due)| U256::from(*due)).sum()
}

/// Those of the works that are not worth their transaction with all that are settled in it. A transaction ends where another work
/// comes between that is credited and has something to pass on.
fn unworthy(map: &Map, passing: &BTreeMap<u64, Vec<(u64, u128)>>, worth: &Worth) -> Vec<u64> {
    let credited = passing.values().flatten().map(|(parent, _)| *parent);
    let ends: BTreeSet<_> = credited
        .filter(|parent| !passing.contains_key(parent) && !map.site(*parent).parents.is_empty())
        .collect();
    let mut transactions: BTreeMap<Option<u64>, (U256, u64, Vec<u64>)> = BTreeMap::new();
    for (work, dues) in passing {
        let end = ends.range(..work).next_back().copied();
        let (passed, gas, works) = transactions.entry(end).or_default();
        *passed += total(dues);
        *gas += map.site(*work).gas();
        works.push(*work);
    }
    let unworthy = transactions
        .into_values()
        .filter(|(passed, gas, _)| !worth.covers((*passed, gas + SETTLE_GAS)));
    unworthy.flat_map(|(_, _, works)| works).collect()
}

/// Shares are rounded down, of lifetime totals: the parents of a work may get this much more than their part of what is new.
const ROUNDING: u64 = 32;

/// Gas that the end of a way takes at least: the transaction that settles, and a position to claim.
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
        for work in named.iter().copied() {
            let in_inbox = (U256::from(held(map, work)), SWEEP_GAS);
            if worth.covers(in_inbox) {
                plan.sweeps.insert(work, in_inbox);
            } else {
                plan.skip(Place::Inbox, work, in_inbox.0, &worth);
            }
        }
        // Those that are not worth their transaction are left out, until the rest are.
        let mut left_out = BTreeSet::new();
        loop {
            let passing = plan.passing(map, named, &left_out, &worth);
            let unworthy = unworthy(map, &passing, &worth);
            if unworthy.is_empty() {
                plan.settles = passing.into_keys().collect();
                break;
            }
            left_out.extend(unworthy);
        }
        for work in named.difference(&plan.settles.clone()) {
            let passed = passed_on(*work, plan.ledger(map, *work));
            plan.skip(Place::Ledger, *work, passed, &worth);
        }
        plan
    }

    /// What each named work passes on to whom, where that is worth the ledgers that it writes.
    fn passing(
        &self,
        map: &Map,
        named: &BTreeSet<u64>,
        left_out: &BTreeSet<u64>,
        worth: &Worth,
    ) -> BTreeMap<u64, Vec<(u64, u128)>> {
        let mut passing = BTreeMap::new();
        let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
        // Children before their parents, so that all that a work is credited is known when it is looked at.
        let wanted = named.iter().rev().copied();
        for work in wanted.filter(|work| !left_out.contains(work)) {
            let credit = credits.remove(&work).unwrap_or(0);
            let ledger = self.ledger(map, work).filled(credit);
            let dues: Vec<_> = map.site(work).dues(ledger).collect();
            if worth.covers((total(&dues), map.site(work).gas())) {
                for (parent, due) in &dues {
                    let credit = credits.entry(*parent).or_default();
                    *credit = credit.saturating_add(*due);
                }
                passing.insert(work, dues);
            }
        }
        passing
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
        // All at once first: what one source brings by a work may be what makes another's way through it worth it.
        plan.consider_together(map, reach, &worth, &sources);
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
        let start = Self::default().start(map, reach, source);
        let whole = graph.best(work, start);
        match above(1, start.kept, whole) {
            true => start.kept,
            false => whole,
        }
    }

    /// Where the way from a source begins.
    fn start(&self, map: &Map, reach: &Reach, source: &Source) -> Start {
        let work = source.work;
        let ledger = self.ledger(map, work);
        if source.place != Place::Inbox {
            let kept = (U256::ZERO, 0);
            return Start { ledger, kept };
        }
        let held = held(map, work);
        let kept = reach.of(work).of_kept(held);
        let claim = if kept.is_zero() { 0 } else { POSITION_GAS };
        Start {
            ledger: ledger.filled(held),
            kept: (kept, SWEEP_GAS + claim),
        }
    }

    /// The way from a work's inbox or ledger up to the account, as far as it is not settled anyway, and with all that it takes.
    fn way(&self, map: &Map, reach: &Reach, worth: &Worth, source: &Source) -> Route {
        let start = self.start(map, reach, source);
        let graph = self.graph(map, reach);
        let mut route = graph.route(source.work, start, &|tail| worth.covers(tail));
        route.brings.1 += SETTLE_GAS;
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

    /// Takes the ways that are worth it together, though perhaps none is by itself: a transaction is one for all of them, and so is
    /// what their ways share.
    fn consider_together(&mut self, map: &Map, reach: &Reach, worth: &Worth, sources: &[Source]) {
        let left = sources
            .iter()
            .filter(|source| self.is_enough(map, reach, worth, source));
        // Of a work of which both are left, the inbox gives what its ledger has too.
        let (ledgers, inboxes): (Vec<_>, Vec<_>) =
            left.partition(|source| source.place == Place::Ledger);
        let starts: Starts = (ledgers.iter().chain(&inboxes))
            .map(|source: &&Source| (source.work, self.start(map, reach, source)))
            .collect();
        let graph = self.graph(map, reach);
        let route = graph.together(&starts, &|tail| worth.covers(tail));
        let (amount, gas) = route.brings;
        if !worth.covers((amount, gas + SETTLE_GAS)) {
            return;
        }
        for source in inboxes {
            if route.works.contains(&source.work) {
                let brings = reach.of(source.work).of_all(held(map, source.work));
                self.sweeps
                    .insert(source.work, (brings, source.least_gas(map)));
            }
        }
        self.settles.extend(route.works);
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
            Place::Inbox => {
                !self.sweeps.contains_key(&source.work) && worth.covers((in_inbox, SWEEP_GAS))
            }
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
            if !self.sweeps.contains_key(&work) {
                self.skip(place, work, part.of_all(held(map, work)), worth);
            }
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

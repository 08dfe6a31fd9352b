//! Which inboxes to sweep and which works to settle.

mod route;
#[cfg(test)]
mod tests;

use super::map::{Map, Reach};
use super::outcome::{Place, Skipped};
use super::worth::{LATER_CLAIM_GAS, POSITION_GAS, SWEEP_GAS, Worth, above};
use alloy_primitives::U256;
use logic::ledger::Ledger;
use route::Route;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be done, and what is left.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Inboxes to sweep.
    pub(super) sweeps: BTreeSet<u64>,
    /// Works to settle.
    pub(super) settles: BTreeSet<u64>,
    /// What is left, and why.
    pub(super) skipped: Vec<Skipped>,
    /// Gas to spare that is set aside for claiming what small sums bring.
    pub(super) for_claims: u64,
}

/// Income that has to move before an account gets it.
#[derive(Clone, Copy, Debug)]
struct Source {
    place: Place,
    work: u64,
    /// What of it reaches the account, and the gas of getting it there if nothing else moves.
    brings: (U256, u64),
}

/// Compares by what a sum brings for its gas.
fn by_ratio(one: (U256, u64), other: (U256, u64)) -> Ordering {
    above(1, one, other).cmp(&above(1, other, one))
}

/// As much as a ledger can hold.
fn clamped(amount: U256) -> u128 {
    u128::try_from(amount).unwrap_or(u128::MAX)
}

/// What an inbox holds, as far as its ledger can take it.
fn held(map: &Map, work: u64) -> u128 {
    clamped(map.held(work))
}

impl Plan {
    /// What these works hold and have to pass on to their parents, whatever it is. What lies further up the graph may be a
    /// stranger's ladder, and nobody named it.
    pub(super) fn for_works(map: &Map, named: &BTreeSet<u64>, worth: &Worth) -> Self {
        let mut plan = Self::default();
        let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
        // Children before their parents, so that all that a work is credited is known when it is looked at.
        for work in named.iter().rev().copied() {
            let site = map.site(work);
            if worth.asked_for(site.held) {
                plan.sweeps.insert(work);
            } else {
                plan.skip(Place::Inbox, work, site.held, worth);
            }
            let credit = credits.remove(&work).unwrap_or(0);
            let ledger = plan.ledger(map, work).filled(credit);
            let amount = site.dues(ledger).map(|(_, due)| U256::from(due)).sum();
            if worth.asked_for(amount) {
                plan.settles.insert(work);
                for (parent, due) in site.dues(ledger) {
                    let credit = credits.entry(parent).or_default();
                    *credit = credit.saturating_add(due);
                }
            } else {
                plan.skip(Place::Ledger, work, amount, worth);
            }
        }
        plan
    }

    /// What reaches an account and is worth its gas to it. `due` is the most that the account can claim from one position as
    /// things are: what it would take by itself is the measure of what others may make it spend.
    pub(super) fn for_account(map: &Map, reach: &Reach, worth: &mut Worth, due: U256) -> Self {
        let reached: Vec<_> = map
            .works()
            .filter(|work| reach.of(*work).reaches())
            .collect();
        let mut plan = Self::default();
        for work in reached.iter().copied() {
            worth.compare(reach.of(work).of_kept(held(map, work)), SWEEP_GAS);
            for place in [Place::Inbox, Place::Ledger] {
                // By the branch that brings most: whether others are worth following depends on the best.
                let way = plan.way(map, reach, &|_, _| false, place, work);
                worth.compare(way.amount, way.gas(map, &way.works));
            }
        }
        let mut sources = Vec::new();
        for work in reached {
            let (part, held) = (reach.of(work), held(map, work));
            // What the account gets as a payee of the work needs a sweep alone.
            if worth.gas(part.of_kept(held), SWEEP_GAS) {
                plan.sweeps.insert(work);
            } else if held > 0 {
                sources.push((Place::Inbox, work));
            }
            if part.passed > 0 && plan.ledger(map, work).is_open() {
                sources.push((Place::Ledger, work));
            }
        }
        let mut sources: Vec<_> = sources
            .into_iter()
            .map(|(place, work)| {
                let way = plan.way(map, reach, &|sum, gas| worth.gas(sum, gas), place, work);
                let brings = (way.amount, way.gas(map, &way.works) + LATER_CLAIM_GAS);
                Source {
                    place,
                    work,
                    brings,
                }
            })
            .collect();
        sources.sort_by(|one, other| {
            by_ratio(other.brings, one.brings).then(one.work.cmp(&other.work))
        });
        let own = (due, LATER_CLAIM_GAS);
        let first = sources
            .iter()
            .find(|source| source.place == Place::Ledger)
            .filter(|source| above(1, source.brings, own));
        worth.set_spare(first.map_or(own.1, |source| source.brings.1));
        let first = first.map(|source| source.work);
        for Source { place, work, .. } in sources {
            let is_first = place == Place::Ledger && first == Some(work);
            plan.consider(map, reach, worth, (place, work), is_first);
        }
        plan
    }

    /// The way from a work's inbox or ledger up to the account, with the branches that are worthwhile.
    fn way(
        &self,
        map: &Map,
        reach: &Reach,
        worthwhile: &dyn Fn(U256, u64) -> bool,
        place: Place,
        work: u64,
    ) -> Route {
        let part = reach.of(work);
        let mut ledger = self.ledger(map, work);
        if place == Place::Inbox {
            ledger = ledger.filled(held(map, work));
        }
        let mut route = Route::default();
        if part.passed > 0 {
            route = Route::of(map, reach, work, ledger, worthwhile);
        }
        if place == Place::Inbox {
            route.amount += part.of_kept(held(map, work));
            route.sweep = true;
        }
        route
    }

    /// Takes the way from a work's inbox or ledger up to the account, if that is worth the gas of what is not taken yet. Of the
    /// small sums, the first one is taken at any rate, and the others from what is to spare.
    fn consider(
        &mut self,
        map: &Map,
        reach: &Reach,
        worth: &mut Worth,
        (place, work): (Place, u64),
        first: bool,
    ) {
        if place == Place::Inbox {
            let amount = reach.of(work).of_all(held(map, work));
            if !worth.gas(amount, SWEEP_GAS) {
                self.skip(place, work, amount, worth);
                return;
            }
        }
        let way = self.way(map, reach, &|sum, gas| worth.gas(sum, gas), place, work);
        let new: BTreeSet<_> = way.works.difference(&self.settles).copied().collect();
        let gas = way.gas(map, &new);
        let mut enough = worth.gas(way.amount, gas);
        if !enough && place == Place::Ledger {
            if first {
                enough = worth.gas_or_best(way.amount, gas);
            } else if worth.gas_or_spare(way.amount, gas + POSITION_GAS) {
                // What it brings has to be claimed as well.
                self.for_claims += POSITION_GAS;
                enough = true;
            }
        }
        if !enough {
            self.skip(place, work, way.amount, worth);
            return;
        }
        self.settles.extend(new);
        if place == Place::Inbox {
            self.sweeps.insert(work);
        }
    }

    /// The ledger of a work once its inbox is swept, if it is to be.
    fn ledger(&self, map: &Map, work: u64) -> Ledger {
        let ledger = map.site(work).ledger;
        match self.sweeps.contains(&work) {
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

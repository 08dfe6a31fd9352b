//! Which inboxes to sweep and which works to settle.

use super::map::{Map, Reach, Site};
use super::outcome::{Place, Skipped};
use super::worth::{
    LATER_CLAIM_GAS, LEDGER_GAS, POSITION_GAS, SETTLE_GAS, SWEEP_GAS, Worth, above,
};
use alloy_primitives::U256;
use logic::due::parent_share;
use logic::ledger::Ledger;
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

/// Gas of settling a work, beside that of the transaction: it writes its ledger and those of its parents.
fn gas_of(site: &Site) -> u64 {
    LEDGER_GAS * (site.parents.len() as u64 + 1)
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
    /// What these works have to pass on, whatever it is, and of what they pass on so much of the way further up as is worth its
    /// gas. What else lies on that way is not counted: whoever put it there may pay for moving it.
    pub(super) fn for_works(map: &Map, named: &BTreeSet<u64>, worth: &mut Worth) -> Self {
        let passed_on = |site: &Site, ledger: Ledger| -> U256 {
            site.dues(ledger).map(|(_, due)| U256::from(due)).sum()
        };
        let mut plan = Self::default();
        let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
        // Children before their parents, so that all that a work is credited is known when it is looked at.
        for work in map.works() {
            let site = map.site(work);
            let gas = SETTLE_GAS + gas_of(site);
            let credit = credits.remove(&work).unwrap_or(0);
            let ledger = if named.contains(&work) {
                if worth.asked_for(site.held) {
                    plan.sweeps.insert(work);
                } else {
                    plan.skip(Place::Inbox, work, site.held, worth);
                }
                plan.ledger(map, work).filled(credit)
            } else {
                Ledger {
                    received: credit,
                    settled: 0,
                }
            };
            let amount = passed_on(site, ledger);
            let enough = if named.contains(&work) {
                worth.compare(amount, gas);
                worth.asked_for(amount)
            } else {
                worth.gas(amount, gas)
            };
            if enough {
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
        for work in &reached {
            let (site, part) = (map.site(*work), reach.of(*work));
            worth.compare(part.of_all(held(map, *work)), SWEEP_GAS);
            let open = site.ledger.received - site.ledger.settled;
            worth.compare(part.of_passed(open), SETTLE_GAS + gas_of(site));
        }
        let mut plan = Self::default();
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
                let way = plan.way(map, reach, worth, place, work);
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

    /// The way from a work's inbox or ledger up to the account.
    fn way(&self, map: &Map, reach: &Reach, worth: &Worth, place: Place, work: u64) -> Route {
        let part = reach.of(work);
        let mut ledger = self.ledger(map, work);
        if place == Place::Inbox {
            ledger = ledger.filled(held(map, work));
        }
        let mut route = Route::default();
        if part.passed > 0 {
            route = Route::of(map, reach, worth, work, ledger);
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
        let way = self.way(map, reach, worth, place, work);
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

/// The works to settle so that what a ledger has to pass on reaches an account, and how much of it does.
///
/// Income divides at every work. The branch that brings the account most is always followed; another only where what it
/// brings is worth the settling of the work it leads to.
#[derive(Debug, Default)]
struct Route {
    works: BTreeSet<u64>,
    amount: U256,
    sweep: bool,
}

impl Route {
    /// Gas of going it, as far as these works of it are not settled anyway.
    fn gas(&self, map: &Map, works: &BTreeSet<u64>) -> u64 {
        let sweep = if self.sweep { SWEEP_GAS } else { 0 };
        let settle = if works.is_empty() { 0 } else { SETTLE_GAS };
        let ledgers = works.iter().map(|work| gas_of(map.site(*work)));
        sweep + settle + ledgers.sum::<u64>()
    }

    fn of(map: &Map, reach: &Reach, worth: &Worth, from: u64, ledger: Ledger) -> Self {
        let mut route = Self::default();
        let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
        let mut main = BTreeSet::from([from]);
        let first: Vec<_> = map.site(from).dues(ledger).collect();
        route.works.insert(from);
        route.credit(reach, &mut credits, &mut main, first);
        while let Some((work, amount)) = credits.pop_last() {
            let (site, part) = (map.site(work), reach.of(work));
            route.amount += part.of_kept(amount);
            let worthwhile = || worth.gas(part.of_passed(amount), gas_of(site));
            if part.passed == 0 || !(main.contains(&work) || worthwhile()) {
                continue;
            }
            route.works.insert(work);
            let shares = site.parents.iter();
            let dues = shares.map(|parent| (parent.work, parent_share(amount, parent.share)));
            let dues = dues.filter(|(_, due)| *due > 0).collect();
            route.credit(reach, &mut credits, &mut main, dues);
        }
        route
    }

    fn credit(
        &self,
        reach: &Reach,
        credits: &mut BTreeMap<u64, u128>,
        main: &mut BTreeSet<u64>,
        dues: Vec<(u64, u128)>,
    ) {
        main.extend(
            dues.iter()
                .max_by_key(|(parent, due)| reach.of(*parent).of_all(*due))
                .map(|(parent, _)| *parent),
        );
        for (parent, due) in dues {
            let credit = credits.entry(parent).or_default();
            *credit = credit.saturating_add(due);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::map::Parent;
    use super::*;
    use crate::abi::router::IRouter::Position;
    use logic::bps::Bps;

    const ETHER: u128 = 1_000_000_000_000_000_000;

    /// A work that owes these parents these shares, and has received this.
    fn work(parents: &[(u64, u16)], received: u128) -> Site {
        let parent = |(work, share): &(u64, u16)| Parent {
            work: *work,
            share: Bps::new(*share).expect("a share"),
        };
        Site {
            keep: 10_000 - parents.iter().map(|(_, share)| share).sum::<u16>(),
            parents: parents.iter().map(parent).collect(),
            ledger: Ledger {
                received,
                settled: 0,
            },
            ..Site::default()
        }
    }

    fn holding(site: Site, held: u128) -> Site {
        Site {
            held: U256::from(held),
            ..site
        }
    }

    /// The plan for whoever is the one payee of a work.
    fn plan(map: &Map, payee_of: u64, mut worth: Worth) -> Plan {
        let position = Position {
            work: payee_of,
            epoch: 0,
            payee: 0,
        };
        let reach = map.reach(&[(position, 10_000)]);
        Plan::for_account(map, &reach, &mut worth, U256::ZERO)
    }

    fn ids(works: &BTreeSet<u64>) -> Vec<u64> {
        works.iter().copied().collect()
    }

    fn cheap() -> Worth {
        Worth::at(100_000_000)
    }

    #[test]
    fn path_is_settled_and_nothing_beside_it() {
        // 1 ← 3 ← 5, beside it 2 ← 4; 5 owes 4 too, and 6 owes 2 alone.
        let map = Map::of(vec![
            work(&[], 0),
            work(&[], 0),
            work(&[(1, 5_000)], 0),
            work(&[(2, 5_000)], ETHER),
            work(&[(3, 5_000), (4, 5_000)], ETHER),
            work(&[(2, 5_000)], ETHER),
        ]);
        let plan = plan(&map, 1, cheap());
        assert_eq!(ids(&plan.settles), [3, 5]);
        assert!(plan.sweeps.is_empty() && plan.skipped.is_empty());
    }

    #[test]
    fn shams_that_bring_dust_are_left() {
        let mut sites = vec![work(&[], 0), work(&[(1, 5_000)], ETHER)];
        sites.extend((0..80).map(|_| work(&[(1, 600)], 16 * 10_000)));
        let plan = plan(&Map::of(sites), 1, cheap());
        assert_eq!(ids(&plan.settles), [2]);
        assert_eq!(plan.skipped.len(), 80);
        assert_eq!(plan.skipped[0].amount, U256::from(9_600));
    }

    #[test]
    fn inbox_is_swept_where_it_reaches_the_account_and_is_worth_its_gas() {
        let map = Map::of(vec![
            holding(work(&[], 0), ETHER),
            holding(work(&[], 0), ETHER),
            holding(work(&[(1, 5_000)], 0), ETHER),
            holding(work(&[(2, 5_000)], 0), ETHER),
            holding(work(&[(1, 5_000)], 0), 1),
            holding(work(&[(1, 5_000)], 0), 2_000_000),
        ]);
        let plan = plan(&map, 1, cheap());
        assert_eq!(ids(&plan.sweeps), [1, 3]);
        assert_eq!(ids(&plan.settles), [3]);
        let skipped: Vec<_> = (plan.skipped.iter())
            .map(|left| (left.place, left.work, left.amount))
            .collect();
        assert_eq!(skipped, [(Place::Inbox, 6, U256::from(1_000_000))]);
    }

    #[test]
    fn dust_in_an_inbox_does_not_ride_on_what_its_ledger_has() {
        let map = Map::of(vec![
            work(&[], 0),
            holding(work(&[(1, 5_000)], ETHER), 1_000),
        ]);
        let plan = plan(&map, 1, cheap());
        assert_eq!(ids(&plan.settles), [2]);
        assert!(plan.sweeps.is_empty());
        assert_eq!(plan.skipped[0].amount, U256::from(500));
    }

    #[test]
    fn sources_share_the_way_they_have_in_common() {
        // Each brings 0.00001 ETH at 0.1 gwei a gas: enough for its own settling, not for the whole way of ten works.
        let mut sites = vec![work(&[], 0)];
        sites.extend((1..=10).map(|parent| work(&[(parent, 10_000)], 0)));
        let sum = ETHER / 100_000;
        let alone = Map::of([sites.clone(), vec![work(&[(11, 10_000)], sum)]].concat());
        let first = plan(&alone, 1, Worth::at(100_000_000));
        assert!(
            first.settles.len() == 11 && first.skipped.is_empty(),
            "a small sum may"
        );
        let after_a_great_one = [
            sites,
            vec![work(&[(11, 10_000)], ETHER), work(&[(11, 10_000)], sum)],
        ];
        let plan = plan(&Map::of(after_a_great_one.concat()), 1, cheap());
        assert_eq!(plan.settles.len(), 12);
    }

    #[test]
    fn small_sum_follows_one_branch() {
        // 5 owes 2, 3 and 4, each of which owes 1.
        let middle = || work(&[(1, 10_000)], 0);
        let tip = |paid| work(&[(2, 3_000), (3, 4_000), (4, 3_000)], paid);
        let map = |paid| Map::of(vec![work(&[], 0), middle(), middle(), middle(), tip(paid)]);
        assert_eq!(ids(&plan(&map(1_000), 1, cheap()).settles), [3, 5]);
        assert_eq!(ids(&plan(&map(ETHER), 1, cheap()).settles), [2, 3, 4, 5]);
    }

    #[test]
    fn coins_are_planned_by_the_best_of_them() {
        let map = Map::of(vec![
            holding(work(&[], 0), 5_000_000),
            work(&[(1, 5_000)], 1_000_000),
            work(&[(1, 5_000)], 1_000),
            holding(work(&[(1, 5_000)], 0), 1_000),
        ]);
        let plan = plan(&map, 1, Worth::unpriced());
        assert_eq!(ids(&plan.sweeps), [1]);
        assert_eq!(ids(&plan.settles), [2]);
        assert_eq!(plan.skipped.len(), 2);
    }

    #[test]
    fn named_works_are_settled_and_the_way_up_is_while_it_is_worth_its_gas() {
        // 4 is named and passes half of an ether on to 2, which passes a millionth of it on to 1; 3 is a stranger's.
        let tip = |paid| {
            let strangers = holding(work(&[(1, 5_000)], ETHER), ETHER);
            let sites = vec![work(&[], 0), work(&[(1, 1)], 0), strangers];
            Map::of([sites, vec![work(&[(2, 5_000)], paid)]].concat())
        };
        let named = BTreeSet::from([4]);
        let plan = Plan::for_works(&tip(ETHER), &named, &mut cheap());
        assert_eq!(ids(&plan.settles), [2, 4]);
        let plan = Plan::for_works(&tip(1_000_000), &named, &mut cheap());
        assert_eq!(ids(&plan.settles), [4]);
        assert!(plan.sweeps.is_empty());
        assert_eq!((plan.skipped[0].work, plan.skipped.len()), (2, 1));
    }

    #[test]
    fn money_on_the_way_of_a_named_work_pays_for_nothing() {
        // What 2 was paid itself would be worth passing on; what 3 passes on to it is not.
        let map = Map::of(vec![
            work(&[], 0),
            work(&[(1, 10_000)], ETHER),
            work(&[(2, 5_000)], 1_000),
        ]);
        let plan = Plan::for_works(&map, &BTreeSet::from([3]), &mut cheap());
        assert_eq!(ids(&plan.settles), [3]);
    }

    #[test]
    fn inbox_of_a_named_work_is_swept_whatever_it_holds() {
        let map = Map::of(vec![
            work(&[], 0),
            holding(work(&[(1, 5_000)], 0), 1),
            holding(work(&[(1, 5_000)], 0), 1),
        ]);
        let plan = Plan::for_works(&map, &BTreeSet::from([2]), &mut cheap());
        assert_eq!(ids(&plan.sweeps), [2]);
        assert!(plan.skipped.is_empty());
    }
}

//! Plans for graphs that are written down.

use super::super::map::{Parent, Site};
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
fn plan(map: &Map, payee_of: u64, worth: Worth) -> Plan {
    let position = Position {
        work: payee_of,
        epoch: 0,
        payee: 0,
    };
    let reach = map.reach(&[(position, 10_000)]);
    Plan::for_account(map, &reach, worth, &BTreeSet::new())
}

fn ids(works: &BTreeSet<u64>) -> Vec<u64> {
    works.iter().copied().collect()
}

fn swept(plan: &Plan) -> Vec<u64> {
    plan.sweeps.keys().copied().collect()
}

/// Wei that one gas costs.
const FEE: u64 = 100_000_000;

fn cheap() -> Worth {
    Worth::at(FEE)
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
    assert_eq!(swept(&plan), [1, 3]);
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
    // Each brings as much as 200,000 gas costs: enough for its own settling, not for the whole way of ten works.
    let mut sites = vec![work(&[], 0)];
    sites.extend((1..=10).map(|parent| work(&[(parent, 10_000)], 0)));
    let sum = 200_000 * u128::from(FEE);
    let alone = Map::of([sites.clone(), vec![work(&[(11, 10_000)], sum)]].concat());
    let first = plan(&alone, 1, cheap());
    assert!(first.settles.is_empty());
    assert_eq!(first.skipped.len(), 1);
    let after_a_great_one = [
        sites,
        vec![work(&[(11, 10_000)], ETHER), work(&[(11, 10_000)], sum)],
    ];
    let plan = plan(&Map::of(after_a_great_one.concat()), 1, cheap());
    assert_eq!(plan.settles.len(), 12);
    assert!(plan.skipped.is_empty());
}

#[test]
fn branch_is_followed_where_all_that_comes_of_it_is_worth_all_that_it_takes() {
    // 5 owes 2, 3 and 4. 3 and 4 owe 1; 2 does by six others, each of them cheaper than what comes by it.
    let ladder = (6..12).map(|rung| work(&[(if rung == 6 { 1 } else { rung }, 10_000)], 0));
    let tip = |paid| work(&[(3, 4_000), (4, 100), (12, 3_000)], paid);
    let map = |paid| {
        let direct = || work(&[(1, 10_000)], 0);
        let sites = vec![work(&[], 0), work(&[], 0), direct(), direct(), work(&[], 0)];
        let ladder = ladder.clone().collect();
        Map::of([sites, vec![work(&[], 0)], ladder, vec![tip(paid)]].concat())
    };
    let settled = |paid| ids(&plan(&map(paid), 1, cheap()).settles);
    assert_eq!(settled(worth_of(900_000)), [3, 13]);
    // Three tenths of this are worth the 300,000 gas of the ladder, and its part of the claim; a hundredth is not worth the 50,000
    // of 4.
    assert_eq!(settled(worth_of(1_060_000)), [3, 7, 8, 9, 10, 11, 12, 13]);
    assert_eq!(settled(worth_of(6_000_000)).len(), 9);
}

#[test]
fn least_follows_every_branch_that_brings_so_much() {
    let map = Map::of(vec![
        work(&[], 0),
        work(&[(1, 10_000)], 0),
        work(&[(1, 10_000)], 0),
        work(&[(2, 5_000), (3, 1_000)], 100),
    ]);
    let settled = |least| ids(&plan(&map, 1, Worth::least(least)).settles);
    assert_eq!(settled(1), [2, 3, 4]);
    assert_eq!(settled(11), [2, 4]);
    assert_eq!(settled(51), [0; 0]);
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
    assert_eq!(swept(&plan), [1]);
    assert_eq!(ids(&plan.settles), [2]);
    assert_eq!(plan.skipped.len(), 2);
}

#[test]
fn named_works_are_settled_and_nothing_above_them() {
    // 4 and 3 are named: 4 passes half of what it has on to 3, and 3 what it has then to 2.
    let map = Map::of(vec![
        work(&[], 0),
        work(&[(1, 10_000)], ETHER),
        work(&[(2, 10_000)], 0),
        work(&[(3, 5_000)], ETHER),
    ]);
    for worth in [cheap(), Worth::unpriced()] {
        let settled = |named: &[u64]| {
            let named = named.iter().copied().collect();
            let plan = Plan::for_works(&map, &named, worth);
            assert!(plan.sweeps.is_empty() && plan.skipped.is_empty());
            ids(&plan.settles)
        };
        assert_eq!(settled(&[4]), [4]);
        assert_eq!(settled(&[3]), [0; 0]);
        assert_eq!(settled(&[1, 3, 4]), [3, 4]);
    }
}

#[test]
fn inbox_of_a_named_work_is_swept_where_it_is_worth_its_gas() {
    let map = Map::of(vec![
        work(&[], 0),
        holding(work(&[(1, 5_000)], 0), ETHER),
        holding(work(&[(1, 5_000)], 0), ETHER),
        holding(work(&[(1, 5_000)], 0), 1),
    ]);
    let named = BTreeSet::from([2, 4]);
    let plan = Plan::for_works(&map, &named, cheap());
    assert_eq!((swept(&plan), ids(&plan.settles)), (vec![2], vec![2]));
    assert_eq!((plan.skipped[0].work, plan.skipped.len()), (4, 1));
    let plan = Plan::for_works(&map, &named, Worth::unpriced());
    assert_eq!(swept(&plan), [2], "one beside an ether");
    let plan = Plan::for_works(&map, &named, Worth::least(1));
    assert_eq!(swept(&plan), [2, 4]);
}

/// Wei that so much gas costs.
fn worth_of(gas: u128) -> u128 {
    gas * u128::from(FEE)
}

#[test]
fn named_works_share_the_transaction_that_settles_them() {
    // Works 3 to 32 owe 2, which is not named and has a parent.
    let mut sites = vec![work(&[], 0), work(&[(1, 10_000)], 0)];
    sites.extend((0..30).map(|_| work(&[(2, 10_000)], worth_of(60_000))));
    let map = Map::of(sites);
    let all: BTreeSet<u64> = (3..=32).collect();
    assert_eq!(Plan::for_works(&map, &all, cheap()).settles, all);
    // The root is named too, which has nothing to pass on.
    let with_root = [&[1][..], &ids(&all)].concat().into_iter().collect();
    assert_eq!(Plan::for_works(&map, &with_root, cheap()).settles, all);
    let plan = Plan::for_works(&map, &BTreeSet::from([3]), cheap());
    assert!(plan.settles.is_empty());
    assert_eq!(plan.skipped.len(), 1);
}

#[test]
fn named_works_between_which_a_transaction_ends_are_weighed_apart() {
    // A named work, and the one that it owes, which is named and passes too little on, over and over.
    let mut sites = vec![work(&[], 0)];
    for pair in 0..30_u64 {
        sites.push(work(&[(1, 100)], 0));
        sites.push(work(&[(2 + 2 * pair, 10_000)], worth_of(53_000)));
    }
    let map = Map::of(sites);
    let plan = Plan::for_works(&map, &(2..=61).collect(), cheap());
    assert!(plan.settles.is_empty(), "each takes 95,000 gas for 53,000");
    assert_eq!(plan.skipped.len(), 30);
}

#[test]
fn inboxes_are_swept_that_are_worth_it_together() {
    let mut sites = vec![work(&[], 0)];
    sites.extend((0..30).map(|_| holding(work(&[(1, 10_000)], 0), worth_of(240_000))));
    let plan = plan(&Map::of(sites), 1, cheap());
    assert_eq!((plan.sweeps.len(), plan.settles.len()), (30, 30));
    assert!(plan.skipped.is_empty());
}

#[test]
fn looking_at_many_together_goes_on_to_the_end() {
    // A ladder each of whose rungs, fed by the next, is worth its gas, and not once that one is cut: one look cuts one rung.
    let mut sites = vec![work(&[], 0), work(&[(1, 5_000)], worth_of(75_000))];
    for rung in 2..40 {
        sites.push(work(&[(1, 5_000), (rung, 5_000)], worth_of(75_000)));
    }
    // Beside it thirty works each of which is worth it with the others.
    sites.extend((0..30).map(|_| work(&[(1, 10_000)], worth_of(100_000))));
    let plan = plan(&Map::of(sites), 1, cheap());
    assert!((41..=70).all(|work| plan.settles.contains(&work)));
}

#[test]
fn what_a_parent_has_of_its_own_is_none_of_its_childs() {
    // 2 to 11 are a ladder, and 12, 13 and 14 are worth its gas together. 17 owes 12 a hundredth, and the rest to 16, which has to
    // do with the account in name alone.
    let mut sites = vec![work(&[], 0), work(&[(1, 10_000)], 0)];
    sites.extend((2..11).map(|rung| work(&[(rung, 10_000)], 0)));
    sites.extend((0..3).map(|_| work(&[(11, 10_000)], worth_of(400_000))));
    sites.push(work(&[(1, 1)], 0));
    sites.push(work(&[(15, 1)], 0));
    sites.push(work(&[(12, 100), (16, 9_900)], worth_of(76_000)));
    let plan = plan(&Map::of(sites), 1, cheap());
    assert_eq!(ids(&plan.settles), (2..=14).collect::<Vec<_>>());
}

#[test]
fn each_position_that_a_way_ends_in_is_weighed() {
    // Sixteen works of the account's get as much each as claiming it costs, less a little.
    let mut sites: Vec<_> = (0..16).map(|_| work(&[], 0)).collect();
    let parents: Vec<_> = (1..=16).map(|work| (work, 625)).collect();
    sites.push(work(&parents, worth_of(34_900 * 16)));
    let map = Map::of(sites);
    let position = |work| Position {
        work,
        epoch: 0,
        payee: 0,
    };
    let positions: Vec<_> = (1..=16).map(|work| (position(work), 10_000)).collect();
    let reach = map.reach(&positions);
    let plan = Plan::for_account(&map, &reach, cheap(), &BTreeSet::new());
    assert!(plan.settles.is_empty());
}

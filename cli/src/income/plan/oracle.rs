//! Plans for small graphs, held against all that could be settled instead.

use super::super::map::{Parent, Site};
use super::*;
use crate::abi::router::IRouter::Position;
use logic::bps::Bps;
use proptest::prelude::*;

/// Wei that one gas costs.
const FEE: u128 = 1_000;

/// A work with parents among those before it, their shares in percent, and what it has to pass on, in thousands of gas.
type Drawn = (Vec<(usize, u16)>, u128);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let parents = prop::collection::vec((0..8_usize, 1..50_u16), 0..3);
    let paid = prop_oneof![2 => Just(0), 3 => 0..400_u128, 1 => 0..4_000_u128];
    prop::collection::vec((parents, paid), 1..8)
}

/// The first work is the account's, and the others derive from it and each other.
fn map(drawn: &[Drawn]) -> Map {
    let mut sites = vec![Site {
        keep: 10_000,
        ..Site::default()
    }];
    for (at, (parents, paid)) in drawn.iter().enumerate() {
        let mut shares = BTreeMap::new();
        for (parent, percent) in parents {
            shares.insert((parent % (at + 1)) as u64 + 1, percent * 100);
        }
        let parents: Vec<_> = (shares.into_iter())
            .map(|(work, share)| Parent {
                work,
                share: Bps::new(share).expect("a share"),
            })
            .collect();
        let shared: u16 = parents.iter().map(|parent| parent.share.get()).sum();
        sites.push(Site {
            keep: 10_000 - shared,
            parents,
            ledger: Ledger {
                received: paid * 1_000 * FEE,
                settled: 0,
            },
            ..Site::default()
        });
    }
    Map::of(sites)
}

/// What the account gains by settling these works: what its work is credited, less the gas.
fn gain(map: &Map, works: &BTreeSet<u64>) -> i128 {
    if works.is_empty() {
        return 0;
    }
    let mut credits: BTreeMap<u64, u128> = BTreeMap::new();
    let mut gas = ENDS_GAS;
    for work in works.iter().rev() {
        let site = map.site(*work);
        gas += site.gas();
        let ledger = site.ledger.filled(credits.get(work).copied().unwrap_or(0));
        for (parent, due) in site.dues(ledger) {
            *credits.entry(parent).or_default() += due;
        }
    }
    let reached = credits.get(&1).copied().unwrap_or(0) as i128;
    reached - i128::from(gas) * FEE as i128
}

/// The most that any choice of works gains.
fn most(map: &Map) -> i128 {
    let works: Vec<u64> = map.works().filter(|work| *work > 1).collect();
    let choices = (0..1_u32 << works.len()).map(|choice| {
        let chosen = works.iter().enumerate();
        let chosen = chosen.filter(|(at, _)| choice >> at & 1 == 1);
        gain(map, &chosen.map(|(_, work)| *work).collect())
    });
    choices.max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_plan_costs_more_than_it_brings_and_none_leaves_much_that_another_would_bring(works in drawn()) {
        let map = map(&works);
        let position = Position { work: 1, epoch: 0, payee: 0 };
        let reach = map.reach(&[(position, 10_000)]);
        let worth = Worth::at(FEE as u64);
        let plan = Plan::for_account(&map, &reach, worth, &BTreeSet::new());
        let (planned, most) = (gain(&map, &plan.settles), most(&map));
        prop_assert!(planned >= 0, "it costs {planned}");
        // A few transactions' worth: branches share their gas by what they feed, not by what they could bear.
        let left = most - planned;
        prop_assert!(left <= 2 * i128::from(ENDS_GAS) * FEE as i128, "{left} of {most} is left");
    }
}

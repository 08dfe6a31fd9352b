//! Long ladders of a stranger's works, beside, above and below those of others.

use super::{ALICE, BOB, CAROL, DAVE, ERIN, claim, family, gas, ledger, settle, settle_for};
use alloy_primitives::Address;
use cpu_time::ThreadTime;
use lineage_tests::World;
use lineage_tests::world::{ETHER, GALLERY, NATIVE};
use std::time::Duration;

/// So many works of Carol's, each of which passes everything on to the one before; returns the last.
fn ladder(world: &mut World, from: u64, rungs: u64) -> u64 {
    (0..rungs).fold(from, |rung, _| {
        world.open_work(GALLERY, CAROL, &[(rung, 10_000)])
    })
}

/// A world with a coin, of which Dave has more than enough.
fn coined() -> (World, Address) {
    let mut world = World::new();
    let coin = world.deploy("Coin");
    world.fund(coin, DAVE, u128::MAX);
    (world, coin)
}

/// What settling a named work takes where a stranger's ladder of so many works stands in the world: beside the work, or above
/// it with a hundredth of its income. The ladder's lowest work holds an ether, and everything the ladder gets goes up to its
/// top. The work is paid so many times a million gas.
fn settled_among(rungs: u64, above: bool, in_coin: bool, paid: u128) -> u64 {
    let (mut world, coin) = coined();
    let asset = if in_coin { coin } else { NATIVE };
    let (_, child) = family(&mut world);
    let top = world.open_work(GALLERY, CAROL, &[]);
    let rung = ladder(&mut world, top, rungs);
    let named = match above {
        true => world.open_work(GALLERY, ERIN, &[(rung, 100)]),
        false => child,
    };
    let fee = u128::from(world.chain.base_fee());
    world.pay(DAVE, named, asset, paid * fee * 1_000_000);
    world.pay(DAVE, rung, asset, ETHER);
    let outcome = settle(&mut world, &[named], asset);
    assert_eq!(outcome.settled, 1);
    gas(&outcome)
}

/// Whatever a stranger moves up sixty own works is settled by nobody who names another work: the ladder stands beside it or
/// above it, and what the work passes on is little or much.
#[test]
fn r75_ladder_of_a_stranger_bills_nobody_who_names_a_work() {
    for (above, in_coin, paid) in [
        (false, false, 10),
        (true, false, 10),
        (true, false, 10_000),
        (true, true, 10),
        (true, true, 10_000),
    ] {
        let [alone, among] = [0, 60].map(|rungs| settled_among(rungs, above, in_coin, paid));
        assert!(among <= alone * 11 / 10, "{among} gas, alone {alone}");
    }
}

/// What comes to Alice by a ladder of sixty works is not the measure of what a short way is worth.
#[test]
fn r77_great_sum_that_comes_a_long_way_leaves_no_other_unclaimed() {
    let (mut world, coin) = coined();
    let (root, child) = family(&mut world);
    let rung = ladder(&mut world, root, 60);
    world.pay(DAVE, child, coin, 5_000_000);
    world.pay(DAVE, rung, coin, 200_000_000);
    let report = claim(&mut world, ALICE, coin);
    assert_eq!(report.amount.to::<u128>(), 201_000_000);
    assert!(report.outcome.skipped.is_empty());
}

/// A work that pays Alice names a stranger's too, from which a ladder leads to her. Her direct part is settled, and the ladder is
/// not, whichever of the two brings more.
#[test]
fn r80_ladder_beside_the_way_is_cut_off() {
    for shares in [[2_000, 100], [2_000, 2_000], [2_000, 2_500]] {
        let mut world = World::new();
        let root = world.open_work(GALLERY, ALICE, &[]);
        let top = ladder(&mut world, root, 60);
        let parents = [(root, shares[0]), (top, shares[1])];
        let child = world.open_work(GALLERY, BOB, &parents);
        let fee = u128::from(world.chain.base_fee());
        // Alice's fifth is worth 1,200,000 gas, and the ladder takes 3,000,000.
        world.pay(DAVE, child, NATIVE, fee * 6_000_000);
        let outcome = settle_for(&mut world, ALICE, NATIVE);
        assert_eq!(outcome.settled, 1, "{shares:?}");
        assert_eq!(ledger(&world, root, NATIVE).0, fee * 1_200_000);
    }
}

#[test]
fn r80_ladder_beside_the_way_bills_nobody_in_a_coin() {
    let claimed = |rungs: u64| {
        let (mut world, coin) = coined();
        let root = world.open_work(GALLERY, ALICE, &[]);
        let base = world.open_work(GALLERY, CAROL, &[(root, 10_000)]);
        let top = ladder(&mut world, base, rungs);
        let child = world.open_work(GALLERY, BOB, &[(root, 2_000), (top, 20)]);
        world.pay(DAVE, child, coin, 1_000_000_000);
        let report = claim(&mut world, ALICE, coin);
        assert!(report.amount.to::<u128>() >= 200_000_000);
        gas(&report.outcome)
    };
    let [alone, among] = [0, 60].map(claimed);
    assert!(among <= 2 * alone, "{among} gas, alone {alone}");
}

/// Income whose way a ladder makes dear is no measure for the rest unless it moves.
#[test]
fn r80_measure_is_what_moves() {
    let (mut world, coin) = coined();
    let (root, child) = family(&mut world);
    let top = ladder(&mut world, root, 300);
    let bait = world.open_work(GALLERY, CAROL, &[(root, 100), (top, 2)]);
    world.pay(DAVE, bait, coin, 100_000_000_000);
    world.pay(DAVE, child, coin, 25_000_000);
    let mut paid = 0;
    for _ in 0..2 {
        paid += claim(&mut world, ALICE, coin).amount.to::<u128>();
    }
    assert!(paid >= 1_005_000_000, "{paid}");
    assert_eq!(ledger(&world, child, coin).1, 25_000_000);
}

/// Dust on a ladder makes nobody wait: what it could bring at most is seen without following it.
#[test]
fn r81_planning_takes_time_in_proportion() {
    let time = |rungs: u64, paid: bool| {
        let mut world = World::new();
        let (root, child) = family(&mut world);
        world.pay(DAVE, child, NATIVE, ETHER);
        let mut rung = root;
        for _ in 0..rungs {
            rung = world.open_work(GALLERY, CAROL, &[(rung, 10_000)]);
            if paid {
                world.pay(CAROL, rung, NATIVE, 1);
            }
        }
        let start = ThreadTime::now();
        claim(&mut world, ALICE, NATIVE);
        start.elapsed()
    };
    let [without, with] = [false, true].map(|paid| time(600, paid));
    assert!(
        with < 2 * without + Duration::from_millis(200),
        "{with:?}, {without:?} without dust"
    );
}

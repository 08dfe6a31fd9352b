//! Graphs and gifts that are made to defeat the planner itself.

use super::{
    ALICE, BOB, CAROL, DAVE, ERIN, claim, claim_for, family, gas, ledger, settle, settle_for,
};
use alloy_primitives::Address;
use lineage_tests::World;
use lineage_tests::abi::Coin;
use lineage_tests::world::{GALLERY, NATIVE};

/// Pairs of a stranger's works beside each other, each of which is worth its gas as long as the one before is.
const DOMINOES: usize = 20;

/// A stranger's work, derived from dominoes and from Alice's work: once it is paid nine million gas, the first is not worth its
/// gas, and each look at them fells the next. One that falls leaves what it shared with the next too dear for it.
fn dominoes(world: &mut World, root: u64) -> u64 {
    let fresh: Vec<_> = (0..6)
        .map(|_| world.open_work(GALLERY, CAROL, &[]))
        .collect();
    let dear = |first: (u64, u16)| {
        let mut parents: Vec<_> = fresh.iter().map(|work| (*work, 1)).collect();
        parents.push(first);
        parents.sort_unstable();
        parents
    };
    let shared: Vec<_> = (1..=DOMINOES)
        .map(|domino| match domino {
            DOMINOES => world.open_work(GALLERY, CAROL, &[(root, 9_000)]),
            _ => world.open_work(GALLERY, CAROL, &dear((root, 9_000))),
        })
        .collect();
    let mut feeders = vec![world.open_work(GALLERY, CAROL, &dear((shared[0], 5_000)))];
    for both in shared.windows(2) {
        let parents = [(both[0], 5_000), (both[1], 5_000)];
        feeders.push(world.open_work(GALLERY, CAROL, &parents));
    }
    let mut halves = Vec::new();
    for half in feeders.chunks(DOMINOES / 2) {
        let mut parents = vec![(root, 2_000)];
        parents.extend(half.iter().map(|work| (*work, 800)));
        halves.push((world.open_work(GALLERY, CAROL, &parents), 5_000));
    }
    world.open_work(GALLERY, CAROL, &halves)
}

/// A work that pays Alice by one of Dave's names a stranger's too.
#[test]
fn r85_dominoes_beside_the_way_strand_nobody() {
    let mut world = World::new();
    let root = world.open_work(GALLERY, ALICE, &[]);
    let middle = world.open_work(GALLERY, DAVE, &[(root, 5_000)]);
    let top = dominoes(&mut world, root);
    let child = world.open_work(GALLERY, BOB, &[(middle, 2_000), (top, 2_000)]);
    let fee = u128::from(world.chain.base_fee());
    world.pay(DAVE, child, NATIVE, fee * 44_400_000);
    settle_for(&mut world, ALICE, NATIVE);
    assert!(ledger(&world, root, NATIVE).0 >= fee * 4_440_000);
}

/// Income that dominoes keep from moving is no measure for the rest.
#[test]
fn r85_dominoes_are_no_measure() {
    let mut world = World::new();
    let coin = world.deploy("Coin");
    world.fund(coin, DAVE, u128::MAX);
    let (root, child) = family(&mut world);
    let middle = world.open_work(GALLERY, CAROL, &[(root, 10_000)]);
    let top = dominoes(&mut world, root);
    let bait = world.open_work(GALLERY, CAROL, &[(middle, 5_000), (top, 2_170)]);
    world.pay(DAVE, bait, coin, 41_000_000_000);
    world.pay(DAVE, child, coin, 500_000_000);
    for _ in 0..2 {
        claim(&mut world, ALICE, coin);
    }
    assert_eq!(ledger(&world, child, coin).1, 500_000_000);
}

/// A ladder each of whose rungs owes a work too that is none of Alice's takes a transaction a rung.
#[test]
fn r86_transactions_that_a_way_takes_are_weighed() {
    for rungs in [10, 40] {
        let mut world = World::new();
        let root = world.open_work(GALLERY, ALICE, &[]);
        world.pay(DAVE, root, NATIVE, 1_000);
        let chain = world.chain.clone();
        let alone = gas(&claim(&mut world, ALICE, NATIVE).outcome);
        world.chain = chain;
        let beyond = world.open_work(GALLERY, CAROL, &[]);
        let mut rung = root;
        for _ in 0..rungs {
            let between = world.open_work(GALLERY, CAROL, &[(beyond, 1)]);
            rung = world.open_work(GALLERY, CAROL, &[(rung, 9_999), (between, 1)]);
        }
        let fee = u128::from(world.chain.base_fee());
        world.pay(
            DAVE,
            rung,
            NATIVE,
            fee * (80_000 + 75_000 * rungs) * 101 / 100,
        );
        let report = claim(&mut world, ALICE, NATIVE);
        let among = gas(&report.outcome);
        let worth = report.amount.to::<u128>() / fee;
        assert!(
            worth >= u128::from(among) || among <= 2 * alone,
            "{among} gas for what is worth {worth}, alone {alone}"
        );
    }
}

/// A great gift of a coin that lets a hundred go at once is no measure for who cannot claim it, and for Alice its part is.
#[test]
fn r87_gift_that_moves_in_parts_is_no_measure() {
    for from in [ERIN, ALICE] {
        let mut world = World::new();
        let coin: Address = world.deploy("MoodyCoin");
        world.fund(coin, DAVE, 1_000_000_000);
        let (_, child) = family(&mut world);
        world.pay(DAVE, child, coin, 400);
        let gift = world.work(GALLERY, CAROL).payees(&[(ALICE, 10_000)]);
        let gift = gift.register();
        world.pay(DAVE, gift, coin, 10_000_000);
        let capped_at_100 = Coin::feelCall { how: 2 };
        world.act(ERIN, coin, capped_at_100).done();
        let report = claim_for(&mut world, from, ALICE, coin).expect("it pays");
        assert_eq!(ledger(&world, child, coin).1, 400);
        assert_eq!(report.amount.to::<u128>() % 100, 80);
    }
}

#[test]
fn r88_sums_that_are_worth_their_way_together_are_settled() {
    let mut world = World::new();
    let root = world.open_work(GALLERY, ALICE, &[]);
    let middle = world.open_work(GALLERY, DAVE, &[(root, 10_000)]);
    let fee = u128::from(world.chain.base_fee());
    for _ in 0..30 {
        let child = world.open_work(GALLERY, BOB, &[(middle, 5_000)]);
        world.pay(DAVE, child, NATIVE, fee * 240_000);
    }
    settle_for(&mut world, ALICE, NATIVE);
    assert!(ledger(&world, root, NATIVE).0 > 0);
}

#[test]
fn r88_named_works_that_are_worth_it_together_are_settled() {
    let mut world = World::new();
    let root = world.open_work(GALLERY, ALICE, &[]);
    let fee = u128::from(world.chain.base_fee());
    let children = [(); 30].map(|()| {
        let child = world.open_work(GALLERY, BOB, &[(root, 5_000)]);
        world.pay(DAVE, child, NATIVE, fee * 180_000);
        child
    });
    assert_eq!(settle(&mut world, &children, NATIVE).settled, 30);
}

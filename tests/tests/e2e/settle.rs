//! Carrying income up the graph.

use crate::calls::{epochs, ledger, settle_up};
use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::IRouter;
use lineage_tests::world::{ETHER, GALLERY, NATIVE};

fn received(world: &World, work: u64) -> u128 {
    world.view(world.router, ledger(work, NATIVE)).received
}

#[test]
fn diamond_is_settled_youngest_first_and_each_work_once() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let root = world.open_work(GALLERY, alice, &[]);
    let left = world.open_work(GALLERY, bob, &[(root, 2_000)]);
    let right = world.open_work(GALLERY, carol, &[(root, 500)]);
    let tip = world
        .work(GALLERY, carol)
        .parents(&[(root, 1_000), (left, 3_000), (right, 2_500)])
        .register();
    world.pay(alice, tip, NATIVE, 10 * ETHER);
    let done = world.act(bob, router, settle_up(&[tip], NATIVE, 10)).done();
    assert!(done.answer().is_empty());
    let events: Vec<IRouter::Settled> = done.events(router);
    let steps: Vec<_> = events
        .iter()
        .map(|event| (event.work, event.from.to::<u128>(), event.to.to::<u128>()))
        .collect();
    assert_eq!(
        steps,
        [
            (tip, 0, 10 * ETHER),
            (right, 0, ETHER * 5 / 2),
            (left, 0, 3 * ETHER)
        ]
    );
    assert!(
        events
            .iter()
            .all(|event| event.asset == NATIVE && event.epoch == 0)
    );
    assert_eq!(received(&world, root), ETHER + ETHER * 6 / 10 + ETHER / 8);
    assert_eq!(world.view(router, ledger(tip, NATIVE)).settled, 10 * ETHER);
    assert_eq!(world.view(router, ledger(root, NATIVE)).settled, 0);
}

#[test]
fn i3_spent_budget_says_what_is_left_and_going_on_ends_the_same() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let mut works = vec![world.open_work(GALLERY, alice, &[])];
    for depth in 0..4 {
        works.push(world.open_work(GALLERY, alice, &[(works[depth], 5_000)]));
    }
    world.pay(alice, works[4], NATIVE, 1_600);
    world.pay(alice, works[1], NATIVE, 2);
    let done = world
        .act(alice, router, settle_up(&[works[4], works[1]], NATIVE, 5))
        .done();
    let rest = done.answer();
    assert_eq!(rest, epochs(&[works[2], works[1]]));
    let paused: Vec<IRouter::SettlementPaused> = done.events(router);
    assert_eq!(
        (paused.len(), paused[0].asset, &paused[0].works),
        (1, NATIVE, &rest)
    );
    assert_eq!(received(&world, works[2]), 400);
    // Going on with the rest ends where one call would have.
    let call = IRouter::settleUpCall {
        works: rest,
        asset: NATIVE,
        budget: U256::MAX,
    };
    assert!(world.act(alice, router, call).done().answer().is_empty());
    assert_eq!(received(&world, works[0]), 101);
}

#[test]
fn budget_of_nothing_settles_nothing() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let root = world.open_work(GALLERY, alice, &[]);
    let child = world.work(GALLERY, alice).parents(&[(root, 1)]).register();
    world.pay(alice, child, NATIVE, 10_000);
    let rest = world
        .act(alice, router, settle_up(&[child, root], NATIVE, 0))
        .done()
        .answer();
    assert_eq!(rest, epochs(&[child]));
    assert_eq!(received(&world, root), 0);
}

#[test]
fn settling_twice_credits_once() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let root = world.open_work(GALLERY, alice, &[]);
    let child = world
        .work(GALLERY, alice)
        .parents(&[(root, 3_333)])
        .register();
    world.pay(alice, child, NATIVE, 10_001);
    world
        .act(alice, router, settle_up(&[child, child, root], NATIVE, 9))
        .done();
    let before = world.dump();
    let done = world
        .act(alice, router, settle_up(&[child], NATIVE, 9))
        .done();
    assert!(done.receipt.logs.is_empty());
    assert_eq!(world.dump(), before);
    assert_eq!(received(&world, root), 3_333);
}

#[test]
fn i6_shares_of_dust_add_up_over_time() {
    let mut world = World::new();
    let alice = world.alice;
    let root = world.open_work(GALLERY, alice, &[]);
    let child = world.work(GALLERY, alice).parents(&[(root, 1)]).register();
    for _ in 0..4 {
        world.pay(alice, child, NATIVE, 2_500);
        world.settle(&[child], NATIVE);
    }
    assert_eq!(received(&world, root), 1);
}

#[test]
fn attribution_earns_nothing_and_costs_no_settling() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let root = world.open_work(GALLERY, alice, &[]);
    let child = world.work(GALLERY, alice).parents(&[(root, 0)]).register();
    world.pay(alice, child, NATIVE, 1_000);
    let done = world
        .act(alice, router, settle_up(&[child], NATIVE, 0))
        .done();
    assert!(done.answer().is_empty());
    assert!(done.receipt.logs.is_empty());
    assert_eq!(world.claimable(child, NATIVE, 0), 1_000);
    // There is nobody to credit, so the mark stays where it is.
    let books = world.view(router, ledger(child, NATIVE));
    assert_eq!((books.received, books.settled), (1_000, 0));
}

#[test]
fn unknown_works_are_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    for unknown in [0, 2, u64::MAX] {
        let refusal = IRouter::UnknownWork { work: unknown };
        world
            .act(alice, router, settle_up(&[work, unknown], NATIVE, 9))
            .refused(refusal);
    }
}

#[test]
fn assets_are_settled_apart() {
    let mut world = World::new();
    let alice = world.alice;
    let coin = world.deploy("Coin");
    world.fund(coin, alice, 1_000);
    let root = world.open_work(GALLERY, alice, &[]);
    let child = world
        .work(GALLERY, alice)
        .parents(&[(root, 5_000)])
        .register();
    world.pay(alice, child, coin, 1_000);
    world.pay(alice, child, NATIVE, 10);
    world.settle(&[child], coin);
    assert_eq!(world.claimable(root, coin, 0), 500);
    assert_eq!(world.claimable(root, NATIVE, 0), 0);
    let nobody = world.claimable(root, Address::repeat_byte(7), 0);
    assert_eq!(nobody, 0);
}

#[test]
fn i1_what_came_in_is_held_or_paid_out() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let coin = world.deploy("Coin");
    world.fund(coin, alice, 1_000_003);
    let root = world.open_work(GALLERY, alice, &[]);
    let middle = world.open_work(GALLERY, bob, &[(root, 3_333)]);
    let tip = world
        .work(GALLERY, bob)
        .parents(&[(root, 777), (middle, 1_234)])
        .payees(&[(alice, 3_333), (bob, 6_667)])
        .register();
    let positions = [(root, 0), (middle, 0), (tip, 0), (tip, 1)];
    for asset in [NATIVE, coin] {
        let mut paid_out = 0;
        for (work, amount) in [(tip, 999_999), (middle, 3), (root, 1)] {
            world.pay(alice, work, asset, amount);
            paid_out += world.claim(tip, asset, 1);
        }
        assert_eq!(world.balance(router, asset), 1_000_003 - paid_out);
        world.settle(&[tip, middle], asset);
        assert_eq!(world.balance(router, asset), 1_000_003 - paid_out);
        paid_out += positions
            .iter()
            .map(|(work, payee)| world.claim(*work, asset, *payee))
            .sum::<u128>();
        assert_eq!(world.balance(router, asset), 1_000_003 - paid_out);
        // Two parents and two payees, one and one, one: dust of at most 3 + 1 + 0.
        assert!(world.balance(router, asset) <= 4);
    }
}

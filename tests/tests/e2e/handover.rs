//! Handing a payee's index over.

use crate::calls::{claim, hand_over};
use alloy_primitives::{Address, address};
use lineage_tests::World;
use lineage_tests::abi::IRouter;
use lineage_tests::world::NATIVE;

#[test]
fn index_goes_over_with_all_that_is_unclaimed() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let coin = world.deploy("Coin");
    world.fund(coin, carol, 40);
    let work = world
        .work(alice, alice)
        .payees(&[(bob, 5_000), (alice, 5_000)])
        .register();
    world.pay(carol, work, NATIVE, 100);
    world.pay(carol, work, coin, 40);
    assert_eq!(world.claim(work, NATIVE, 1), 50);
    world.pay(carol, work, NATIVE, 20);
    let done = world.act(alice, router, hand_over(work, 1, carol)).done();
    let handed: IRouter::PayeeHandedOver = done.only(router);
    assert_eq!(
        (handed.work, handed.payee, handed.to, handed.from),
        (work, 1, carol, alice)
    );
    let before = world.balance(carol, NATIVE);
    assert_eq!(world.claim(work, NATIVE, 1), 10);
    assert_eq!(world.claim(work, coin, 1), 20);
    assert_eq!(world.balance(carol, NATIVE), before + 10);
    assert_eq!(world.balance(carol, coin), 20);
    let read = world.view(router, IRouter::payeesCall { id: work });
    assert_eq!(
        read.iter()
            .map(|payee| (payee.account, payee.share))
            .collect::<Vec<_>>(),
        [(bob, 5_000), (carol, 5_000)]
    );
}

#[test]
fn sole_payee_who_was_never_stored_can_hand_over() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let work = world.work(alice, alice).register();
    world.pay(alice, work, NATIVE, 30);
    world.act(alice, router, hand_over(work, 0, bob)).done();
    world.act(bob, router, hand_over(work, 0, carol)).done();
    let before = world.balance(carol, NATIVE);
    assert_eq!(world.claim(work, NATIVE, 0), 30);
    assert_eq!(world.balance(carol, NATIVE), before + 30);
    assert_eq!(
        world.view(router, IRouter::creatorOfCall { id: work }),
        alice
    );
    assert_eq!(world.view(router, IRouter::workCall { id: work }).payees, 1);
}

#[test]
fn strangers_cannot_hand_over() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(alice, alice).register();
    let refusal = || IRouter::NotPayee {
        caller: bob,
        payee: alice,
    };
    world
        .act(bob, router, hand_over(work, 0, bob))
        .refused(refusal());
    world.act(alice, router, hand_over(work, 0, bob)).done();
    let former = IRouter::NotPayee {
        caller: alice,
        payee: bob,
    };
    world
        .act(alice, router, hand_over(work, 0, alice))
        .refused(former);
}

#[test]
fn index_cannot_go_where_paying_is_of_no_use() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(alice, alice).register();
    let inbox = world.view(router, IRouter::inboxCall { id: work });
    for account in [
        Address::ZERO,
        router,
        inbox,
        address!("0000000000000000000000000000000000000064"),
    ] {
        world
            .act(alice, router, hand_over(work, 0, account))
            .refused(IRouter::PayeeRefused { account });
    }
    world
        .act(alice, router, hand_over(work, 1, alice))
        .refused(IRouter::UnknownPayee { work, payee: 1 });
    world
        .act(alice, router, hand_over(2, 0, alice))
        .refused(IRouter::UnknownWork { work: 2 });
    assert!(
        world
            .act(alice, router, claim(work, NATIVE, 0))
            .done()
            .receipt
            .logs
            .is_empty()
    );
}

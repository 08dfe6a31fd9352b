//! A payee's index changes hands in two steps.

use crate::calls::{accept, claim, offer, reserve};
use alloy_primitives::{Address, U256, address};
use lineage_tests::World;
use lineage_tests::abi::IRouter;
use lineage_tests::world::{ETHER, GALLERY, NATIVE};

fn offered(world: &World, work: u64, payee: u8) -> Address {
    world.view(world.router, IRouter::offeredPayeeCall { work, payee })
}

#[test]
fn index_goes_over_with_all_that_is_unclaimed() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let coin = world.deploy("Coin");
    world.fund(coin, carol, 40);
    let work = world
        .work(GALLERY, alice)
        .payees(&[(bob, 5_000), (alice, 5_000)])
        .roles(&[4, 5])
        .register();
    world.pay(carol, work, NATIVE, 100);
    world.pay(carol, work, coin, 40);
    assert_eq!(world.claim(work, NATIVE, 1), 50);
    world.pay(carol, work, NATIVE, 20);
    let done = world.act(alice, router, offer(work, 1, carol)).done();
    let event: IRouter::PayeeOffered = done.only(router);
    assert_eq!(
        (event.work, event.payee, event.to, event.from),
        (work, 1, carol, alice)
    );
    assert_eq!(
        [0, 1].map(|payee| offered(&world, work, payee)),
        [Address::ZERO, carol]
    );
    let done = world.act(carol, router, accept(work, 1)).done();
    let handed: IRouter::PayeeHandedOver = done.only(router);
    assert_eq!(
        (handed.work, handed.payee, handed.to, handed.from),
        (work, 1, carol, alice)
    );
    assert_eq!(offered(&world, work, 1), Address::ZERO);
    let before = world.balance(carol, NATIVE);
    assert_eq!(world.claim(work, NATIVE, 1), 10);
    assert_eq!(world.claim(work, coin, 1), 20);
    assert_eq!(world.balance(carol, NATIVE), before + 10);
    assert_eq!(world.balance(carol, coin), 20);
    let read = world.view(router, IRouter::payeesCall { id: work });
    assert_eq!(
        read.iter()
            .map(|payee| (payee.account, payee.share, payee.role))
            .collect::<Vec<_>>(),
        [(bob, 5_000, 4), (carol, 5_000, 5)]
    );
}

#[test]
fn offer_moves_nothing_until_it_is_accepted() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    world.pay(bob, work, NATIVE, 30);
    world.act(alice, router, offer(work, 0, bob)).done();
    let before = world.balance(alice, NATIVE);
    assert_eq!(world.claim(work, NATIVE, 0), 30);
    assert_eq!(world.balance(alice, NATIVE), before + 30);
    // Until then the payee can change its mind.
    world
        .act(alice, router, offer(work, 0, Address::ZERO))
        .done();
    assert_eq!(offered(&world, work, 0), Address::ZERO);
    let refusal = IRouter::NotOfferedPayee {
        caller: bob,
        offered: Address::ZERO,
    };
    world.act(bob, router, accept(work, 0)).refused(refusal);
}

#[test]
fn sole_payee_who_was_never_stored_can_hand_over() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let work = world.work(GALLERY, alice).register();
    world.pay(alice, work, NATIVE, 30);
    world.act(alice, router, offer(work, 0, bob)).done();
    world.act(bob, router, accept(work, 0)).done();
    world.act(bob, router, offer(work, 0, carol)).done();
    world.act(carol, router, accept(work, 0)).done();
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
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let work = world.work(GALLERY, alice).register();
    let refusal = || IRouter::NotPayee {
        caller: bob,
        payee: alice,
    };
    world
        .act(bob, router, offer(work, 0, bob))
        .refused(refusal());
    world.act(alice, router, offer(work, 0, bob)).done();
    for stranger in [alice, carol] {
        let refusal = IRouter::NotOfferedPayee {
            caller: stranger,
            offered: bob,
        };
        world
            .act(stranger, router, accept(work, 0))
            .refused(refusal);
    }
    world.act(bob, router, accept(work, 0)).done();
    let former = IRouter::NotPayee {
        caller: alice,
        payee: bob,
    };
    world
        .act(alice, router, offer(work, 0, alice))
        .refused(former);
    // An offer is good for one time.
    let spent = IRouter::NotOfferedPayee {
        caller: bob,
        offered: Address::ZERO,
    };
    world.act(bob, router, accept(work, 0)).refused(spent);
}

#[test]
fn nobody_accepts_what_is_offered_to_nobody() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    // As address zero, as nodes simulate calls without a sender.
    world.chain.set_balance(Address::ZERO, U256::from(ETHER));
    let refusal = IRouter::NotOfferedPayee {
        caller: Address::ZERO,
        offered: Address::ZERO,
    };
    world
        .act(Address::ZERO, router, accept(work, 0))
        .refused(refusal);
}

#[test]
fn index_cannot_go_where_paying_is_of_no_use() {
    let mut world = World::new();
    let (alice, router, licensing) = (world.alice, world.router, world.licensing);
    let work = world.work(GALLERY, alice).register();
    let inbox = world.view(router, IRouter::inboxCall { id: work });
    for account in [
        router,
        licensing,
        GALLERY,
        inbox,
        address!("0000000000000000000000000000000000000064"),
        address!("0000000000000000000000000000000000006551"),
        address!("00000000000000000000000000000000000fffff"),
    ] {
        world
            .act(alice, router, offer(work, 0, account))
            .refused(IRouter::PayeeRefused { account });
    }
    for (work, payee) in [(work, 1), (work, 255)] {
        let refusal = || IRouter::UnknownPayee { work, payee };
        world
            .act(alice, router, offer(work, payee, alice))
            .refused(refusal());
        world
            .act(alice, router, accept(work, payee))
            .refused(refusal());
        world
            .act_raw(
                alice,
                router,
                alloy_sol_types::SolCall::abi_encode(&IRouter::offeredPayeeCall { work, payee }),
            )
            .refused(refusal());
    }
    let refusal = || IRouter::UnknownWork { work: 2 };
    world
        .act(alice, router, offer(2, 0, alice))
        .refused(refusal());
    world.act(alice, router, accept(2, 0)).refused(refusal());
    assert!(
        world
            .act(alice, router, claim(work, NATIVE, 0))
            .done()
            .receipt
            .logs
            .is_empty()
    );
}

#[test]
fn new_holder_begins_with_claims_that_are_open_to_everyone() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    world.pay(bob, work, NATIVE, 30);
    world.act(alice, router, reserve(work, 0, true)).done();
    world.act(alice, router, offer(work, 0, bob)).done();
    world.act(bob, router, accept(work, 0)).done();
    let call = IRouter::claimsReservedCall { work, payee: 0 };
    assert!(!world.view(router, call));
    assert_eq!(world.claim(work, NATIVE, 0), 30);
}

//! Money that cannot move as one moves in parts.

use crate::calls::{claim, claim_part, ledger, sweep, sweep_part};
use crate::layout::key;
use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::{Coin, IRouter};
use lineage_tests::world::{GALLERY, NATIVE};

/// A work of Alice's and a coin of this kind, so much of it in the work's inbox.
fn inboxed(name: &str, amount: U256) -> (World, u64, Address) {
    let mut world = World::new();
    let alice = world.alice;
    let coin = world.deploy(name);
    let work = world.work(GALLERY, alice).register();
    drop(&mut world, work, coin, amount);
    (world, work, coin)
}

fn inbox(world: &World, id: u64) -> Address {
    world.view(world.router, IRouter::inboxCall { id })
}

fn drop(world: &mut World, work: u64, coin: Address, amount: U256) {
    let to = inbox(world, work);
    world
        .act(world.erin, coin, Coin::mintCall { to, amount })
        .done();
    world.watch(to);
}

fn received(world: &World, work: u64, asset: Address) -> u128 {
    world.view(world.router, ledger(work, asset)).received
}

#[test]
fn r25_coin_capped_at_a_hundred_is_swept_and_claimed_in_parts() {
    let (mut world, work, coin) = inboxed("CappedCoin", U256::from(160));
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let cap = Coin::capCall {
        amount: U256::from(100),
    };
    world.act(bob, coin, cap).done();
    let hundred = U256::from(100);
    world
        .act(bob, router, sweep(work, coin))
        .refused(IRouter::SweepFailed { work, asset: coin });
    for (part, left) in [(100, 60), (60, 0)] {
        let done = world
            .act(bob, router, sweep_part(work, coin, hundred))
            .done();
        assert_eq!(done.answer(), U256::from(part));
        assert_eq!(world.balance(inbox(&world, work), coin), left);
    }
    assert_eq!(received(&world, work, coin), 160);
    world
        .act(bob, router, claim(work, coin, 0))
        .refused(IRouter::AssetCallFailed { asset: coin });
    for (part, left) in [(100, 60), (60, 0)] {
        let call = claim_part(work, coin, 0, bob, hundred);
        let done = world.act(alice, router, call).done();
        assert_eq!(done.answer(), U256::from(part));
        let [claimed] = &done.events::<IRouter::Claimed>(router)[..] else {
            panic!("one Claimed")
        };
        assert_eq!(claimed.amount, U256::from(part));
        assert_eq!(world.claimable(work, coin, 0), left);
    }
    assert_eq!(
        (world.balance(bob, coin), world.balance(router, coin)),
        (160, 0)
    );
}

#[test]
fn r26_coin_that_takes_a_unit_on_top_is_swept_all_but_one() {
    let (mut world, work, coin) = inboxed("GreedyCoin", U256::from(100));
    let (bob, router) = (world.bob, world.router);
    let demand = Coin::demandCall {
        more: U256::from(1),
    };
    world.act(bob, coin, demand).done();
    world
        .act(bob, router, sweep(work, coin))
        .refused(IRouter::SweepFailed { work, asset: coin });
    let call = sweep_part(work, coin, U256::from(99));
    let done = world.act(bob, router, call).done();
    assert_eq!(done.answer(), U256::from(99));
    assert_eq!(world.balance(inbox(&world, work), coin), 0);
    assert_eq!(received(&world, work, coin), 99);
}

#[test]
fn r27_inbox_of_more_than_128_bits_is_swept_as_far_as_the_ledger_goes() {
    let more = (U256::from(1) << 128) + U256::from(5);
    let (mut world, work, coin) = inboxed("Coin", more);
    let (bob, router) = (world.bob, world.router);
    let call = sweep_part(work, coin, U256::from(7));
    assert_eq!(world.act(bob, router, call).done().answer(), U256::from(7));
    let call = sweep_part(work, coin, U256::MAX);
    let done = world.act(bob, router, call).done();
    assert_eq!(done.answer(), U256::from(u128::MAX - 7));
    assert_eq!(received(&world, work, coin), u128::MAX);
    assert_eq!(world.balance(inbox(&world, work), coin), 6);
    world
        .act(bob, router, sweep(work, coin))
        .refused(IRouter::LedgerOverflow { work, asset: coin });
}

#[test]
fn r28_sweep_takes_what_the_ledger_has_room_for() {
    for native in [false, true] {
        let (mut world, work, coin) = inboxed("Coin", U256::from(100));
        let (bob, router) = (world.bob, world.router);
        let (asset, inbox) = (if native { NATIVE } else { coin }, inbox(&world, work));
        world.chain.set_balance(inbox, U256::from(100));
        let slot = key(4, 0, 0, work, asset);
        world
            .chain
            .set_storage(router, slot, U256::from(u128::MAX - 30));
        let done = world.act(bob, router, sweep(work, asset)).done();
        assert_eq!(done.answer(), U256::from(30));
        assert_eq!(world.balance(inbox, asset), 70);
        assert_eq!(received(&world, work, asset), u128::MAX);
        world
            .act(bob, router, sweep(work, asset))
            .refused(IRouter::LedgerOverflow { work, asset });
        // Nothing wanted is nothing done, full or not.
        let nothing = sweep_part(work, asset, U256::ZERO);
        let before = world.dump();
        let done = world.act(bob, router, nothing).done();
        assert_eq!((done.answer(), done.receipt.logs.len()), (U256::ZERO, 0));
        assert_eq!(world.dump(), before);
    }
}

#[test]
fn part_of_the_native_coin_is_swept_and_claimed() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    let inbox = inbox(&world, work);
    world.chain.set_balance(inbox, U256::from(50));
    for (most, taken) in [(20, 20), (0, 0), (u128::MAX, 30)] {
        let call = sweep_part(work, NATIVE, U256::from(most));
        let done = world.act(bob, router, call).done();
        assert_eq!(done.answer(), U256::from(taken));
    }
    assert_eq!(
        (world.balance(inbox, NATIVE), world.balance(router, NATIVE)),
        (0, 50)
    );
    let before = world.balance(bob, NATIVE);
    for (most, taken) in [
        (U256::from(20), 20),
        (U256::ZERO, 0),
        (U256::from(1) << 128, 30),
    ] {
        let call = claim_part(work, NATIVE, 0, bob, most);
        let done = world.act(alice, router, call).done();
        assert_eq!(done.answer(), U256::from(taken));
        assert_eq!(done.receipt.logs.is_empty(), taken == 0);
    }
    assert_eq!(world.balance(bob, NATIVE), before + 50);
}

//! Tokens whose word is not so, in either direction: what moved decides.

use crate::calls::{claim, ledger, pay, sweep};
use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::{Coin, IRouter};
use lineage_tests::world::GALLERY;

/// A work of Alice's, a coin that lies, and 1,000 of it paid to the work by Bob.
fn paid() -> (World, u64, Address) {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let coin = world.deploy("LyingCoin");
    world.fund(coin, bob, 10_000);
    let work = world.work(GALLERY, alice).register();
    world.pay(bob, work, coin, 1_000);
    (world, work, coin)
}

fn lie(world: &mut World, coin: Address, says: bool, bps: u64) {
    let lie = Coin::lieCall {
        says,
        bps: U256::from(bps),
    };
    world.act(world.erin, coin, lie).done();
}

#[test]
fn r22_coin_that_says_true_and_moves_nothing_burns_no_claim() {
    let (mut world, work, coin) = paid();
    let (carol, router) = (world.carol, world.router);
    lie(&mut world, coin, true, 0);
    let refusal = IRouter::LossTooSmall {
        asset: coin,
        got: U256::ZERO,
        expected: U256::from(1_000),
    };
    world
        .act(carol, router, claim(work, coin, 0))
        .refused(refusal);
    lie(&mut world, coin, true, 10_000);
    assert_eq!(world.claim(work, coin, 0), 1_000);
    assert_eq!(world.balance(world.alice, coin), 1_000);
}

#[test]
fn r23_coin_that_moves_and_says_false_is_paid_swept_and_claimed() {
    let (mut world, work, coin) = paid();
    let (bob, carol, router) = (world.bob, world.carol, world.router);
    let inbox = world.view(router, IRouter::inboxCall { id: work });
    let royalty = Coin::transferCall {
        to: inbox,
        amount: U256::from(30),
    };
    lie(&mut world, coin, false, 10_000);
    world.act(bob, coin, royalty).done();
    world.act(bob, router, pay(work, coin, 200)).done();
    let swept = world.act(carol, router, sweep(work, coin)).done();
    assert_eq!(swept.answer(), U256::from(30));
    assert_eq!(world.claim(work, coin, 0), 1_230);
    assert_eq!(world.balance(router, coin), 0);
}

#[test]
fn r24_payout_that_moves_half_is_one_and_less_is_none() {
    for (bps, got) in [(5_000, 500), (4_999, 499)] {
        let (mut world, work, coin) = paid();
        let (carol, router) = (world.carol, world.router);
        lie(&mut world, coin, true, bps);
        let act = world.act(carol, router, claim(work, coin, 0));
        if got == 500 {
            assert_eq!(act.done().answer(), U256::from(1_000));
            // The rest stays with the router: whoever uses such a coin loses it.
            assert_eq!(world.balance(router, coin), 500);
        } else {
            act.refused(IRouter::LossTooSmall {
                asset: coin,
                got: U256::from(got),
                expected: U256::from(1_000),
            });
        }
    }
}

#[test]
fn r24_payout_of_one_unit_moves_it_or_is_refused() {
    let (mut world, work, coin) = paid();
    let (bob, carol, router) = (world.bob, world.carol, world.router);
    world.claim(work, coin, 0);
    world.act(bob, router, pay(work, coin, 1)).done();
    lie(&mut world, coin, true, 9_999);
    let refusal = IRouter::LossTooSmall {
        asset: coin,
        got: U256::ZERO,
        expected: U256::from(1),
    };
    world
        .act(carol, router, claim(work, coin, 0))
        .refused(refusal);
    assert_eq!(world.view(router, ledger(work, coin)).received, 1_001);
}

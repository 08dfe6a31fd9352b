//! Payment and claims in ERC-20: what is credited is what came, what leaves is what is due.

use crate::calls::{claim, ledger, pay, sweep};
use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall as _, sol};
use lineage_tests::World;
use lineage_tests::abi::{Coin, IRouter};
use lineage_tests::world::GALLERY;

sol! {
    interface Nft {
        function mint(address to, uint256 tokenId) external;
    }
}

#[test]
fn coins_are_paid_settled_and_claimed() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parent = world.open_work(GALLERY, alice, &[]);
    let child = world
        .work(GALLERY, bob)
        .parents(&[(parent, 2_500)])
        .register();
    for name in ["Coin", "SilentCoin", "FalseCoin", "HookCoin"] {
        let coin = world.deploy(name);
        world.fund(coin, bob, 1_001);
        let done = world.act(bob, router, pay(child, coin, 1_001)).done();
        let [paid] = &done.events::<IRouter::Paid>(router)[..] else {
            panic!("one Paid")
        };
        assert_eq!(
            (paid.work, paid.asset, paid.payer, paid.amount),
            (child, coin, bob, U256::from(1_001))
        );
        world.settle(&[child], coin);
        assert_eq!(
            (world.claim(parent, coin, 0), world.claim(child, coin, 0)),
            (250, 750)
        );
        assert_eq!(
            (world.balance(alice, coin), world.balance(bob, coin)),
            (250, 750)
        );
        assert_eq!(world.balance(router, coin), 1);
    }
}

#[test]
fn fee_on_transfer_credits_what_came() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("FeeCoin");
    world.fund(coin, alice, 10_000);
    world
        .act(
            alice,
            coin,
            Coin::chargeCall {
                bps: U256::from(1_000),
            },
        )
        .done();
    world.pay(alice, work, coin, 1_000);
    assert_eq!(world.view(router, ledger(work, coin)).received, 900);
    assert_eq!(world.claim(work, coin, 0), 900);
    assert_eq!(world.balance(router, coin), 0);
}

#[test]
fn no_more_than_was_asked_for_is_credited() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("HookCoin");
    world.fund(coin, bob, 10);
    let mint = |to, amount: u64| Coin::mintCall {
        to,
        amount: U256::from(amount),
    };
    // More comes in the middle of the transfer: a little, and more than a ledger holds.
    for extra in [U256::from(5), U256::from(1) << 200] {
        let gift = Coin::mintCall {
            to: router,
            amount: extra,
        };
        world.plan(coin, vec![(coin, 0, gift.abi_encode())]);
        let before = world.view(router, ledger(work, coin)).received;
        let done = world.act(bob, router, pay(work, coin, 5)).done();
        let [paid] = &done.events::<IRouter::Paid>(router)[..] else {
            panic!("one Paid")
        };
        assert_eq!(paid.amount, U256::from(5));
        let inbox = world.view(router, IRouter::inboxCall { id: work });
        world.act(bob, coin, mint(inbox, 7)).done();
        world.plan(coin, vec![(coin, 0, gift.abi_encode())]);
        let swept = world.act(bob, router, sweep(work, coin)).done();
        assert_eq!(swept.answer(), U256::from(7));
        let after = world.view(router, ledger(work, coin)).received;
        assert_eq!(after - before, 12);
    }
}

#[test]
fn gain_under_half_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("FeeCoin");
    world.fund(coin, alice, 10_000);
    world
        .act(
            alice,
            coin,
            Coin::chargeCall {
                bps: U256::from(5_000),
            },
        )
        .done();
    world.act(alice, router, pay(work, coin, 1_000)).done();
    world
        .act(
            alice,
            coin,
            Coin::chargeCall {
                bps: U256::from(5_001),
            },
        )
        .done();
    let got = U256::from(10_000 - 5_001);
    world.fund(coin, alice, 10_000);
    let refusal = IRouter::GainTooSmall {
        asset: coin,
        got,
        expected: U256::from(10_000),
    };
    world
        .act(alice, router, pay(work, coin, 10_000))
        .refused(refusal);
}

#[test]
fn erc721_mistaken_for_a_coin_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let nft = world.deploy("Nft");
    world
        .act(
            alice,
            nft,
            Nft::mintCall {
                to: alice,
                tokenId: U256::from(7),
            },
        )
        .done();
    let refusal = IRouter::GainTooSmall {
        asset: nft,
        got: U256::from(1),
        expected: U256::from(7),
    };
    world.act(alice, router, pay(work, nft, 7)).refused(refusal);
}

#[test]
fn coin_that_says_no_is_refused_both_ways() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("FalseCoin");
    world.fund(coin, alice, 20);
    world.pay(alice, work, coin, 10);
    world
        .act(alice, coin, Coin::failCall { whether: true })
        .done();
    let (got, expected) = (U256::ZERO, U256::from(10));
    let refusal = IRouter::GainTooSmall {
        asset: coin,
        got,
        expected,
    };
    world
        .act(alice, router, pay(work, coin, 10))
        .refused(refusal);
    let refusal = IRouter::LossTooSmall {
        asset: coin,
        got,
        expected,
    };
    world
        .act(alice, router, claim(work, coin, 0))
        .refused(refusal);
}

#[test]
fn payment_that_was_not_allowed_is_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("Coin");
    world.fund(coin, alice, 10);
    world
        .act(alice, router, pay(work, coin, 11))
        .refused(IRouter::AssetCallFailed { asset: coin });
    world
        .act(bob, router, pay(work, coin, 1))
        .refused(IRouter::AssetCallFailed { asset: coin });
}

#[test]
fn account_without_code_is_no_asset() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    for asset in [bob, Address::repeat_byte(0xee)] {
        world
            .act(alice, router, pay(work, asset, 10))
            .refused(IRouter::AssetWithoutCode { asset });
    }
}

#[test]
fn coin_that_takes_more_than_the_claim_is_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let mine = world.work(GALLERY, alice).register();
    let others = world.work(GALLERY, bob).register();
    let coin = world.deploy("GreedyCoin");
    world.fund(coin, alice, 300);
    world.pay(alice, mine, coin, 100);
    world.pay(alice, others, coin, 200);
    world
        .act(
            alice,
            coin,
            Coin::demandCall {
                more: U256::from(1),
            },
        )
        .done();
    let refusal = IRouter::LossTooLarge {
        asset: coin,
        got: U256::from(101),
        expected: U256::from(100),
    };
    world
        .act(alice, router, claim(mine, coin, 0))
        .refused(refusal);
}

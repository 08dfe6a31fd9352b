//! Assets and payees that are something else than they seem.

use crate::calls::{claim, pay, settle_up, sweep};
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use lineage_tests::World;
use lineage_tests::abi::{IProvenance, IRouter};
use lineage_tests::bytecode::{always, creation};
use lineage_tests::world::NATIVE;

fn inbox(world: &World, id: u64) -> Address {
    world.view(world.router, IRouter::inboxCall { id })
}

#[test]
fn r3_programs_and_inboxes_are_no_assets() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let [work, other, bare] = [(); 3].map(|()| world.work(alice, alice).register());
    for paid in [work, other] {
        let inbox = inbox(&world, paid);
        world.chain.set_balance(inbox, U256::from(9));
        world.act(alice, router, sweep(paid, NATIVE)).done();
        // What an inbox could be made to give away.
        world.chain.set_balance(inbox, U256::from(5));
        world.watch(inbox);
    }
    let programs = [router, world.licensing, world.registry, world.renderer];
    for asset in programs
        .into_iter()
        .chain([inbox(&world, work), inbox(&world, other)])
    {
        let refusal = || IRouter::AssetCallFailed { asset };
        world
            .act(alice, router, pay(work, asset, 5))
            .refused(refusal());
        world
            .act(alice, router, sweep(work, asset))
            .refused(refusal());
    }
    let asset = inbox(&world, bare);
    let refusal = || IRouter::AssetWithoutCode { asset };
    world
        .act(alice, router, pay(work, asset, 5))
        .refused(refusal());
    world
        .act(alice, router, sweep(work, asset))
        .refused(refusal());
}

#[test]
fn r4_work_taken_for_a_coin_harms_nobody_but_its_payer() {
    let mut world = World::new();
    let (alice, bob, router, asset) = (world.alice, world.bob, world.router, world.provenance);
    let works = [(); 4].map(|()| world.mint(alice).send());
    let work = world.work(bob, bob).register();
    world.pay(bob, work, NATIVE, 50);
    let everything = IProvenance::setApprovalForAllCall {
        operator: router,
        approved: true,
    };
    world.act(alice, asset, everything).done();
    // Token ids pass for amounts, and one token is what balances show.
    for id in [3, 4] {
        let refusal = IRouter::GainTooSmall {
            asset,
            got: U256::from(1),
            expected: U256::from(id),
        };
        world
            .act(alice, router, pay(work, asset, id))
            .refused(refusal);
    }
    // Of ids 1 and 2 one is enough: such a token is credited as one unit that nobody can claim.
    world.act(alice, router, pay(work, asset, 1)).done();
    world
        .act(bob, router, claim(work, asset, 0))
        .refused(IRouter::AssetCallFailed { asset });
    assert_eq!(world.claim(work, NATIVE, 0), 50);
    // And one sent to an inbox stays there.
    let to = inbox(&world, work);
    let away = IProvenance::transferFromCall {
        from: alice,
        to,
        tokenId: U256::from(works[1]),
    };
    world.act(alice, asset, away).done();
    world
        .act(bob, router, sweep(work, asset))
        .refused(IRouter::SweepFailed { work, asset });
}

#[test]
fn r5_full_ledger_stops_its_own_asset_only() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parent = world.open_work(alice, alice, &[]);
    let child = world.work(bob, bob).parents(&[(parent, 1_000)]).register();
    let coin = world.deploy("Coin");
    world.fund(coin, bob, u128::MAX);
    world.pay(bob, parent, coin, u128::MAX);
    world.fund(coin, bob, 100);
    let sound = world.deploy("Coin");
    world.fund(sound, bob, 100);
    for asset in [coin, sound, NATIVE] {
        world.pay(bob, child, asset, 100);
    }
    let refusal = IRouter::LedgerOverflow {
        work: parent,
        asset: coin,
    };
    world
        .act(bob, router, settle_up(&[child], coin, 9))
        .refused(refusal);
    // What is kept needs no settling, and every other asset goes its way.
    assert_eq!(world.claim(child, coin, 0), 90);
    for asset in [sound, NATIVE] {
        world.settle(&[child], asset);
        assert_eq!(world.claim(parent, asset, 0), 10);
        assert_eq!(world.claim(child, asset, 0), 90);
    }
    assert_eq!(world.claim(parent, coin, 0), u128::MAX);
}

#[test]
fn r6_asset_that_says_whatever_is_asked_credits_nothing() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(alice, alice).register();
    // Nothing; less than a word; a balance that is no yes: none of them is a transfer.
    for answer in [Vec::new(), vec![1; 31], U256::MAX.abi_encode()] {
        let asset = world.deploy_code(creation(&always(&answer)));
        world
            .act(alice, router, pay(work, asset, 2))
            .refused(IRouter::AssetCallFailed { asset });
    }
    // A yes that moves nothing, and the same with more behind it.
    for answer in [true.abi_encode(), (true, U256::MAX).abi_encode()] {
        let asset = world.deploy_code(creation(&always(&answer)));
        let nothing = IRouter::GainTooSmall {
            asset,
            got: U256::ZERO,
            expected: U256::from(2),
        };
        world
            .act(alice, router, pay(work, asset, 2))
            .refused(nothing);
        // It says that the inbox holds one, too.
        world
            .act(alice, router, sweep(work, asset))
            .refused(IRouter::SweepFailed { work, asset });
    }
}

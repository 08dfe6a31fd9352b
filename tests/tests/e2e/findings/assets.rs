//! Assets and payees that are something else than they seem.

use crate::calls::{claim, ledger, pay, settle_up, sweep};
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use lineage_tests::World;
use lineage_tests::abi::{IProvenance, IRouter};
use lineage_tests::bytecode::{always, creation};
use lineage_tests::world::{GALLERY, NATIVE};

fn inbox(world: &World, id: u64) -> Address {
    world.view(world.router, IRouter::inboxCall { id })
}

#[test]
fn r3_programs_and_inboxes_are_no_assets() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let [work, other, bare] = [(); 3].map(|()| world.work(GALLERY, alice).register());
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
    let work = world.work(GALLERY, bob).register();
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

/// Fills the ledger of a work whose only payee is `owner`, with coins that come back each time.
fn fill(world: &mut World, work: u64, owner: Address, coin: Address) {
    const COINS: u128 = 1 << 125;
    world.fund(coin, owner, COINS);
    for round in 1..=8 {
        let amount = COINS - u128::from(round == 8);
        world.pay(owner, work, coin, amount);
        assert_eq!(world.claim(work, coin, 0), amount);
    }
    let full = world.view(world.router, ledger(work, coin));
    assert_eq!((full.received, full.settled), (u128::MAX, 0));
}

#[test]
fn r5_full_ledger_holds_up_nobody_else() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let full = world.open_work(GALLERY, alice, &[]);
    let other = world.open_work(GALLERY, carol, &[]);
    let child = world
        .work(GALLERY, bob)
        .parents(&[(full, 1_000), (other, 1_000)])
        .register();
    let coin = world.deploy("Coin");
    fill(&mut world, full, alice, coin);
    world.fund(coin, bob, 200);
    for round in 1..=2 {
        world.pay(bob, child, coin, 100);
        let done = world.act(bob, router, settle_up(&[child], coin, 9)).done();
        assert!(done.answer().is_empty());
        let settled: IRouter::Settled = done.only(router);
        let marks = (settled.from.to::<u128>(), settled.to.to::<u128>());
        assert_eq!(marks, (100 * (round - 1), 100 * round));
        // The other parent and the child's own payee have all of theirs.
        assert_eq!(world.claim(other, coin, 0), 10);
        assert_eq!(world.claim(child, coin, 0), 80);
        // What does not fit is credited to nobody.
        assert_eq!(world.claimable(full, coin, 0), 0);
    }
    assert_eq!(world.balance(router, coin), 20);
    // Whoever pays the full work itself keeps the coins.
    world
        .act(alice, router, pay(full, coin, 1))
        .refused(IRouter::LedgerOverflow {
            work: full,
            asset: coin,
        });
}

#[test]
fn r6_asset_that_says_whatever_is_asked_credits_nothing() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    // Nothing, or less than a word, is no balance.
    for answer in [Vec::new(), vec![1; 31]] {
        let asset = world.deploy_code(creation(&always(&answer)));
        world
            .act(alice, router, pay(work, asset, 2))
            .refused(IRouter::AssetCallFailed { asset });
    }
    // A word that is no yes, a yes that moves nothing, and the same with more behind it.
    for answer in [
        U256::MAX.abi_encode(),
        true.abi_encode(),
        (true, U256::MAX).abi_encode(),
    ] {
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

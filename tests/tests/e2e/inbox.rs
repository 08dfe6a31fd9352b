//! Inboxes: paid by bare transfers, emptied by sweeping, and good for nothing else.

use crate::calls::{ledger, sweep};
use alloy_primitives::{Address, U256, keccak256};
use alloy_sol_types::SolValue;
use lineage_tests::World;
use lineage_tests::abi::{Coin, IRouter};
use lineage_tests::world::{GALLERY, NATIVE};
use stylus_chain::{Status, Transaction};

fn inbox(world: &World, work: u64) -> Address {
    world.view(world.router, IRouter::inboxCall { id: work })
}

fn transfer(world: &mut World, to: Address, wei: u64) -> Status {
    let payment = Transaction::transfer(world.dave, to, U256::from(wei)).gas_limit(21_000 + 2_300);
    world
        .chain
        .send(payment)
        .expect("the transaction is valid")
        .receipt
        .status
}

#[test]
fn inbox_is_where_the_rule_says() {
    let mut world = World::new();
    let alice = world.alice;
    for work in 1..=3 {
        world.work(GALLERY, alice).register();
        let salt = keccak256((U256::from(412_346), U256::from(work)).abi_encode());
        let expected = world
            .router
            .create2_from_code(salt, logic::inbox::INIT_CODE);
        assert_eq!(inbox(&world, work), expected);
    }
}

#[test]
fn bare_ether_is_swept_before_and_after_the_inbox_exists() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    let inbox = inbox(&world, work);
    let mut total = 0;
    for wei in [1_000, 234] {
        assert_eq!(transfer(&mut world, inbox, wei), Status::Success);
        let done = world.act(bob, router, sweep(work, NATIVE)).done();
        assert_eq!(done.answer(), U256::from(wei));
        let paid: IRouter::Paid = done.only(router);
        assert_eq!(
            (paid.work, paid.asset, paid.payer, paid.amount),
            (work, NATIVE, inbox, U256::from(wei))
        );
        assert_eq!((paid.r#ref.is_zero(), paid.way), (true, 1));
        total += u128::from(wei);
        assert_eq!(world.view(router, ledger(work, NATIVE)).received, total);
    }
    assert_eq!(
        (world.balance(inbox, NATIVE), world.balance(router, NATIVE)),
        (0, total)
    );
    let runtime = logic::inbox::runtime(&router.0);
    assert_eq!(world.chain.code(inbox).to_vec(), runtime);
}

#[test]
fn coins_are_swept() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    let inbox = inbox(&world, work);
    for name in ["Coin", "SilentCoin"] {
        let coin = world.deploy(name);
        world
            .act(
                alice,
                coin,
                Coin::mintCall {
                    to: inbox,
                    amount: U256::from(77),
                },
            )
            .done();
        let done = world.act(bob, router, sweep(work, coin)).done();
        assert_eq!(done.answer(), U256::from(77));
        let [paid] = &done.events::<IRouter::Paid>(router)[..] else {
            panic!("one Paid")
        };
        assert_eq!(
            (paid.work, paid.asset, paid.payer, paid.amount),
            (work, coin, inbox, U256::from(77))
        );
        assert_eq!(
            (world.balance(inbox, coin), world.balance(router, coin)),
            (0, 77)
        );
        assert_eq!(world.claimable(work, coin, 0), 77);
    }
}

#[test]
fn sweeping_nothing_is_nothing_done() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let coin = world.deploy("Coin");
    let work = world.work(GALLERY, alice).register();
    for asset in [NATIVE, coin] {
        let before = world.dump();
        let done = world.act(alice, router, sweep(work, asset)).done();
        assert_eq!(done.answer(), U256::ZERO);
        assert!(done.receipt.logs.is_empty());
        assert_eq!(world.dump(), before);
    }
    assert!(world.chain.code(inbox(&world, work)).is_empty());
}

#[test]
fn sweeping_an_unknown_work_or_no_asset_is_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    world
        .act(alice, router, sweep(1, NATIVE))
        .refused(IRouter::UnknownWork { work: 1 });
    let work = world.work(GALLERY, alice).register();
    world
        .act(alice, router, sweep(work, bob))
        .refused(IRouter::AssetWithoutCode { asset: bob });
    world
        .act(alice, router, sweep(work, router))
        .refused(IRouter::AssetCallFailed { asset: router });
}

#[test]
fn sweep_that_moves_nothing_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let coin = world.deploy("FalseCoin");
    let work = world.work(GALLERY, alice).register();
    let inbox = inbox(&world, work);
    world
        .act(
            alice,
            coin,
            Coin::mintCall {
                to: inbox,
                amount: U256::from(5),
            },
        )
        .done();
    world
        .act(alice, coin, Coin::failCall { whether: true })
        .done();
    world
        .act(alice, router, sweep(work, coin))
        .refused(IRouter::SweepFailed { work, asset: coin });
}

#[test]
fn inbox_that_cannot_be_deployed_is_named() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let inbox = inbox(&world, work);
    assert_eq!(transfer(&mut world, inbox, 5), Status::Success);
    // An account that was used before is no place for a new contract (EIP-684). No chain lets it come to this.
    world.chain.set_nonce(inbox, 1);
    world.watch(inbox);
    world
        .act(alice, router, sweep(work, NATIVE))
        .refused(IRouter::InboxDeploymentFailed { work });
    world.chain.set_nonce(inbox, 0);
    world.act(alice, router, sweep(work, NATIVE)).done();
    assert_eq!(world.claimable(work, NATIVE, 0), 5);
}

#[test]
fn sweep_of_a_coin_that_takes_most_of_it_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let coin = world.deploy("FeeCoin");
    let work = world.work(GALLERY, alice).register();
    let inbox = inbox(&world, work);
    world
        .act(
            alice,
            coin,
            Coin::mintCall {
                to: inbox,
                amount: U256::from(1_000),
            },
        )
        .done();
    world
        .act(
            alice,
            coin,
            Coin::chargeCall {
                bps: U256::from(5_010),
            },
        )
        .done();
    let refusal = IRouter::GainTooSmall {
        asset: coin,
        got: U256::from(499),
        expected: U256::from(1_000),
    };
    world.act(alice, router, sweep(work, coin)).refused(refusal);
    world
        .act(
            alice,
            coin,
            Coin::chargeCall {
                bps: U256::from(1_000),
            },
        )
        .done();
    assert_eq!(
        world.act(alice, router, sweep(work, coin)).done().answer(),
        U256::from(900)
    );
}

#[test]
fn strangers_calldata_does_nothing_and_fits_in_2300_gas() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let coin = world.deploy("Coin");
    let work = world.work(GALLERY, alice).register();
    let inbox = inbox(&world, work);
    transfer(&mut world, inbox, 1);
    world.act(bob, router, sweep(work, NATIVE)).done();
    world
        .act(
            alice,
            coin,
            Coin::mintCall {
                to: inbox,
                amount: U256::from(9),
            },
        )
        .done();
    world.watch(inbox);
    let order = logic::inbox::order(&coin.0, 9).to_vec();
    let before = (world.dump(), world.balance(inbox, coin));
    let receipt = world.act_raw(bob, inbox, order).receipt().receipt;
    assert_eq!(
        (receipt.status, receipt.output.len(), receipt.logs.len()),
        (Status::Success, 0, 0)
    );
    assert_eq!((world.dump(), world.balance(inbox, coin)), before);
    assert_eq!(transfer(&mut world, inbox, 8), Status::Success);
    assert_eq!(world.balance(inbox, NATIVE), 8);
}

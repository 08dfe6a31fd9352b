//! Who chooses when and how a payee is paid, and what income looks like.

use crate::calls::{claim, claim_many, claim_to, pay, reserve};
use crate::other_router::replace_router;
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use lineage_tests::World;
use lineage_tests::abi::{IRouter, Saver};
use lineage_tests::bytecode::creation;
use lineage_tests::world::{GALLERY, NATIVE};
use stylus_chain::Transaction;
use stylus_chain::arbos::predeploys::ARB_WASM;

/// A work whose payee saves what it gets in a vault that takes much gas, and bears the vault's failure.
fn saving() -> (World, u64, Address, Address) {
    let mut world = World::new();
    // Wastes memory: MLOAD(0x7ffe0), STOP.
    let vault = world.deploy_code(creation(&[0x62, 0x07, 0xff, 0xe0, 0x51, 0x00]));
    let saver = world.deploy("Saver");
    let save = Saver::saveInCall { to: vault };
    world.act(world.erin, saver, save).done();
    let work = world.work(GALLERY, saver).register();
    world.pay(world.bob, work, NATIVE, 100);
    (world, work, saver, vault)
}

#[test]
fn r29_payee_that_reserves_its_claims_is_starved_by_nobody() {
    let (mut world, work, saver, vault) = saving();
    let (carol, router) = (world.carol, world.router);
    // With so much gas a claim ends well and the vault gets nothing.
    let mut stingy = Transaction::call(carol, router, claim(work, NATIVE, 0).abi_encode());
    stingy.gas_limit = 238_000;
    let start = world.chain.snapshot();
    assert!(
        world
            .chain
            .send(stingy.clone())
            .expect("valid")
            .status
            .is_success()
    );
    assert_eq!(
        (world.balance(vault, NATIVE), world.balance(saver, NATIVE)),
        (0, 100)
    );
    assert!(world.chain.revert_to(start));

    let by_itself = |call: Vec<u8>| Saver::actCall {
        target: router,
        data: call.into(),
    };
    let reserving = by_itself(reserve(work, 0, true).abi_encode());
    let done = world.act(carol, saver, reserving).done();
    let event: IRouter::ClaimsReserved = done.only(router);
    assert_eq!((event.work, event.payee, event.reserved), (work, 0, true));
    let held = world.view(router, IRouter::claimsReservedCall { work, payee: 0 });
    assert!(held);
    let refusal = || IRouter::ClaimReserved { work, payee: 0 };
    world
        .act(carol, router, claim(work, NATIVE, 0))
        .refused(refusal());
    world
        .act(carol, router, claim_many(&[(work, 0)], NATIVE))
        .refused(refusal());
    let claiming = by_itself(claim(work, NATIVE, 0).abi_encode());
    world.act(carol, saver, claiming).done();
    assert_eq!(world.balance(vault, NATIVE), 100);
}

#[test]
fn reservation_is_one_payees_and_can_be_taken_back() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let work = world
        .work(GALLERY, carol)
        .payees(&[(alice, 5_000), (bob, 2_500), (alice, 2_500)])
        .roles(&[7, 8, 9])
        .register();
    world.pay(carol, work, NATIVE, 400);
    let refusal = IRouter::NotPayee {
        caller: bob,
        payee: alice,
    };
    world
        .act(bob, router, reserve(work, 0, true))
        .refused(refusal);
    world.act(alice, router, reserve(work, 0, true)).done();
    // Nothing else of the payee changes, and no other payee.
    let payees = world.view(router, IRouter::payeesCall { id: work });
    let read: Vec<_> = payees
        .iter()
        .map(|payee| (payee.account, payee.share, payee.role))
        .collect();
    assert_eq!(
        read,
        [(alice, 5_000, 7), (bob, 2_500, 8), (alice, 2_500, 9)]
    );
    assert_eq!(world.claim(work, NATIVE, 1), 100);
    assert_eq!(world.claim(work, NATIVE, 2), 100);
    world
        .act(bob, router, claim_many(&[(work, 2), (work, 0)], NATIVE))
        .refused(IRouter::ClaimReserved { work, payee: 0 });
    let own = world
        .act(alice, router, claim_many(&[(work, 0)], NATIVE))
        .done();
    assert_eq!(own.answer(), U256::from(200));
    world.pay(carol, work, NATIVE, 400);
    let elsewhere = world
        .act(alice, router, claim_to(work, NATIVE, 0, bob))
        .done();
    assert_eq!(elsewhere.answer(), U256::from(200));
    world.pay(carol, work, NATIVE, 400);
    let opened = world.act(alice, router, reserve(work, 0, false)).done();
    let event: IRouter::ClaimsReserved = opened.only(router);
    assert_eq!((event.work, event.payee, event.reserved), (work, 0, false));
    assert_eq!(world.claim(work, NATIVE, 0), 200);
    for (work, payee) in [(work, 3), (work, 255)] {
        world
            .act(alice, router, reserve(work, payee, true))
            .refused(IRouter::UnknownPayee { work, payee });
    }
    world
        .act(alice, router, reserve(2, 0, true))
        .refused(IRouter::UnknownWork { work: 2 });
}

#[test]
fn r30_payment_whose_reference_is_a_childs_id_is_no_fee() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parent = world.open_work(GALLERY, alice, &[]);
    let child = world
        .work(GALLERY, bob)
        .parents(&[(parent, 100)])
        .register();
    let mut call = pay(parent, NATIVE, 5);
    call.r#ref = B256::from(U256::from(child));
    let paid: IRouter::Paid = world.act(bob, router, call).value(5).done().only(router);
    assert_eq!((paid.r#ref, paid.way), (B256::from(U256::from(child)), 0));
}

/// Registers a child of work 1 over whatever licensing the world's router has. Returns how much gas that took.
fn refused_by_licensing(world: &mut World, licensing: Address) -> u64 {
    let parent = IRouter::Parent {
        work: 1,
        share: 0,
        version: 1,
        cover: 0,
    };
    let call = IRouter::registerCall {
        creator: world.bob,
        kind: 0,
        parents: vec![parent],
        payees: Vec::new(),
    };
    let router = world.router;
    let asked = Transaction::call(GALLERY, router, call.abi_encode());
    let gas = world.chain.call(asked).expect("valid").gas_used;
    world
        .act(GALLERY, router, call)
        .refused(IRouter::LicensingFailed { licensing });
    gas
}

/// What one parent's consent is given at most, and twice what registering takes beside it.
const CONSENT: u64 = 150_000 + 100_000;

#[test]
fn r31_licensing_that_takes_all_its_gas_is_named_and_takes_no_more() {
    let mut world = World::new();
    let alice = world.alice;
    // INVALID, which takes all gas; and a revert without data.
    for code in [&[0xfe][..], &[0x5f, 0x5f, 0xfd]] {
        let licensing = world.deploy_code(creation(code));
        replace_router(&mut world, licensing, Address::ZERO);
        world.work(GALLERY, alice).register();
        let gas = refused_by_licensing(&mut world, licensing);
        assert!(gas < CONSENT, "{gas}");
    }
}

#[test]
fn r31_licensing_that_has_expired_is_named_and_takes_no_more() {
    const YEAR: u64 = 366 * 86_400;
    let mut world = World::new();
    let (alice, router, licensing) = (world.alice, world.router, world.licensing);
    world.open_work(GALLERY, alice, &[]);
    world.chain.increase_time(YEAR);
    let awake = stylus_chain::deploy::activate(alice, router, U256::from(10).pow(U256::from(17)));
    assert_eq!(awake.to, Some(ARB_WASM));
    assert!(world.chain.send(awake).expect("valid").status.is_success());
    let gas = refused_by_licensing(&mut world, licensing);
    assert!(gas < CONSENT, "{gas}");
    // What needs no consent goes on.
    assert_eq!(world.work(GALLERY, alice).register(), 2);
}

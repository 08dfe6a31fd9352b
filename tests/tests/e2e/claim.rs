//! Claims: who gets what, once.

use crate::calls::{claim, claim_many, claim_to, pay};
use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::{Actor, IRouter};
use lineage_tests::bytecode::creation;
use lineage_tests::world::{GALLERY, NATIVE};

#[test]
fn claim_pays_the_payee_whoever_calls() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let work = world.work(GALLERY, alice).register();
    world.pay(carol, work, NATIVE, 1_000);
    let before = world.balance(alice, NATIVE);
    let done = world.act(bob, router, claim(work, NATIVE, 0)).done();
    assert_eq!(done.answer(), U256::from(1_000));
    let claimed: IRouter::Claimed = done.only(router);
    assert_eq!(
        (claimed.work, claimed.asset, claimed.to),
        (work, NATIVE, alice)
    );
    assert_eq!(
        (claimed.epoch, claimed.payee, claimed.amount),
        (0, 0, U256::from(1_000))
    );
    assert_eq!(world.balance(alice, NATIVE), before + 1_000);
    assert_eq!(world.balance(router, NATIVE), 0);
}

#[test]
fn i5_payees_divide_what_is_kept_and_the_dust_stays() {
    let mut world = World::new();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let work = world
        .work(GALLERY, alice)
        .payees(&[(alice, 3_333), (bob, 3_333), (carol, 3_334)])
        .register();
    world.pay(alice, work, NATIVE, 10_001);
    assert_eq!(
        [0, 1, 2].map(|payee| world.claim(work, NATIVE, payee)),
        [3_333, 3_333, 3_334]
    );
    assert_eq!(world.balance(world.router, NATIVE), 1);
    world.pay(alice, work, NATIVE, 9_999);
    assert_eq!(
        [0, 1, 2].map(|payee| world.claim(work, NATIVE, payee)),
        [3_333, 3_333, 3_334]
    );
    assert_eq!(world.balance(world.router, NATIVE), 0);
}

#[test]
fn claiming_needs_no_settling() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.open_work(GALLERY, alice, &[]);
    let child = world
        .work(GALLERY, bob)
        .parents(&[(parent, 2_000)])
        .register();
    world.pay(alice, child, NATIVE, 100);
    assert_eq!(world.claim(child, NATIVE, 0), 80);
    assert_eq!(world.claimable(parent, NATIVE, 0), 0);
    world.settle(&[child], NATIVE);
    assert_eq!(world.claim(parent, NATIVE, 0), 20);
}

#[test]
fn nothing_due_is_nothing_done() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    let before = world.dump();
    let done = world.act(bob, router, claim(work, NATIVE, 0)).done();
    assert_eq!(done.answer(), U256::ZERO);
    assert!(done.receipt.logs.is_empty());
    assert_eq!(world.dump(), before);
}

#[test]
fn unknown_payees_and_works_are_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    world
        .act(alice, router, claim(work, NATIVE, 1))
        .refused(IRouter::UnknownPayee { work, payee: 1 });
    world
        .act(alice, router, claim(work, NATIVE, 255))
        .refused(IRouter::UnknownPayee { work, payee: 255 });
    world
        .act(alice, router, claim(2, NATIVE, 0))
        .refused(IRouter::UnknownWork { work: 2 });
    world
        .act(alice, router, claim_many(&[(work, 0), (2, 0)], NATIVE))
        .refused(IRouter::UnknownWork { work: 2 });
}

#[test]
fn claim_many_is_one_transfer_of_the_sum() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let first = world
        .work(GALLERY, alice)
        .payees(&[(bob, 4_000), (alice, 6_000)])
        .register();
    let second = world.work(GALLERY, alice).register();
    world.pay(bob, first, NATIVE, 1_000);
    world.pay(bob, second, NATIVE, 50);
    let before = world.balance(alice, NATIVE);
    // The same position twice pays once.
    let done = world
        .act(
            bob,
            router,
            claim_many(&[(first, 1), (second, 0), (first, 1)], NATIVE),
        )
        .done();
    assert_eq!(done.answer(), U256::from(650));
    assert_eq!(world.balance(alice, NATIVE), before + 650);
    let claimed: Vec<IRouter::Claimed> = done.events(router);
    let amounts: Vec<_> = claimed
        .iter()
        .map(|event| (event.work, event.payee, event.amount.to::<u64>()))
        .collect();
    assert_eq!(amounts, [(first, 1, 600), (second, 0, 50)]);
}

#[test]
fn claim_many_of_nothing_is_nothing() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    assert_eq!(
        world
            .act(alice, router, claim_many(&[], NATIVE))
            .done()
            .answer(),
        U256::ZERO
    );
}

#[test]
fn claim_many_for_two_recipients_is_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let first = world.work(GALLERY, alice).register();
    let second = world.work(GALLERY, bob).register();
    world.pay(alice, first, NATIVE, 9);
    let refusal = IRouter::RecipientsDiffer {
        got: bob,
        expected: alice,
    };
    world
        .act(
            alice,
            router,
            claim_many(&[(first, 0), (second, 0)], NATIVE),
        )
        .refused(refusal);
}

#[test]
fn claim_to_is_the_payees_alone() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let work = world.work(carol, alice).register();
    world.pay(bob, work, NATIVE, 70);
    for stranger in [bob, carol] {
        let refusal = IRouter::NotPayee {
            caller: stranger,
            payee: alice,
        };
        world
            .act(stranger, router, claim_to(work, NATIVE, 0, stranger))
            .refused(refusal);
    }
    let before = world.balance(bob, NATIVE);
    let done = world
        .act(alice, router, claim_to(work, NATIVE, 0, bob))
        .done();
    assert_eq!(done.only::<IRouter::Claimed>(router).to, bob);
    assert_eq!(world.balance(bob, NATIVE), before + 70);
}

#[test]
fn claim_to_nowhere_is_refused() {
    let mut world = World::new();
    let (alice, router, licensing) = (world.alice, world.router, world.licensing);
    let work = world.work(GALLERY, alice).register();
    world.pay(alice, work, NATIVE, 70);
    let inbox = world.view(router, IRouter::inboxCall { id: work });
    for account in [Address::ZERO, router, licensing, GALLERY, inbox] {
        world
            .act(alice, router, claim_to(work, NATIVE, 0, account))
            .refused(IRouter::PayeeRefused { account });
    }
}

#[test]
fn payee_that_refuses_ether_blocks_nobody_else() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let refuser = world.deploy("Actor");
    world
        .act(alice, refuser, Actor::refuseCall { whether: true })
        .done();
    let work = world
        .work(GALLERY, alice)
        .payees(&[(refuser, 5_000), (alice, 5_000)])
        .register();
    world.pay(alice, work, NATIVE, 100);
    let refusal = IRouter::NativeTransferFailed {
        to: refuser,
        amount: U256::from(50),
    };
    world
        .act(alice, router, claim(work, NATIVE, 0))
        .refused(refusal);
    assert_eq!(world.claim(work, NATIVE, 1), 50);
    // Its money waits, and it can have it sent elsewhere.
    let elsewhere = alloy_sol_types::SolCall::abi_encode(&claim_to(work, NATIVE, 0, alice));
    let act = Actor::actCall {
        target: router,
        value: U256::ZERO,
        data: elsewhere.into(),
    };
    world.act(alice, refuser, act).done();
    assert_eq!(world.balance(router, NATIVE), 0);
}

#[test]
fn i4_paying_and_claiming_in_parts_changes_nothing() {
    let amounts = [1, 9_999, 3, 77_777, 10_001];
    let payees = |world: &World| [(world.alice, 1), (world.bob, 3_332), (world.carol, 6_667)];
    let mut between = World::new();
    let alice = between.alice;
    let named = payees(&between);
    let work = between.work(GALLERY, alice).payees(&named).register();
    let mut sums = [0; 3];
    for amount in amounts {
        between.pay(alice, work, NATIVE, amount);
        for payee in [2, 0, 1] {
            sums[usize::from(payee)] += between.claim(work, NATIVE, payee);
        }
    }
    let mut after = World::new();
    let work = after.work(GALLERY, alice).payees(&named).register();
    after
        .act(alice, after.router, pay(work, NATIVE, amounts.iter().sum()))
        .value(amounts.iter().sum())
        .done();
    assert_eq!(
        sums,
        [0, 1, 2].map(|payee| after.claim(work, NATIVE, payee))
    );
}

#[test]
fn payee_that_answers_with_a_flood_costs_no_more_than_making_it() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    // PUSH3 65536, PUSH0, RETURN: its own memory costs it 14,336 gas, and copying the answer would open a page of ours.
    let flood = world.deploy_code(creation(&[0x62, 0x01, 0x00, 0x00, 0x5f, 0xf3]));
    let quiet = world.deploy_code(creation(&[0x5f, 0x5f, 0xf3, 0x00, 0x00, 0x00]));
    let gas = [flood, quiet].map(|payee| {
        let work = world.work(alice, payee).register();
        world.pay(bob, work, NATIVE, 1_000);
        let done = world.act(bob, router, claim(work, NATIVE, 0)).done();
        assert_eq!(world.balance(payee, NATIVE), 1_000);
        done.receipt.gas_used
    });
    assert!(gas[0] - gas[1] <= 14_336 + 1, "{gas:?}");
}

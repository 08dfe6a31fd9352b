//! Re-entrancy: what a token's hook may not do, and what a payee may.

use crate::calls::{
    accept, claim, claim_many, claim_to, ledger, offer, pay, reserve, settle_up, sweep,
};
use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolError};
use lineage_tests::World;
use lineage_tests::abi::{Actor, Coin, IRouter};
use lineage_tests::world::{GALLERY, NATIVE};

/// Every function that changes state, as a hook would call it.
fn acts(router: Address, work: u64, coin: Address) -> Vec<(Address, u128, Vec<u8>)> {
    let register = IRouter::registerCall {
        creator: coin,
        kind: 0,
        parents: Vec::new(),
        payees: Vec::new(),
    };
    [
        (0, register.abi_encode()),
        (1, pay(work, NATIVE, 1).abi_encode()),
        (0, pay(work, coin, 1).abi_encode()),
        (0, sweep(work, coin).abi_encode()),
        (0, settle_up(&[work], coin, 9).abi_encode()),
        (0, claim(work, coin, 0).abi_encode()),
        (0, claim(work, NATIVE, 0).abi_encode()),
        (0, claim_many(&[(work, 0)], coin).abi_encode()),
        (0, claim_to(work, coin, 0, coin).abi_encode()),
        (0, offer(work, 0, router).abi_encode()),
        (0, accept(work, 0).abi_encode()),
        (0, reserve(work, 0, true).abi_encode()),
    ]
    .map(|(value, data)| (router, value, data))
    .to_vec()
}

/// A work that a token with a plan is payee of, so that nothing but the lock refuses its acts.
fn hooked() -> (World, Address, u64) {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let coin = world.deploy("HookCoin");
    world.chain.set_balance(coin, U256::from(1_000));
    world.fund(coin, bob, 1_000);
    let approve = Coin::approveCall {
        spender: world.router,
        amount: U256::MAX,
    }
    .abi_encode();
    let itself = Actor::actCall {
        target: coin,
        value: U256::ZERO,
        data: approve.into(),
    };
    world.act(alice, coin, itself).done();
    world
        .act(
            alice,
            coin,
            Coin::mintCall {
                to: coin,
                amount: U256::from(50),
            },
        )
        .done();
    let work = world.work(alice, coin).register();
    world.pay(bob, work, NATIVE, 100);
    world.pay(bob, work, coin, 100);
    (world, coin, work)
}

#[test]
fn hook_of_a_token_paid_in_can_do_nothing() {
    let (mut world, coin, work) = hooked();
    let (bob, router) = (world.bob, world.router);
    world.plan(coin, acts(router, work, coin));
    world.pay(bob, work, coin, 10);
    assert_locked(&world, coin, 12);
    let books = world.view(router, ledger(work, coin));
    assert_eq!(books.received, 110);
    assert_eq!(world.balance(router, coin), 110);
}

#[test]
fn hook_of_a_token_claimed_can_do_nothing() {
    let (mut world, coin, work) = hooked();
    let (bob, router) = (world.bob, world.router);
    let start = world.chain.snapshot();
    world.act(bob, router, claim(work, coin, 0)).done();
    let undisturbed = world.chain.storage_dump(router);
    assert!(world.chain.revert_to(start));
    world.plan(coin, acts(router, work, coin));
    let done = world.act(bob, router, claim(work, coin, 0)).done();
    assert_eq!(done.answer(), U256::from(100));
    assert_locked(&world, coin, 12);
    assert_eq!(world.chain.storage_dump(router), undisturbed);
    assert_eq!(
        (world.balance(router, coin), world.claimable(work, coin, 0)),
        (0, 0)
    );
    assert_eq!(world.balance(router, NATIVE), 100);
}

#[test]
fn hook_of_a_token_swept_can_do_nothing() {
    let (mut world, coin, work) = hooked();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let inbox = world.view(router, IRouter::inboxCall { id: work });
    world
        .act(
            alice,
            coin,
            Coin::mintCall {
                to: inbox,
                amount: U256::from(7),
            },
        )
        .done();
    world.plan(coin, acts(router, work, coin));
    // And bare ether is refused from it in the middle of a sweep.
    assert_eq!(
        world.act(bob, router, sweep(work, coin)).done().answer(),
        U256::from(7)
    );
    assert_locked(&world, coin, 12);
    world.plan(coin, vec![(router, 1, Vec::new())]);
    world
        .act(
            alice,
            coin,
            Coin::mintCall {
                to: inbox,
                amount: U256::from(7),
            },
        )
        .done();
    world.act(bob, router, sweep(work, coin)).done();
    let refusal = IRouter::EtherRefused { from: coin }.abi_encode();
    assert_eq!(world.results(coin).last(), Some(&(false, refusal)));
    assert_eq!(world.view(router, ledger(work, coin)).received, 114);
}

fn assert_locked(world: &World, coin: Address, count: usize) {
    let results = world.results(coin);
    assert_eq!(results.len(), count);
    for (number, result) in results.into_iter().enumerate() {
        assert_eq!(
            result,
            (false, IRouter::Locked {}.abi_encode()),
            "act {number}"
        );
    }
}

#[test]
fn views_answer_while_locked() {
    let (mut world, coin, work) = hooked();
    let (bob, router) = (world.bob, world.router);
    let view = IRouter::claimableCall {
        id: work,
        epoch: 0,
        asset: coin,
        payee: 0,
    };
    world.plan(coin, vec![(router, 0, view.abi_encode())]);
    world.pay(bob, work, coin, 10);
    // The payment in progress is not credited yet.
    assert_eq!(
        world.results(coin),
        [(true, U256::from(100).to_be_bytes_vec())]
    );
}

#[test]
fn lock_is_given_back_after_a_refusal() {
    let (mut world, coin, work) = hooked();
    let (bob, router) = (world.bob, world.router);
    let actor = world.deploy("Actor");
    world.fund(coin, bob, 100);
    // One transaction: a payment that fails under the lock, then one that succeeds.
    let approve = Coin::approveCall {
        spender: router,
        amount: U256::MAX,
    }
    .abi_encode();
    world
        .act(
            bob,
            coin,
            Coin::mintCall {
                to: actor,
                amount: U256::from(5),
            },
        )
        .done();
    let calls = vec![
        (router, 0, pay(work, coin, 5).abi_encode()),
        (coin, 0, approve),
        (router, 0, pay(work, coin, 5).abi_encode()),
    ];
    world.plan(actor, calls);
    world.act_raw(bob, actor, Vec::new()).done();
    let succeeded: Vec<bool> = world
        .results(actor)
        .into_iter()
        .map(|(success, _)| success)
        .collect();
    assert_eq!(succeeded, [false, true, true]);
}

#[test]
fn payee_may_pay_settle_and_claim_while_it_is_paid() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let actor = world.deploy("Actor");
    let parent = world.open_work(GALLERY, alice, &[]);
    let work = world
        .work(alice, actor)
        .parents(&[(parent, 1_000)])
        .register();
    let second = world.work(alice, actor).register();
    world.pay(bob, work, NATIVE, 1_000);
    world.pay(bob, second, NATIVE, 30);
    let calls = vec![
        (router, 0, claim(work, NATIVE, 0).abi_encode()), // again, for nothing
        (router, 100, pay(work, NATIVE, 100).abi_encode()),
        (router, 0, settle_up(&[work], NATIVE, 9).abi_encode()),
        (router, 0, claim(second, NATIVE, 0).abi_encode()),
        (router, 0, claim(parent, NATIVE, 0).abi_encode()),
        (router, 0, offer(work, 0, bob).abi_encode()),
        (router, 0, reserve(work, 0, true).abi_encode()),
    ];
    world.plan(actor, calls);
    let before = world.balance(alice, NATIVE);
    let done = world.act(bob, router, claim(work, NATIVE, 0)).done();
    assert_eq!(done.answer(), U256::from(900));
    let results = world.results(actor);
    assert!(results.iter().all(|(success, _)| *success), "{results:?}");
    assert_eq!(results[0].1, U256::ZERO.to_be_bytes_vec());
    assert_eq!(world.balance(actor, NATIVE), 900 - 100 + 30);
    assert_eq!(world.balance(alice, NATIVE), before + 110);
    assert_eq!(world.claimable(work, NATIVE, 0), 90);
    assert_eq!(world.balance(router, NATIVE), 90);
}

#[test]
fn payee_that_claims_many_again_is_paid_once() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let actor = world.deploy("Actor");
    let works = [(); 3].map(|()| world.work(alice, actor).register());
    for work in works {
        world.pay(bob, work, NATIVE, 10);
    }
    let positions = works.map(|work| (work, 0));
    world.plan(
        actor,
        vec![(router, 0, claim_many(&positions, NATIVE).abi_encode())],
    );
    let done = world
        .act(bob, router, claim_many(&positions, NATIVE))
        .done();
    assert_eq!(done.answer(), U256::from(30));
    assert_eq!(world.results(actor), [(true, U256::ZERO.to_be_bytes_vec())]);
    assert_eq!(
        (world.balance(actor, NATIVE), world.balance(router, NATIVE)),
        (30, 0)
    );
}

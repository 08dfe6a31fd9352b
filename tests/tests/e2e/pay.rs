//! Native payments.

use crate::calls::{REF, ledger, pay};
use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::IRouter;
use lineage_tests::world::{ETHER, GALLERY, NATIVE};
use stylus_chain::{Status, Transaction};

#[test]
fn payment_is_credited_and_held() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let work = world.work(GALLERY, alice).register();
    let done = world
        .act(bob, router, pay(work, NATIVE, 1_234_567_890_123_456_789))
        .value(1_234_567_890_123_456_789)
        .done();
    let paid: IRouter::Paid = done.only(router);
    assert_eq!(
        (paid.work, paid.asset, paid.payer, paid.epoch),
        (work, NATIVE, bob, 0)
    );
    assert_eq!(
        (paid.amount, paid.r#ref),
        (U256::from(1_234_567_890_123_456_789_u64), REF)
    );
    assert_eq!(paid.way, 0);
    let books = world.view(router, ledger(work, NATIVE));
    assert_eq!(
        (books.received, books.settled),
        (1_234_567_890_123_456_789, 0)
    );
    assert_eq!(world.balance(router, NATIVE), 1_234_567_890_123_456_789);
}

#[test]
fn paying_an_unknown_work_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    world
        .act(alice, router, pay(1, NATIVE, 5))
        .value(5)
        .refused(IRouter::UnknownWork { work: 1 });
    let coin = world.deploy("Coin");
    world.fund(coin, alice, 5);
    world
        .act(alice, router, pay(1, coin, 5))
        .refused(IRouter::UnknownWork { work: 1 });
}

#[test]
fn paying_nothing_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("Coin");
    for asset in [NATIVE, coin] {
        world
            .act(alice, router, pay(work, asset, 0))
            .refused(IRouter::AmountZero {});
    }
}

#[test]
fn paying_beyond_128_bits_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("Coin");
    let amount = U256::from(u128::MAX) + U256::from(1);
    world.chain.set_balance(alice, amount + U256::from(ETHER));
    let refusal = || IRouter::AmountTooLarge {
        got: amount,
        max: U256::from(u128::MAX),
    };
    let call = |asset| IRouter::payCall {
        work,
        asset,
        amount,
        r#ref: REF,
    };
    world
        .act(alice, router, call(NATIVE))
        .value_exactly(amount)
        .refused(refusal());
    world.act(alice, router, call(coin)).refused(refusal());
}

#[test]
fn ledger_beyond_128_bits_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("Coin");
    world.fund(coin, alice, u128::MAX);
    world.pay(alice, work, coin, u128::MAX);
    world.fund(coin, alice, 1);
    world
        .act(alice, router, pay(work, coin, 1))
        .refused(IRouter::LedgerOverflow { work, asset: coin });
    assert_eq!(world.claimable(work, coin, 0), u128::MAX);
}

#[test]
fn value_other_than_the_amount_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let coin = world.deploy("Coin");
    world.fund(coin, alice, 7);
    for (asset, amount, value, expected) in [
        (NATIVE, 7, 6, 7),
        (NATIVE, 7, 0, 7),
        (NATIVE, 0, 1, 0),
        (coin, 7, 7, 0),
    ] {
        let refusal = IRouter::ValueMismatch {
            got: U256::from(value),
            expected: U256::from(expected),
        };
        world
            .act(alice, router, pay(work, asset, amount))
            .value(value)
            .refused(refusal);
    }
}

#[test]
fn bare_ether_is_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    world.work(GALLERY, alice).register();
    world
        .act_raw(alice, router, Vec::new())
        .value(1)
        .refused(IRouter::EtherRefused { from: alice });
    world
        .act_raw(alice, router, Vec::new())
        .refused(IRouter::EtherRefused { from: alice });
    // Nor from zero, whose name a lock that nobody holds bears.
    world.chain.set_balance(Address::ZERO, U256::from(ETHER));
    world
        .act_raw(Address::ZERO, router, Vec::new())
        .value(1)
        .refused(IRouter::EtherRefused {
            from: Address::ZERO,
        });
}

#[test]
fn i7_paying_costs_the_same_at_any_depth() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let mut work = world.open_work(GALLERY, alice, &[]);
    let root = work;
    for _ in 0..8 {
        work = world.open_work(GALLERY, alice, &[(work, 1_000)]);
    }
    let gas = |world: &World, work| {
        let input = alloy_sol_types::SolCall::abi_encode(&pay(work, NATIVE, ETHER));
        let payment = Transaction::call(bob, world.router, input).value(U256::from(ETHER));
        let outcome = world.chain.call(payment).expect("the transaction is valid");
        assert_eq!(outcome.status, Status::Success);
        outcome.gas_used
    };
    assert_eq!(gas(&world, root), gas(&world, work));
}

#[test]
fn payer_may_pay_itself_out_of_nothing_it_did_not_send() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    world.pay(alice, work, NATIVE, 10);
    assert_eq!(world.claim(work, NATIVE, 0), 10);
    assert_eq!(world.claim(work, NATIVE, 0), 0);
    assert_eq!(world.balance(router, NATIVE), 0);
    assert_eq!(world.balance(Address::ZERO, NATIVE), 0);
}

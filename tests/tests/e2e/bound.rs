//! Payees that are the work's own ERC-6551 account, named by an address that is nobody's.

use crate::calls::{claim, offer, reserve};
use crate::other_router::replace_router;
use alloy_primitives::{Address, B256, U256, address};
use lineage_tests::World;
use lineage_tests::abi::{IERC6551Registry, IRouter};
use lineage_tests::world::{ETHER, NATIVE};

const IMPLEMENTATION: Address = Address::repeat_byte(0x65);
/// Names the bound account.
const BOUND: Address = address!("0000000000000000000000000000000000006551");

/// A world whose router has an account implementation, and one work of dave's collection: half to its account, half to bob.
fn bound() -> World {
    let mut world = World::new();
    let licensing = world.licensing;
    replace_router(&mut world, licensing, IMPLEMENTATION);
    let (alice, bob, dave) = (world.alice, world.bob, world.dave);
    world
        .work(dave, alice)
        .payees(&[(BOUND, 5_000), (bob, 5_000)])
        .register();
    world
}

/// The account as the registry computes it.
fn account(world: &World) -> Address {
    work_account(world, 1)
}

fn work_account(world: &World, work: u64) -> Address {
    let call = IERC6551Registry::accountCall {
        implementation: IMPLEMENTATION,
        salt: B256::ZERO,
        chainId: U256::from(412_346),
        tokenContract: world.dave,
        tokenId: U256::from(work),
    };
    world.view(world.registry, call)
}

#[test]
fn bound_payee_is_the_account_that_the_registry_makes() {
    let world = bound();
    let payees = world.view(world.router, IRouter::payeesCall { id: 1 });
    assert_eq!(
        payees.iter().map(|payee| payee.account).collect::<Vec<_>>(),
        [account(&world), world.bob]
    );
}

#[test]
fn bound_account_is_paid_before_it_exists() {
    let mut world = bound();
    let (erin, router, account) = (world.erin, world.router, account(&world));
    world.pay(erin, 1, NATIVE, 1_001);
    let done = world.act(erin, router, claim(1, NATIVE, 0)).done();
    assert_eq!(done.answer(), U256::from(500));
    assert_eq!(done.only::<IRouter::Claimed>(router).to, account);
    assert_eq!(world.balance(account, NATIVE), 500);
    assert!(world.chain.code(account).is_empty());
}

#[test]
fn bound_index_cannot_be_handed_over() {
    let mut world = bound();
    let (alice, carol, router, account) = (world.alice, world.carol, world.router, account(&world));
    world.chain.set_balance(account, U256::from(ETHER)); // for gas
    for caller in [alice, account] {
        let refusal = IRouter::PayeeBound { work: 1, payee: 0 };
        world
            .act(caller, router, offer(1, 0, carol))
            .refused(refusal);
    }
}

/// Ids are sequential, so the account's address can be known before the work: named by it, the index is bound no less.
#[test]
fn r32_bound_account_named_by_its_address_cannot_hand_over() {
    let mut world = bound();
    let (alice, bob, dave, router) = (world.alice, world.bob, world.dave, world.router);
    let second = work_account(&world, 2);
    let work = world
        .work(dave, alice)
        .payees(&[(second, 10_000)])
        .register();
    world.chain.set_balance(second, U256::from(ETHER)); // for gas
    let refusal = IRouter::PayeeBound { work, payee: 0 };
    world
        .act(second, router, offer(work, 0, bob))
        .refused(refusal);
}

#[test]
fn account_zero_names_nobody_not_even_the_bound_account() {
    let mut world = bound();
    let (alice, dave) = (world.alice, world.dave);
    let zero = world.work(dave, alice).payees(&[(Address::ZERO, 10_000)]);
    zero.act().refused(IRouter::PayeeRefused {
        account: Address::ZERO,
    });
}

#[test]
fn bound_account_is_refused_where_there_is_no_implementation_for_it() {
    let mut world = World::new();
    let (alice, dave) = (world.alice, world.dave);
    let bound = world.work(dave, alice).payees(&[(BOUND, 10_000)]);
    bound
        .act()
        .refused(IRouter::PayeeRefused { account: BOUND });
}

#[test]
fn bound_account_reserves_its_claims() {
    let mut world = bound();
    let (erin, router, account) = (world.erin, world.router, account(&world));
    world.chain.set_balance(account, U256::from(ETHER)); // for gas
    world.pay(erin, 1, NATIVE, 1_000);
    let refusal = IRouter::NotPayee {
        caller: erin,
        payee: account,
    };
    world
        .act(erin, router, reserve(1, 0, true))
        .refused(refusal);
    world.act(account, router, reserve(1, 0, true)).done();
    let refusal = IRouter::ClaimReserved { work: 1, payee: 0 };
    world
        .act(erin, router, claim(1, NATIVE, 0))
        .refused(refusal);
    let done = world.act(account, router, claim(1, NATIVE, 0)).done();
    assert_eq!(done.answer(), U256::from(500));
    assert_eq!(world.claim(1, NATIVE, 1), 500);
}

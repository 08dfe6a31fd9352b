//! Payees that are the work's own ERC-6551 account, named by address zero.

use crate::calls::{claim, hand_over};
use crate::other_router::replace_router;
use alloy_primitives::{Address, B256, U256};
use lineage_tests::World;
use lineage_tests::abi::{IERC6551Registry, IRouter};
use lineage_tests::world::{ETHER, NATIVE};

const IMPLEMENTATION: Address = Address::repeat_byte(0x65);

/// A world whose router has an account implementation, and one work of dave's collection: half to its account, half to bob.
fn bound() -> World {
    let mut world = World::new();
    let licensing = world.licensing;
    replace_router(&mut world, licensing, IMPLEMENTATION);
    let (alice, bob, dave) = (world.alice, world.bob, world.dave);
    world
        .work(dave, alice)
        .payees(&[(Address::ZERO, 5_000), (bob, 5_000)])
        .register();
    world
}

/// The account as the registry computes it.
fn account(world: &World) -> Address {
    let call = IERC6551Registry::accountCall {
        implementation: IMPLEMENTATION,
        salt: B256::ZERO,
        chainId: U256::from(412_346),
        tokenContract: world.dave,
        tokenId: U256::from(1),
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
            .act(caller, router, hand_over(1, 0, carol))
            .refused(refusal);
    }
}

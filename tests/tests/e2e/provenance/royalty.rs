//! ERC-2981, to the wei and up to the largest price.

use alloy_primitives::{Address, U256, U512};
use lineage_tests::World;
use lineage_tests::abi::{IProvenance, IRouter};
use lineage_tests::world::{ETHER, GALLERY, NATIVE};
use stylus_chain::Transaction;

fn royalty(world: &World, token_id: U256, price: U256) -> (Address, U256) {
    let call = IProvenance::royaltyInfoCall {
        tokenId: token_id,
        salePrice: price,
    };
    let answer = world.view(world.provenance, call);
    (answer.receiver, answer.royaltyAmount)
}

#[test]
fn royalty_is_the_rounded_down_share_of_any_price() {
    let mut world = World::new();
    let alice = world.alice;
    let edges = [0, 1, 19, 20, 9_999, 10_000, 10_001, u64::MAX].map(U256::from);
    let large = [
        U256::from(u128::MAX),
        U256::MAX / U256::from(5_000),
        U256::MAX - U256::from(1),
        U256::MAX,
    ];
    for rate in [0, 1, 333, 500, 4_999, 5_000] {
        let token_id = U256::from(
            world
                .mint(alice)
                .with(|request| request.royalty = rate)
                .send(),
        );
        let inbox = world.view(world.router, IRouter::inboxCall { id: token_id.to() });
        for price in edges.into_iter().chain(large) {
            let exact = U512::from(price) * U512::from(rate) / U512::from(10_000);
            assert_eq!(
                royalty(&world, token_id, price),
                (inbox, exact.to()),
                "{rate} bps of {price}"
            );
        }
    }
}

#[test]
fn royalty_of_no_token_is_nothing_to_nobody() {
    let mut world = World::new();
    let alice = world.alice;
    let minted = U256::from(world.mint(alice).send());
    let foreign = U256::from(world.work(GALLERY, alice).register());
    for token_id in [
        U256::ZERO,
        foreign,
        minted + (U256::from(1) << 64),
        U256::MAX,
    ] {
        assert_eq!(
            royalty(&world, token_id, U256::MAX),
            (Address::ZERO, U256::ZERO)
        );
    }
}

#[test]
fn royalty_paid_by_a_bare_transfer_reaches_creator_and_parent() {
    let mut world = World::new();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    let parent = world.mint_open(alice);
    let child = world
        .mint(bob)
        .parents(&[(parent, 2_000)])
        .with(|request| request.royalty = 750)
        .send();
    let (inbox, amount) = royalty(&world, U256::from(child), U256::from(2 * ETHER + 1));
    assert_eq!(amount, U256::from(2 * ETHER * 75 / 1_000));
    // As a marketplace of old sends it: with the 2,300 gas of `transfer`, to an address where there is no code yet.
    let payment = Transaction::transfer(carol, inbox, amount).gas_limit(21_000 + 2_300);
    assert!(
        world
            .chain
            .send(payment)
            .expect("valid")
            .status
            .is_success()
    );
    let swept = world
        .act(
            carol,
            router,
            IRouter::sweepCall {
                work: child,
                asset: NATIVE,
                most: U256::MAX,
            },
        )
        .done();
    assert_eq!(swept.answer(), amount);
    world.settle(&[child], NATIVE);
    let amount: u128 = amount.to();
    assert_eq!(world.claim(parent, NATIVE, 0), amount / 5);
    assert_eq!(world.claim(child, NATIVE, 0), amount - amount / 5);
    assert_eq!(world.balance(router, NATIVE), 0);
}

//! Parents of a mint: what the router and licensing refuse comes through as they say it.

use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::IProvenance::Parent;
use lineage_tests::abi::{ILicensing, IRouter};

#[test]
fn parents_are_the_works_edges() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parents: Vec<(u64, u16)> = (1..=16)
        .map(|number| (world.mint_open(alice), number * 40))
        .collect();
    let child = world.mint(bob).parents(&parents).send();
    let edges = world.view(router, IRouter::parentsCall { id: child });
    assert_eq!(
        edges
            .iter()
            .map(|edge| (edge.work, edge.share))
            .collect::<Vec<_>>(),
        parents
    );
}

#[test]
fn unknown_parent_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    // The first id there will be is the child's own.
    world
        .mint(alice)
        .parents(&[(1, 100)])
        .act()
        .refused(IRouter::UnknownWork { work: 1 });
}

#[test]
fn closed_parent_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.mint(alice).send();
    world
        .mint(bob)
        .parents(&[(parent, 10_000)])
        .act()
        .refused(ILicensing::ParentClosed { work: parent });
}

#[test]
fn share_under_the_minimum_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.mint(alice).send();
    world.open(parent, alice, 2_000);
    let refusal = ILicensing::ShareTooSmall {
        work: parent,
        got: 1_999,
        min: 2_000,
    };
    world
        .mint(bob)
        .parents(&[(parent, 1_999)])
        .act()
        .refused(refusal);
}

#[test]
fn stale_version_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.mint_open(alice);
    world.open(parent, alice, 0);
    let stale = world
        .mint(bob)
        .parents(&[(parent, 500)])
        .with(|request| request.parents[0].version = 1);
    stale.act().refused(ILicensing::StaleTerms {
        work: parent,
        got: 1,
        current: 2,
    });
}

#[test]
fn cover_that_does_not_exist_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.mint_open(alice);
    let covered = world
        .mint(bob)
        .parents(&[(parent, 500)])
        .with(|request| request.parents[0].cover = 2);
    covered.act().refused(ILicensing::CoverNotOffered {
        work: parent,
        cover: 2,
    });
}

#[test]
fn parents_out_of_order_or_twice_are_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let [first, second] = [(); 2].map(|()| world.mint_open(alice));
    for (previous, work) in [(second, first), (first, first)] {
        let refusal = IRouter::ParentsNotAscending { previous, work };
        world
            .mint(alice)
            .parents(&[(previous, 1), (work, 1)])
            .act()
            .refused(refusal);
    }
}

#[test]
fn shares_over_the_whole_are_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let [first, second] = [(); 2].map(|()| world.mint_open(alice));
    let refusal = IRouter::SharesTooLarge {
        got: U256::from(10_001),
        max: U256::from(10_000),
    };
    world
        .mint(alice)
        .parents(&[(first, 5_000), (second, 5_001)])
        .act()
        .refused(refusal);
    world
        .mint(alice)
        .parents(&[(first, 5_000), (second, 5_000)])
        .send();
}

#[test]
fn seventeenth_parent_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let parents: Vec<(u64, u16)> = (0..17).map(|_| (world.mint_open(alice), 1)).collect();
    let refusal = IRouter::TooManyParents {
        got: U256::from(17),
        max: U256::from(16),
    };
    world.mint(alice).parents(&parents).act().refused(refusal);
}

#[test]
fn payees_that_do_not_add_up_are_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let refusal = IRouter::PayeeSharesMismatch {
        got: U256::from(9_999),
        expected: U256::from(10_000),
    };
    world
        .mint(alice)
        .payees(&[(alice, 5_000), (bob, 4_999)])
        .act()
        .refused(refusal);
    world
        .mint(alice)
        .payees(&[(router, 10_000)])
        .act()
        .refused(IRouter::PayeeRefused { account: router });
    // There is no account implementation to bind one with.
    let bound = IRouter::PayeeRefused {
        account: Address::ZERO,
    };
    world
        .mint(alice)
        .payees(&[(Address::ZERO, 10_000)])
        .act()
        .refused(bound);
}

#[test]
fn words_of_parents_and_payees_are_checked_before_they_are_passed_on() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let parent = world.mint_open(alice);
    let minting = world
        .mint(bob)
        .parents(&[(parent, 500)])
        .payees(&[(bob, 10_000)]);
    let request = minting.request();
    let call = alloy_sol_types::SolCall::abi_encode(&lineage_tests::abi::IProvenance::mintCall {
        request,
    });
    let Parent { work, .. } = minting.request().parents[0];
    // The last nine words are: one parent, its four fields, one payee, its three fields.
    let field = |from_the_end: usize| call.len() - from_the_end * 32;
    assert_eq!(
        call[field(8)..field(7)],
        U256::from(work).to_be_bytes::<32>()
    );
    let fields = [(8, 8), (7, 2), (6, 4), (5, 1), (3, 20), (2, 2), (1, 1)];
    for (from_the_end, size) in fields {
        let mut dirty = call.clone();
        dirty[field(from_the_end) + 31 - size] = 1;
        let offset = U256::from(field(from_the_end));
        world
            .act_raw(bob, provenance, dirty)
            .refused(lineage_tests::abi::IProvenance::MalformedCalldata { offset });
    }
}

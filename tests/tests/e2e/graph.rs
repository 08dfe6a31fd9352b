//! Registering works: ids, edges, what is read back, what is refused.

use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::{ILicensing, IRouter};
use lineage_tests::world::GALLERY;

#[test]
fn ids_count_up_from_one_and_are_the_token_ids() {
    let mut world = World::new();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let done = world.work(carol, alice).kind(2).act().done();
    assert_eq!(done.answer(), 1);
    let registered: IRouter::WorkRegistered = done.only(world.router);
    assert_eq!(
        (registered.work, registered.collection, registered.creator),
        (1, carol, alice)
    );
    assert_eq!(
        (
            registered.kind,
            registered.parents.len(),
            registered.payees.len()
        ),
        (2, 0, 0)
    );
    assert_eq!(world.work(GALLERY, bob).register(), 2);

    let work = world.view(world.router, IRouter::workCall { id: 1 });
    assert_eq!(
        (work.creator, work.collection, work.tokenId),
        (alice, carol, U256::from(1))
    );
    assert_eq!(
        (work.kind, work.keep, work.epoch, work.parents, work.payees),
        (2, 10_000, 0, 0, 1)
    );
    assert_eq!(world.view(world.router, IRouter::workCountCall {}), 2);
    assert_eq!(
        world.view(world.router, IRouter::creatorOfCall { id: 2 }),
        bob
    );
}

#[test]
fn work_of_knows_a_collection_its_own_tokens_only() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let work = world.work(GALLERY, alice).register();
    let of = |collection, token: U256| {
        world.view(
            world.router,
            IRouter::workOfCall {
                collection,
                tokenId: token,
            },
        )
    };
    assert_eq!(of(GALLERY, U256::from(work)), work);
    assert_eq!(of(bob, U256::from(work)), 0);
    assert_eq!(of(Address::ZERO, U256::ZERO), 0);
    assert_eq!(of(GALLERY, U256::from(work) + (U256::from(1) << 64)), 0);
    assert_eq!(of(GALLERY, U256::from(2)), 0);
}

#[test]
fn sixteen_parents_are_read_back_as_named() {
    let mut world = World::new();
    let alice = world.alice;
    let edges: Vec<(u64, u16)> = (1..=16)
        .map(|number| (world.open_work(GALLERY, alice, &[]), number * 50))
        .collect();
    let done = world.work(GALLERY, alice).parents(&edges).act().done();
    let registered: IRouter::WorkRegistered = done.only(world.router);
    let logged: Vec<_> = registered
        .parents
        .iter()
        .map(|parent| (parent.work, parent.share))
        .collect();
    assert_eq!(logged, edges);
    let read = world.view(world.router, IRouter::parentsCall { id: done.answer() });
    let read: Vec<_> = read
        .iter()
        .map(|edge| (edge.work, edge.share, edge.carry, edge.inherited))
        .collect();
    assert_eq!(
        read,
        edges
            .iter()
            .map(|(work, share)| (*work, *share, false, false))
            .collect::<Vec<_>>()
    );
    assert_eq!(
        world
            .view(world.router, IRouter::workCall { id: done.answer() })
            .keep,
        10_000 - 6_800
    );
}

#[test]
fn work_that_gives_everything_has_no_payees() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.open_work(GALLERY, alice, &[]);
    let child = world
        .work(GALLERY, bob)
        .parents(&[(parent, 10_000)])
        .register();
    assert!(
        world
            .view(world.router, IRouter::payeesCall { id: child })
            .is_empty()
    );
    let named = world
        .work(GALLERY, bob)
        .parents(&[(parent, 10_000)])
        .payees(&[(bob, 10_000)])
        .act();
    named.refused(IRouter::TooManyPayees {
        got: U256::from(1),
        max: U256::ZERO,
    });
}

#[test]
fn unknown_parent_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    world
        .work(GALLERY, alice)
        .parents(&[(1, 0)])
        .act()
        .refused(IRouter::UnknownWork { work: 1 });
    let parent = world.open_work(GALLERY, alice, &[]);
    let parents = [(parent, 1), (u64::MAX, 1)];
    world
        .work(GALLERY, alice)
        .parents(&parents)
        .act()
        .refused(IRouter::UnknownWork { work: u64::MAX });
}

#[test]
fn parents_out_of_order_are_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let [first, second] = [(); 2].map(|()| world.open_work(GALLERY, alice, &[]));
    for (parents, previous, work) in [
        ([(second, 1), (first, 1)], second, first),
        ([(first, 1), (first, 1)], first, first),
        ([(0, 1), (first, 1)], 0, 0),
    ] {
        world
            .work(GALLERY, alice)
            .parents(&parents)
            .act()
            .refused(IRouter::ParentsNotAscending { previous, work });
    }
}

#[test]
fn seventeenth_parent_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let parents: Vec<(u64, u16)> = (0..17)
        .map(|_| (world.open_work(GALLERY, alice, &[]), 1))
        .collect();
    let refusal = IRouter::TooManyParents {
        got: U256::from(17),
        max: U256::from(16),
    };
    world
        .work(GALLERY, alice)
        .parents(&parents)
        .act()
        .refused(refusal);
}

#[test]
fn shares_over_the_whole_are_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let [first, second] = [(); 2].map(|()| world.open_work(GALLERY, alice, &[]));
    for (shares, got) in [([5_000, 5_001], 10_001), ([u16::MAX, u16::MAX], 131_070)] {
        let refusal = IRouter::SharesTooLarge {
            got: U256::from(got),
            max: U256::from(10_000),
        };
        world
            .work(GALLERY, alice)
            .parents(&[(first, shares[0]), (second, shares[1])])
            .act()
            .refused(refusal);
    }
}

#[test]
fn creator_zero_and_unknown_kinds_are_refused() {
    let mut world = World::new();
    let alice = world.alice;
    world
        .work(alice, Address::ZERO)
        .act()
        .refused(IRouter::CreatorZero {});
    world
        .work(GALLERY, alice)
        .kind(6)
        .act()
        .refused(IRouter::UnknownKind { kind: 6 });
    for kind in 0..6 {
        world.work(GALLERY, alice).kind(kind).register();
    }
}

#[test]
fn value_without_fees_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let refusal = || IRouter::ValueMismatch {
        got: U256::from(1),
        expected: U256::ZERO,
    };
    world.work(GALLERY, alice).act().value(1).refused(refusal());
    let parent = world.open_work(GALLERY, alice, &[]);
    world
        .work(GALLERY, alice)
        .parents(&[(parent, 100)])
        .act()
        .value(1)
        .refused(refusal());
}

#[test]
fn closed_parent_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.work(GALLERY, alice).register();
    world
        .work(GALLERY, bob)
        .parents(&[(parent, 5_000)])
        .act()
        .refused(ILicensing::ParentClosed { work: parent });
    // Nor does anyone's own work stand open to its creator.
    world
        .work(GALLERY, alice)
        .parents(&[(parent, 5_000)])
        .act()
        .refused(ILicensing::ParentClosed { work: parent });
}

#[test]
fn views_refuse_works_that_do_not_exist() {
    let mut world = World::new();
    let alice = world.alice;
    world.work(GALLERY, alice).register();
    let router = world.router;
    for id in [0, 2, u64::MAX] {
        let refusal = || IRouter::UnknownWork { work: id };
        world
            .act(alice, router, IRouter::workCall { id })
            .refused(refusal());
        world
            .act(alice, router, IRouter::creatorOfCall { id })
            .refused(refusal());
        world
            .act(alice, router, IRouter::parentsCall { id })
            .refused(refusal());
        world
            .act(alice, router, IRouter::payeesCall { id })
            .refused(refusal());
        world
            .act(alice, router, IRouter::inboxCall { id })
            .refused(refusal());
        world
            .act(alice, router, crate::calls::ledger(id, Address::ZERO))
            .refused(refusal());
        let claimed = IRouter::claimedCall {
            id,
            epoch: 0,
            asset: Address::ZERO,
            payee: 0,
        };
        world.act(alice, router, claimed).refused(refusal());
        let claimable = IRouter::claimableCall {
            id,
            epoch: 0,
            asset: Address::ZERO,
            payee: 0,
        };
        world.act(alice, router, claimable).refused(refusal());
    }
}

#[test]
fn epochs_that_have_not_begun_are_refused() {
    let mut world = World::new();
    let (alice, router) = (world.alice, world.router);
    let work = world.work(GALLERY, alice).register();
    let refusal = || IRouter::UnknownEpoch {
        work,
        epoch: 1,
        current: 0,
    };
    let asset = Address::ZERO;
    world
        .act(
            alice,
            router,
            IRouter::ledgerCall {
                id: work,
                epoch: 1,
                asset,
            },
        )
        .refused(refusal());
    world
        .act(
            alice,
            router,
            IRouter::claimCall {
                work,
                epoch: 1,
                asset,
                payee: 0,
            },
        )
        .refused(refusal());
    let works = vec![IRouter::WorkEpoch { work, epoch: 1 }];
    world
        .act(
            alice,
            router,
            IRouter::settleUpCall {
                works,
                asset,
                budget: U256::MAX,
            },
        )
        .refused(refusal());
}

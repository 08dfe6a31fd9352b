//! How many children terms admit, so that nobody lays up a stock of them before the terms rise.

use super::set_terms;
use alloy_sol_types::{SolCall, SolError};
use lineage_tests::World;
use lineage_tests::abi::ILicensing::{self, Terms};
use lineage_tests::world::{GALLERY, open_terms};

fn limited(children: u32) -> Terms {
    Terms {
        children,
        ..open_terms(0)
    }
}

/// Sets Alice's terms.
fn set(world: &mut World, work: u64, terms: Terms) {
    let call = set_terms(world, work, terms);
    world.act(world.alice, world.licensing, call).done();
}

fn admitted(world: &World, work: u64) -> u32 {
    let router = world.router;
    let call = ILicensing::childrenOfCall { router, work };
    world.view(world.licensing, call)
}

fn derive(world: &mut World, parents: &[(u64, u16)]) {
    let bob = world.bob;
    world.work(GALLERY, bob).parents(parents).register();
}

fn assert_exhausted(world: &mut World, work: u64, max: u32) {
    let bob = world.bob;
    world
        .work(GALLERY, bob)
        .parents(&[(work, 0)])
        .act()
        .refused(ILicensing::ChildrenExhausted { work, max });
}

#[test]
fn version_admits_so_many_children_and_no_more() {
    let mut world = World::new();
    let alice = world.alice;
    let work = world.work(GALLERY, alice).register();
    set(&mut world, work, limited(2));
    for count in 1..=2 {
        derive(&mut world, &[(work, 0)]);
        assert_eq!(admitted(&world, work), count);
    }
    assert_exhausted(&mut world, work, 2);
}

#[test]
fn r41_stock_of_children_is_no_larger_than_the_terms_say() {
    let mut world = World::new();
    let alice = world.alice;
    let work = world.work(GALLERY, alice).register();
    set(&mut world, work, limited(1));
    // Bob lays up what he can at nothing; when the terms rise, that is one child.
    derive(&mut world, &[(work, 0)]);
    assert_exhausted(&mut world, work, 1);
    let risen = Terms {
        minShare: 2_000,
        ..limited(1)
    };
    set(&mut world, work, risen);
    let bob = world.bob;
    let refusal = ILicensing::ShareTooSmall {
        work,
        got: 0,
        min: 2_000,
    };
    let act = world.work(GALLERY, bob).parents(&[(work, 0)]).act();
    act.refused(refusal);
}

#[test]
fn every_version_counts_anew() {
    let mut world = World::new();
    let (alice, carol, licensing, router) =
        (world.alice, world.carol, world.licensing, world.router);
    let work = world.work(GALLERY, alice).register();
    for version in 1..=2 {
        set(&mut world, work, limited(1));
        assert_eq!(
            (admitted(&world, work), world.terms_version(work)),
            (0, version)
        );
        derive(&mut world, &[(work, 0)]);
        assert_exhausted(&mut world, work, 1);
    }
    // So does the one that a new licensor begins, under the same terms.
    let to = carol;
    let offer = ILicensing::offerLicensorCall { router, work, to };
    world.act(alice, licensing, offer).done();
    let version = 2;
    let accept = ILicensing::acceptLicensorCall {
        router,
        work,
        version,
    };
    world.act(carol, licensing, accept).done();
    assert_eq!(admitted(&world, work), 0);
    derive(&mut world, &[(work, 0)]);
    assert_eq!(admitted(&world, work), 1);
    assert_exhausted(&mut world, work, 1);
}

#[test]
fn any_number_is_not_counted_and_leaves_no_count_behind() {
    let mut world = World::new();
    let (alice, licensing) = (world.alice, world.licensing);
    let work = world.work(GALLERY, alice).register();
    set(&mut world, work, limited(1));
    assert_eq!(world.chain.storage_dump(licensing).len(), 2); // the terms and the count
    derive(&mut world, &[(work, 0)]);
    set(&mut world, work, open_terms(0));
    assert_eq!(world.chain.storage_dump(licensing).len(), 1);
    for _ in 0..3 {
        derive(&mut world, &[(work, 0)]);
    }
    assert_eq!(admitted(&world, work), 0);
    assert_eq!(world.chain.storage_dump(licensing).len(), 1);
}

#[test]
fn refused_child_is_not_counted() {
    let mut world = World::new();
    let alice = world.alice;
    let [open, closed] = [(); 2].map(|()| world.work(GALLERY, alice).register());
    set(&mut world, open, limited(1));
    let bob = world.bob;
    world
        .work(GALLERY, bob)
        .parents(&[(open, 0), (closed, 0)])
        .act()
        .refused(ILicensing::ParentClosed { work: closed });
    assert_eq!(admitted(&world, open), 0);
}

#[test]
fn each_parent_counts_its_own() {
    let mut world = World::new();
    let alice = world.alice;
    let [one, two] = [(); 2].map(|()| world.work(GALLERY, alice).register());
    set(&mut world, one, limited(1));
    set(&mut world, two, limited(u32::MAX));
    derive(&mut world, &[(one, 100), (two, 100)]);
    derive(&mut world, &[(two, 100)]);
    assert_eq!((admitted(&world, one), admitted(&world, two)), (1, 2));
    assert_exhausted(&mut world, one, 1);
}

/// A router of one's own may name a parent twice, which ours never does: then it counts twice.
#[test]
fn parent_named_twice_counts_twice() {
    let mut world = World::new();
    let (alice, licensing, router) = (world.alice, world.licensing, world.router);
    let work = world.work(GALLERY, alice).register();
    set(&mut world, work, limited(1));
    let parent = ILicensing::Parent {
        work,
        share: 0,
        version: 1,
        cover: 0,
    };
    let call = |parents| ILicensing::consumeCall {
        collection: alice,
        creator: alice,
        parents,
    };
    let once = world.call(router, licensing, call(vec![parent.clone()]).abi_encode());
    assert!(once.status.is_success());
    let twice = call(vec![parent.clone(), parent]).abi_encode();
    let twice = world.call(router, licensing, twice);
    let refusal = ILicensing::ChildrenExhausted { work, max: 1 };
    assert_eq!(twice.output.to_vec(), refusal.abi_encode());
}

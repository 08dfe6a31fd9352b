//! Whom terms admit, and when an offer ends.

use super::set_terms;
use lineage_tests::World;
use lineage_tests::abi::ILicensing::{self, Terms};
use lineage_tests::abi::IRouter;
use lineage_tests::world::{GALLERY, open_terms};

#[test]
fn share_under_the_minimum_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.work(GALLERY, alice).register();
    world.open(parent, alice, 2_000);
    let refusal = ILicensing::ShareTooSmall {
        work: parent,
        got: 1_999,
        min: 2_000,
    };
    world
        .work(GALLERY, bob)
        .parents(&[(parent, 1_999)])
        .act()
        .refused(refusal);
    world
        .work(GALLERY, bob)
        .parents(&[(parent, 2_000)])
        .register();
}

#[test]
fn stale_and_future_versions_are_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parent = world.work(GALLERY, alice).register();
    world.open(parent, alice, 0);
    world.open(parent, alice, 100);
    for got in [0, 1, 3, u32::MAX] {
        let parents = vec![IRouter::Parent {
            work: parent,
            share: 500,
            version: got,
            cover: 0,
        }];
        let call = IRouter::registerCall {
            creator: bob,
            kind: 0,
            parents,
            payees: Vec::new(),
        };
        world
            .act(bob, router, call)
            .refused(ILicensing::StaleTerms {
                work: parent,
                got,
                current: 2,
            });
    }
}

#[test]
fn cover_that_does_not_exist_is_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parent = world.open_work(GALLERY, alice, &[]);
    let parents = vec![IRouter::Parent {
        work: parent,
        share: 500,
        version: 1,
        cover: 1,
    }];
    let call = IRouter::registerCall {
        creator: bob,
        kind: 0,
        parents,
        payees: Vec::new(),
    };
    world
        .act(bob, router, call)
        .refused(ILicensing::CoverNotOffered {
            work: parent,
            cover: 1,
        });
}

#[test]
fn offer_is_good_to_its_last_second() {
    let mut world = World::new();
    let (alice, bob, licensing) = (world.alice, world.bob, world.licensing);
    let parent = world.work(GALLERY, alice).register();
    let expiry = world.chain.timestamp() + 1_000;
    let call = set_terms(
        &world,
        parent,
        Terms {
            expires: true,
            expiry,
            ..open_terms(0)
        },
    );
    world.act(alice, licensing, call).done();
    world
        .chain
        .set_next_timestamp(expiry)
        .expect("it is to come");
    let child = world
        .work(GALLERY, bob)
        .parents(&[(parent, 1_000)])
        .register();
    world
        .chain
        .set_next_timestamp(expiry + 1)
        .expect("it is to come");
    let late = world.work(GALLERY, bob).parents(&[(parent, 1_000)]).act();
    late.refused(ILicensing::OfferExpired {
        work: parent,
        expiry,
    });
    // The edge that was made stays.
    assert_eq!(
        world
            .view(world.router, IRouter::parentsCall { id: child })
            .len(),
        1
    );
}

#[test]
fn closing_again_ends_the_offer() {
    let mut world = World::new();
    let (alice, bob, licensing) = (world.alice, world.bob, world.licensing);
    let parent = world.open_work(GALLERY, alice, &[]);
    let call = set_terms(
        &world,
        parent,
        Terms {
            mode: 0,
            ..open_terms(0)
        },
    );
    assert_eq!(world.act(alice, licensing, call).done().answer(), 2);
    world
        .work(GALLERY, bob)
        .parents(&[(parent, 1)])
        .act()
        .refused(ILicensing::ParentClosed { work: parent });
}

#[test]
fn consume_asks_about_its_callers_works_alone() {
    let mut world = World::new();
    let (alice, bob, licensing) = (world.alice, world.bob, world.licensing);
    let parent = world.open_work(GALLERY, alice, &[]);
    let parents = vec![ILicensing::Parent {
        work: parent,
        share: 1_000,
        version: 1,
        cover: 0,
    }];
    let call = ILicensing::consumeCall {
        collection: bob,
        creator: bob,
        parents: parents.clone(),
    };
    world
        .act(bob, licensing, call.clone())
        .refused(ILicensing::ParentClosed { work: parent });
    let fees = world.chain.call(stylus_chain::Transaction::call(
        world.router,
        licensing,
        alloy_sol_types::SolCall::abi_encode(&call),
    ));
    let fees = fees.expect("the transaction is valid").output;
    let fees =
        <ILicensing::consumeCall as alloy_sol_types::SolCall>::abi_decode_returns_validate(&fees);
    assert_eq!(fees.expect("a list of fees"), [0]);
}

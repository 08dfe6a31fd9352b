//! The licensor's place, and how it changes hands.

use super::set_terms;
use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::ILicensing;
use lineage_tests::world::{ETHER, GALLERY, open_terms};

#[test]
fn licensor_hands_over_in_two_steps() {
    let mut world = World::new();
    let (alice, bob, carol, licensing, router) = (
        world.alice,
        world.bob,
        world.carol,
        world.licensing,
        world.router,
    );
    let work = world.open_work(GALLERY, alice, &[]);
    let offer = |to| ILicensing::offerLicensorCall { router, work, to };
    let accept = || ILicensing::acceptLicensorCall { router, work };
    let done = world.act(alice, licensing, offer(bob)).done();
    let offered: ILicensing::LicensorOffered = done.only(licensing);
    assert_eq!(
        (offered.router, offered.work, offered.to, offered.from),
        (router, work, bob, alice)
    );
    assert_eq!(
        world.view(
            licensing,
            ILicensing::offeredLicensorOfCall { router, work }
        ),
        bob
    );
    assert_eq!(
        world.view(licensing, ILicensing::licensorOfCall { router, work }),
        alice
    );

    world
        .act(carol, licensing, accept())
        .refused(ILicensing::NotOfferedLicensor {
            caller: carol,
            offered: bob,
        });
    let done = world.act(bob, licensing, accept()).done();
    let changed: ILicensing::LicensorChanged = done.only(licensing);
    assert_eq!((changed.router, changed.work), (router, work));
    assert_eq!((changed.to, changed.from, changed.version), (bob, alice, 2));
    assert_eq!(
        world.view(licensing, ILicensing::licensorOfCall { router, work }),
        bob
    );
    assert_eq!(
        world.view(
            licensing,
            ILicensing::offeredLicensorOfCall { router, work }
        ),
        Address::ZERO
    );
    // The terms stay, under the next version; the former licensor has no more say.
    assert_eq!(world.terms_version(work), 2);
    let call = set_terms(&world, work, open_terms(1));
    world
        .act(alice, licensing, call)
        .refused(ILicensing::NotLicensor {
            caller: alice,
            licensor: bob,
        });
    world
        .act(alice, licensing, offer(alice))
        .refused(ILicensing::NotLicensor {
            caller: alice,
            licensor: bob,
        });
    // New terms leave the place where it is.
    world.open(work, bob, 7_000);
    assert_eq!(
        world.view(licensing, ILicensing::licensorOfCall { router, work }),
        bob
    );
}

#[test]
fn withdrawn_offer_cannot_be_taken() {
    let mut world = World::new();
    let (alice, bob, licensing, router) = (world.alice, world.bob, world.licensing, world.router);
    let work = world.work(GALLERY, alice).register();
    for to in [bob, Address::ZERO] {
        world
            .act(
                alice,
                licensing,
                ILicensing::offerLicensorCall { router, work, to },
            )
            .done();
    }
    // Zero is nobody, though a call may come from it.
    world.chain.set_balance(Address::ZERO, U256::from(ETHER));
    for caller in [bob, Address::ZERO] {
        let refusal = ILicensing::NotOfferedLicensor {
            caller,
            offered: Address::ZERO,
        };
        world
            .act(
                caller,
                licensing,
                ILicensing::acceptLicensorCall { router, work },
            )
            .refused(refusal);
    }
}

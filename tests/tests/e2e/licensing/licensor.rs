//! The licensor's place, and how it changes hands.

use super::set_terms;
use alloy_primitives::{Address, B256, U256};
use lineage_tests::World;
use lineage_tests::abi::ILicensing::{self, Terms};
use lineage_tests::world::{ETHER, GALLERY, open_terms};

fn accept(router: Address, work: u64, version: u32) -> ILicensing::acceptLicensorCall {
    ILicensing::acceptLicensorCall {
        router,
        work,
        version,
    }
}

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
    let work = world.work(GALLERY, alice).register();
    let terms = Terms {
        minShare: 1_234,
        expires: true,
        expiry: world.chain.timestamp() + 1_000,
        children: 7,
        licenceHash: B256::repeat_byte(0xab),
        ..open_terms(0)
    };
    let call = set_terms(&world, work, terms.clone());
    world.act(alice, licensing, call).done();
    let offer = |to| ILicensing::offerLicensorCall { router, work, to };
    let accept = || accept(router, work, 1);
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
    // The terms stay, every word of them, under the next version; the former licensor has no more say.
    let read = world.view(licensing, ILicensing::termsOfCall { router, work });
    assert_eq!((read.terms, read.version), (terms, 2));
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
            .act(caller, licensing, accept(router, work, 0))
            .refused(refusal);
    }
}

/// Who takes the place takes it with the terms it has read.
#[test]
fn r40_terms_changed_before_the_acceptance_are_not_accepted() {
    let mut world = World::new();
    let (alice, bob, licensing, router) = (world.alice, world.bob, world.licensing, world.router);
    let work = world.work(GALLERY, alice).register();
    world.open(work, alice, 2_000);
    let to = bob;
    let offer = ILicensing::offerLicensorCall { router, work, to };
    world.act(alice, licensing, offer).done();
    // Bob has read 20%. Alice sees his acceptance on its way, and gives the work away for nothing.
    world.open(work, alice, 0);
    for got in [0, 1, 3, u32::MAX] {
        let refusal = ILicensing::StaleTerms {
            work,
            got,
            current: 2,
        };
        world
            .act(bob, licensing, accept(router, work, got))
            .refused(refusal);
    }
    let licensor = ILicensing::licensorOfCall { router, work };
    assert_eq!(world.view(licensing, licensor.clone()), alice);
    world.act(bob, licensing, accept(router, work, 2)).done();
    assert_eq!(world.view(licensing, licensor), bob);
}

#[test]
fn acceptance_after_the_last_version_is_refused() {
    let mut world = World::new();
    let (alice, bob, licensing, router) = (world.alice, world.bob, world.licensing, world.router);
    let work = world.open_work(GALLERY, alice, &[]);
    let to = bob;
    let offer = ILicensing::offerLicensorCall { router, work, to };
    world.act(alice, licensing, offer).done();
    let slot = crate::layout::key(1, 0, 0, work, router);
    let word = world.chain.storage(licensing, slot);
    let last = word | U256::from(u32::MAX) << 32;
    world.chain.set_storage(licensing, slot, last);
    world
        .act(bob, licensing, accept(router, work, u32::MAX))
        .refused(ILicensing::VersionsExhausted { work });
}

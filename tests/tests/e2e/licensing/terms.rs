//! Setting terms.

use super::set_terms;
use alloy_primitives::{Address, B256, U256};
use lineage_tests::World;
use lineage_tests::abi::ILicensing::{self, Terms};
use lineage_tests::bytecode::{always, creation};
use lineage_tests::world::{GALLERY, open_terms};

#[test]
fn terms_are_read_back_as_set() {
    let mut world = World::new();
    let (alice, licensing) = (world.alice, world.licensing);
    let work = world.work(GALLERY, alice).register();
    let fresh = world.view(
        licensing,
        ILicensing::termsOfCall {
            router: world.router,
            work,
        },
    );
    assert_eq!((fresh.terms.mode, fresh.version), (0, 0));
    let terms = Terms {
        minShare: 2_000,
        expires: true,
        expiry: world.chain.timestamp() + 1_000,
        children: 300,
        licenceHash: B256::repeat_byte(0xab),
        ..open_terms(0)
    };
    let call = set_terms(&world, work, terms.clone());
    let done = world.act(alice, licensing, call).done();
    assert_eq!(done.answer(), 1);
    let set: ILicensing::TermsSet = done.only(licensing);
    assert_eq!(
        (set.router, set.work, set.version, &set.terms),
        (world.router, work, 1, &terms)
    );
    assert_eq!(set.licenceURI, "ipfs://licence");
    let read = world.view(
        licensing,
        ILicensing::termsOfCall {
            router: world.router,
            work,
        },
    );
    assert_eq!((read.terms, read.version), (terms, 1));
}

#[test]
fn licence_ends_with_the_terms_that_named_it() {
    let mut world = World::new();
    let (alice, licensing, router) = (world.alice, world.licensing, world.router);
    let work = world.work(world.bob, alice).register();
    let hashes = [
        B256::repeat_byte(0xab),
        B256::ZERO,
        B256::ZERO,
        B256::repeat_byte(0xcd),
    ];
    for licence_hash in hashes {
        let terms = ILicensing::Terms {
            licenceHash: licence_hash,
            ..open_terms(0)
        };
        let call = set_terms(&world, work, terms);
        world.act(alice, licensing, call).done();
        let read = world.view(licensing, ILicensing::termsOfCall { router, work });
        assert_eq!(read.terms.licenceHash, licence_hash);
        let slots = 1 + usize::from(!licence_hash.is_zero());
        assert_eq!(
            world.chain.storage_dump(licensing).len(),
            slots,
            "slots that are not zero"
        );
    }
}

#[test]
fn terms_of_a_stranger_are_refused() {
    let mut world = World::new();
    let (alice, bob, licensing) = (world.alice, world.bob, world.licensing);
    let work = world.work(bob, alice).register();
    let call = set_terms(&world, work, open_terms(0));
    world
        .act(bob, licensing, call)
        .refused(ILicensing::NotLicensor {
            caller: bob,
            licensor: alice,
        });
}

#[test]
fn terms_of_a_work_that_does_not_exist_are_refused() {
    let mut world = World::new();
    let (alice, licensing, router) = (world.alice, world.licensing, world.router);
    let call = set_terms(&world, 1, open_terms(0));
    world
        .act(alice, licensing, call)
        .refused(ILicensing::RouterCallFailed { router });
    let call = ILicensing::setTermsCall {
        router: alice,
        work: 1,
        terms: open_terms(0),
        licenceURI: String::new(),
    };
    world
        .act(alice, licensing, call)
        .refused(ILicensing::RouterCallFailed { router: alice });
}

/// Zero made nothing: a router that says so has said nothing.
#[test]
fn creator_zero_is_no_answer() {
    let mut world = World::new();
    let (alice, licensing) = (world.alice, world.licensing);
    let router = world.deploy_code(creation(&always(&[0; 32])));
    let licensor = ILicensing::licensorOfCall { router, work: 1 };
    world
        .act(alice, licensing, licensor)
        .refused(ILicensing::RouterCallFailed { router });
}

#[test]
fn what_is_not_offered_is_refused() {
    let mut world = World::new();
    let (alice, licensing) = (world.alice, world.licensing);
    let work = world.work(GALLERY, alice).register();
    let with = |change: fn(&mut Terms)| {
        let mut terms = open_terms(0);
        change(&mut terms);
        set_terms(&world, work, terms)
    };
    let [mode, fee, asset, carry, share, expiry] = [
        with(|terms| terms.mode = 2),
        with(|terms| terms.fee = 1),
        with(|terms| terms.asset = Address::repeat_byte(1)),
        with(|terms| terms.carry = true),
        with(|terms| terms.minShare = 10_001),
        with(|terms| terms.expiry = 1),
    ];
    let zero = Address::ZERO;
    world
        .act(alice, licensing, mode)
        .refused(ILicensing::UnknownMode { mode: 2 });
    world
        .act(alice, licensing, fee)
        .refused(ILicensing::FeeNotOffered {
            fee: 1,
            asset: zero,
        });
    world
        .act(alice, licensing, asset)
        .refused(ILicensing::FeeNotOffered {
            fee: 0,
            asset: Address::repeat_byte(1),
        });
    world
        .act(alice, licensing, carry)
        .refused(ILicensing::CarryNotOffered {});
    let refusal = ILicensing::MinShareTooLarge {
        got: U256::from(10_001),
        max: U256::from(10_000),
    };
    world.act(alice, licensing, share).refused(refusal);
    world
        .act(alice, licensing, expiry)
        .refused(ILicensing::ExpiryWithoutExpires { expiry: 1 });
    let mut long = set_terms(&world, work, open_terms(0));
    long.licenceURI = "x".repeat(512);
    world.act(alice, licensing, long.clone()).done();
    long.licenceURI.push('x');
    let refusal = ILicensing::LicenceURITooLong {
        got: U256::from(513),
        max: U256::from(512),
    };
    world.act(alice, licensing, long).refused(refusal);
}

#[test]
fn change_after_the_last_version_is_refused() {
    let mut world = World::new();
    let (alice, licensing) = (world.alice, world.licensing);
    let work = world.mint_open(alice);
    let terms: Vec<_> = (world.chain.storage_dump(licensing).into_iter())
        .filter(|(_, word)| *word == U256::from(1_u64 << 32 | 1)) // version 1, open
        .collect();
    let [(slot, word)] = terms[..] else {
        panic!("one word of terms, not {terms:?}");
    };
    let last = word | U256::from(u32::MAX) << 32;
    world.chain.set_storage(licensing, slot, last);
    assert_eq!(world.terms_version(work), u32::MAX);
    let call = set_terms(&world, work, open_terms(0));
    world
        .act(alice, licensing, call)
        .refused(ILicensing::VersionsExhausted { work });
}

//! Terms: who sets them, what they admit, when they end.

use alloy_primitives::{Address, B256, U256};
use lineage_tests::World;
use lineage_tests::abi::ILicensing::{self, Terms};
use lineage_tests::abi::IRouter;
use lineage_tests::world::open_terms;

fn set_terms(world: &World, work: u64, terms: Terms) -> ILicensing::setTermsCall {
    let licenceURI = String::from("ipfs://licence");
    ILicensing::setTermsCall { router: world.router, work, terms, licenceURI }
}

#[test]
fn terms_are_read_back_as_set() {
    let mut world = World::new();
    let (alice, licensing) = (world.alice, world.licensing);
    let work = world.work(alice, alice).register();
    let fresh = world.view(licensing, ILicensing::termsOfCall { router: world.router, work });
    assert_eq!((fresh.terms.mode, fresh.version), (0, 0));
    let terms = Terms {
        minShare: 2_000,
        expires: true,
        expiry: world.chain.timestamp() + 1_000,
        licenceHash: B256::repeat_byte(0xab),
        ..open_terms(0)
    };
    let call = set_terms(&world, work, terms.clone());
    let done = world.act(alice, licensing, call).done();
    assert_eq!(done.answer(), 1);
    let set: ILicensing::TermsSet = done.only(licensing);
    assert_eq!((set.router, set.work, set.version, &set.terms), (world.router, work, 1, &terms));
    assert_eq!(set.licenceURI, "ipfs://licence");
    let read = world.view(licensing, ILicensing::termsOfCall { router: world.router, work });
    assert_eq!((read.terms, read.version), (terms, 1));
}

#[test]
fn terms_of_a_stranger_are_refused() {
    let mut world = World::new();
    let (alice, bob, licensing) = (world.alice, world.bob, world.licensing);
    let work = world.work(bob, alice).register();
    let call = set_terms(&world, work, open_terms(0));
    world.act(bob, licensing, call).refused(ILicensing::NotLicensor { caller: bob, licensor: alice });
}

#[test]
fn terms_of_a_work_that_does_not_exist_are_refused() {
    let mut world = World::new();
    let (alice, licensing, router) = (world.alice, world.licensing, world.router);
    let call = set_terms(&world, 1, open_terms(0));
    world.act(alice, licensing, call).refused(ILicensing::RouterCallFailed { router });
    let call = ILicensing::setTermsCall { router: alice, work: 1, terms: open_terms(0), licenceURI: String::new() };
    world.act(alice, licensing, call).refused(ILicensing::RouterCallFailed { router: alice });
}

#[test]
fn what_is_not_offered_is_refused() {
    let mut world = World::new();
    let (alice, licensing) = (world.alice, world.licensing);
    let work = world.work(alice, alice).register();
    let with = |change: fn(&mut Terms)| {
        let mut terms = open_terms(0);
        change(&mut terms);
        set_terms(&world, work, terms)
    };
    let [mode, fee, asset, carry, share] = [
        with(|terms| terms.mode = 2),
        with(|terms| terms.fee = 1),
        with(|terms| terms.asset = Address::repeat_byte(1)),
        with(|terms| terms.carry = true),
        with(|terms| terms.minShare = 10_001),
    ];
    let zero = Address::ZERO;
    world.act(alice, licensing, mode).refused(ILicensing::UnknownMode { mode: 2 });
    world.act(alice, licensing, fee).refused(ILicensing::FeeNotOffered { fee: 1, asset: zero });
    world.act(alice, licensing, asset).refused(ILicensing::FeeNotOffered { fee: 0, asset: Address::repeat_byte(1) });
    world.act(alice, licensing, carry).refused(ILicensing::CarryNotOffered {});
    let refusal = ILicensing::MinShareTooLarge { got: U256::from(10_001), max: U256::from(10_000) };
    world.act(alice, licensing, share).refused(refusal);
    let mut long = set_terms(&world, work, open_terms(0));
    long.licenceURI = "x".repeat(512);
    world.act(alice, licensing, long.clone()).done();
    long.licenceURI.push('x');
    let refusal = ILicensing::LicenceURITooLong { got: U256::from(513), max: U256::from(512) };
    world.act(alice, licensing, long).refused(refusal);
}

#[test]
fn share_under_the_minimum_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.work(alice, alice).register();
    world.open(parent, alice, 2_000);
    let refusal = ILicensing::ShareTooSmall { work: parent, got: 1_999, min: 2_000 };
    world.work(bob, bob).parents(&[(parent, 1_999)]).act().refused(refusal);
    world.work(bob, bob).parents(&[(parent, 2_000)]).register();
}

#[test]
fn stale_and_future_versions_are_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parent = world.work(alice, alice).register();
    world.open(parent, alice, 0);
    world.open(parent, alice, 100);
    for got in [0, 1, 3, u32::MAX] {
        let parents = vec![IRouter::Parent { work: parent, share: 500, version: got, cover: 0 }];
        let call = IRouter::registerCall { creator: bob, kind: 0, parents, payees: Vec::new() };
        world.act(bob, router, call).refused(ILicensing::StaleTerms { work: parent, got, current: 2 });
    }
}

#[test]
fn cover_that_does_not_exist_is_refused() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parent = world.open_work(alice, alice, &[]);
    let parents = vec![IRouter::Parent { work: parent, share: 500, version: 1, cover: 1 }];
    let call = IRouter::registerCall { creator: bob, kind: 0, parents, payees: Vec::new() };
    world.act(bob, router, call).refused(ILicensing::CoverNotOffered { work: parent, cover: 1 });
}

#[test]
fn offer_is_good_to_its_last_second() {
    let mut world = World::new();
    let (alice, bob, licensing) = (world.alice, world.bob, world.licensing);
    let parent = world.work(alice, alice).register();
    let expiry = world.chain.timestamp() + 1_000;
    let call = set_terms(&world, parent, Terms { expires: true, expiry, ..open_terms(0) });
    world.act(alice, licensing, call).done();
    world.chain.set_next_timestamp(expiry).expect("it is to come");
    let child = world.work(bob, bob).parents(&[(parent, 1_000)]).register();
    world.chain.set_next_timestamp(expiry + 1).expect("it is to come");
    let late = world.work(bob, bob).parents(&[(parent, 1_000)]).act();
    late.refused(ILicensing::OfferExpired { work: parent, expiry });
    // The edge that was made stays.
    assert_eq!(world.view(world.router, IRouter::parentsCall { id: child }).len(), 1);
}

#[test]
fn closing_again_ends_the_offer() {
    let mut world = World::new();
    let (alice, bob, licensing) = (world.alice, world.bob, world.licensing);
    let parent = world.open_work(alice, alice, &[]);
    let call = set_terms(&world, parent, Terms { mode: 0, ..open_terms(0) });
    assert_eq!(world.act(alice, licensing, call).done().answer(), 2);
    world.work(bob, bob).parents(&[(parent, 1)]).act().refused(ILicensing::ParentClosed { work: parent });
}

#[test]
fn licensor_hands_over_in_two_steps() {
    let mut world = World::new();
    let (alice, bob, carol, licensing, router) = (world.alice, world.bob, world.carol, world.licensing, world.router);
    let work = world.open_work(alice, alice, &[]);
    let offer = |to| ILicensing::offerLicensorCall { router, work, to };
    let accept = || ILicensing::acceptLicensorCall { router, work };
    let done = world.act(alice, licensing, offer(bob)).done();
    let offered: ILicensing::LicensorOffered = done.only(licensing);
    assert_eq!((offered.router, offered.work, offered.to, offered.from), (router, work, bob, alice));
    assert_eq!(world.view(licensing, ILicensing::offeredLicensorOfCall { router, work }), bob);
    assert_eq!(world.view(licensing, ILicensing::licensorOfCall { router, work }), alice);

    world.act(carol, licensing, accept()).refused(ILicensing::NotOfferedLicensor { caller: carol, offered: bob });
    let done = world.act(bob, licensing, accept()).done();
    let changed: ILicensing::LicensorChanged = done.only(licensing);
    assert_eq!((changed.to, changed.from, changed.version), (bob, alice, 2));
    assert_eq!(world.view(licensing, ILicensing::licensorOfCall { router, work }), bob);
    assert_eq!(world.view(licensing, ILicensing::offeredLicensorOfCall { router, work }), Address::ZERO);
    // The terms stay, under the next version; the former licensor has no more say.
    assert_eq!(world.terms_version(work), 2);
    let call = set_terms(&world, work, open_terms(1));
    world.act(alice, licensing, call).refused(ILicensing::NotLicensor { caller: alice, licensor: bob });
    world.act(alice, licensing, offer(alice)).refused(ILicensing::NotLicensor { caller: alice, licensor: bob });
    world.open(work, bob, 7_000);
}

#[test]
fn withdrawn_offer_cannot_be_taken() {
    let mut world = World::new();
    let (alice, bob, licensing, router) = (world.alice, world.bob, world.licensing, world.router);
    let work = world.work(alice, alice).register();
    for to in [bob, Address::ZERO] {
        world.act(alice, licensing, ILicensing::offerLicensorCall { router, work, to }).done();
    }
    let refusal = ILicensing::NotOfferedLicensor { caller: bob, offered: Address::ZERO };
    world.act(bob, licensing, ILicensing::acceptLicensorCall { router, work }).refused(refusal);
}

#[test]
fn consume_asks_about_its_callers_works_alone() {
    let mut world = World::new();
    let (alice, bob, licensing) = (world.alice, world.bob, world.licensing);
    let parent = world.open_work(alice, alice, &[]);
    let parents = vec![ILicensing::Parent { work: parent, share: 1_000, version: 1, cover: 0 }];
    let call = ILicensing::consumeCall { collection: bob, creator: bob, parents: parents.clone() };
    world.act(bob, licensing, call.clone()).refused(ILicensing::ParentClosed { work: parent });
    let fees = world.chain.call(stylus_chain::Transaction::call(
        world.router,
        licensing,
        alloy_sol_types::SolCall::abi_encode(&call),
    ));
    let fees = fees.expect("the transaction is valid").output;
    let fees = <ILicensing::consumeCall as alloy_sol_types::SolCall>::abi_decode_returns_validate(&fees);
    assert_eq!(fees.expect("a list of fees"), [0]);
}

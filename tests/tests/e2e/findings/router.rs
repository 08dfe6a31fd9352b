//! Contracts that pass themselves off as the router, or are a poor one.

use alloy_sol_types::SolValue;
use lineage_tests::World;
use lineage_tests::abi::{ILicensing, IProvenance, IRouter};
use lineage_tests::bytecode::{always, creation};
use lineage_tests::world::{GALLERY, open_terms};

#[test]
fn r7_false_router_speaks_for_itself_alone() {
    let mut world = World::new();
    let (alice, bob, carol, licensing) = (world.alice, world.bob, world.carol, world.licensing);
    let work = world.work(GALLERY, alice).register();
    // It says that Bob made whatever it is asked about.
    let imposter = world.deploy_code(creation(&always(&bob.abi_encode())));
    let terms = |router| ILicensing::setTermsCall {
        router,
        work,
        terms: open_terms(0),
        licenceURI: String::new(),
    };
    world.act(bob, licensing, terms(imposter)).done();
    let refusal = ILicensing::NotLicensor {
        caller: bob,
        licensor: alice,
    };
    let router = world.router;
    world.act(bob, licensing, terms(router)).refused(refusal);
    // Under the true router the work is as closed as it was.
    let parent = IRouter::Parent {
        work,
        share: 0,
        version: 1,
        cover: 0,
    };
    let child = IRouter::registerCall {
        creator: carol,
        kind: 0,
        parents: vec![parent],
        payees: Vec::new(),
    };
    world
        .act(carol, router, child)
        .refused(ILicensing::ParentClosed { work });
}

#[test]
fn r8_router_that_fails_without_a_word_is_named() {
    let mut world = World::new();
    let alice = world.alice;
    // INVALID, which takes all gas, as a program does that has expired; and a revert without data.
    for code in [&[0xfe][..], &[0x5f, 0x5f, 0xfd]] {
        let router = world.deploy_code(creation(code));
        let collection = lineage::deploy::collection(
            &mut world.chain,
            alice,
            (router, world.renderer),
            ("Poor", "POOR"),
        );
        let collection = collection.expect("the collection deploys");
        world.watch(collection);
        let act = world.mint(alice).collection(collection).act();
        act.refused(IProvenance::RouterCallFailed { router });
    }
}

//! Programs that sleep: one that has expired takes all the gas it is given and says nothing.

use alloy_primitives::U256;
use alloy_sol_types::{SolCall, SolError, SolValue};
use lineage_tests::World;
use lineage_tests::abi::{ILicensing, IProvenance, IRenderer, IRouter};
use lineage_tests::world::open_terms;
use logic::stipend;
use stylus_chain::Transaction;

/// More than anything else costs in these tests.
const REST: u64 = 300_000;

/// Bob's work under one of Alice's.
fn derived(world: &mut World) -> u64 {
    let (alice, bob) = (world.alice, world.bob);
    let parent = world.mint_open(alice);
    let minting = world.mint(bob).parents(&[(parent, 500)]);
    minting.with(|request| request.title.clear()).send()
}

fn uri(world: &World, token: u64) -> serde_json::Value {
    crate::renderer::token(world, token)
}

/// Calls with all the gas there is, which must end with this error and have cost no more than this.
fn assert_fails<C: SolCall>(
    world: &World,
    to: alloy_primitives::Address,
    call: &C,
    error: impl SolError,
    most: u64,
) {
    let outcome = world.call(world.alice, to, call.abi_encode());
    assert!(!outcome.status.is_success());
    assert_eq!(outcome.output.to_vec(), error.abi_encode());
    assert!(outcome.gas_used <= most, "{} gas", outcome.gas_used);
}

#[test]
fn r49_mint_names_a_router_that_sleeps_and_has_gas_left() {
    let mut world = World::new();
    let (alice, provenance, router) = (world.alice, world.provenance, world.router);
    world.sleep_all_but(&[provenance]);
    let request = world.mint(alice).request();
    assert_fails(
        &world,
        provenance,
        &IProvenance::mintCall { request },
        IProvenance::RouterCallFailed { router },
        stipend::REGISTER + REST,
    );
}

#[test]
fn r50_mint_under_a_licensing_that_sleeps_has_gas_left() {
    let mut world = World::new();
    let (alice, bob, provenance, router) = (world.alice, world.bob, world.provenance, world.router);
    let licensing = world.licensing;
    let parent = world.mint_open(alice);
    let minting = world.mint(bob).parents(&[(parent, 500)]);
    let request = minting.request();
    world.sleep_all_but(&[provenance, router]);
    let mint = IProvenance::mintCall { request };
    let outcome = world.call(bob, provenance, mint.abi_encode());
    let reason = IRouter::LicensingFailed { licensing };
    assert_eq!(outcome.output, reason.abi_encode());
    assert!(outcome.gas_used <= stipend::consume(1) + REST);
    // A mint without parents never asks licensing.
    world.mint(bob).send();
}

#[test]
fn r51_terms_name_a_router_that_sleeps_and_have_gas_left() {
    let mut world = World::new();
    let (alice, router, licensing) = (world.alice, world.router, world.licensing);
    let work = world.mint(alice).send();
    world.sleep_all_but(&[licensing]);
    let terms = ILicensing::setTermsCall {
        router,
        work,
        terms: open_terms(0),
        licenceURI: String::new(),
    };
    assert_fails(
        &world,
        licensing,
        &terms,
        ILicensing::RouterCallFailed { router },
        stipend::CREATOR_OF + REST,
    );
}

#[test]
fn r52_token_is_shown_without_its_parents_while_the_router_sleeps() {
    let mut world = World::new();
    let (provenance, renderer) = (world.provenance, world.renderer);
    let token = derived(&mut world);
    let mut expected = uri(&world, token);
    world.sleep_all_but(&[provenance, renderer]);
    let traits = expected["attributes"].as_array_mut().expect("traits");
    let before = traits.len();
    traits.retain(|entry| entry["trait_type"] != "Parent");
    assert_eq!(traits.len() + 1, before);
    assert_eq!(uri(&world, token), expected);

    let token_id = U256::from(token);
    let call = IProvenance::tokenURICall { tokenId: token_id };
    let outcome = world.call(world.alice, provenance, call.abi_encode());
    let most = stipend::PARENTS + REST;
    assert!(outcome.gas_used <= most, "{} gas", outcome.gas_used);
}

#[test]
fn r53_renderer_or_collection_that_sleeps_is_named_and_leaves_gas() {
    let mut world = World::new();
    let (provenance, renderer) = (world.provenance, world.renderer);
    let token_id = U256::from(derived(&mut world));
    let awake = world.chain.clone();
    world.sleep_all_but(&[provenance]);
    let (error, most) = (
        || IProvenance::RendererFailed { renderer },
        stipend::RENDER + REST,
    );
    let token = IProvenance::tokenURICall { tokenId: token_id };
    assert_fails(&world, provenance, &token, error(), most);
    let contract = IProvenance::contractURICall {};
    assert_fails(&world, provenance, &contract, error(), most);

    world.chain = awake;
    world.sleep_all_but(&[renderer]);
    let collection = provenance;
    let (error, most) = (
        || IRenderer::CollectionCallFailed { collection },
        stipend::COLLECTION + REST,
    );
    let token = IRenderer::tokenURICall {
        collection,
        tokenId: token_id,
    };
    assert_fails(&world, renderer, &token, error(), most);
    let contract = IRenderer::contractURICall { collection };
    assert_fails(&world, renderer, &contract, error(), most);
}

/// What the threat model says of a collection that sleeps: nothing of it answers, its transfers included.
#[test]
fn collection_that_sleeps_neither_sells_nor_says_what_a_sale_owes() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let token_id = U256::from(world.mint(alice).send());
    world.sleep_all_but(&[]);
    let transfer = IProvenance::transferFromCall {
        from: alice,
        to: bob,
        tokenId: token_id,
    };
    let royalty = IProvenance::royaltyInfoCall {
        tokenId: token_id,
        salePrice: U256::from(1),
    };
    let owner = IProvenance::ownerOfCall { tokenId: token_id };
    for input in [
        transfer.abi_encode(),
        royalty.abi_encode(),
        owner.abi_encode(),
    ] {
        let outcome = world.call(alice, provenance, input);
        assert!(!outcome.status.is_success());
    }
    // What was there is there again, once somebody has activated it.
    world.sleep_all_but(&[provenance]);
    assert_eq!(world.view(provenance, owner), alice);
}

/// Whoever picks the gas of a call cannot make parents vanish: they are there, or the call fails. The router here is a wasteful
/// one, so that a 64th of what it is given is enough to go on without its answer.
#[test]
fn r54_gas_does_not_decide_what_a_picture_shows() {
    // MLOAD(0xa1000), which costs 891,000 gas; then, whatever is asked, the list of one edge, to work 5 with 5%. Its first
    // word is 32, which a registration takes for the id of the new work.
    let answer = ([[5, 500, 0, 0].map(U256::from)].to_vec(),).abi_encode_params();
    let mut code = vec![0x62, 0x0a, 0x10, 0x00, 0x51, 0x50];
    let size = answer.len() as u8;
    code.extend([0x60, size, 0x60, 16, 0x5f, 0x39, 0x60, size, 0x5f, 0xf3]);
    code.extend(&answer);

    let mut world = World::new();
    let (alice, renderer) = (world.alice, world.renderer);
    let router = world.deploy_code(wide_creation(&code));
    let programs = (router, renderer);
    let collection = lineage::deploy::collection(&mut world.chain, alice, programs, ("Poor", "P"));
    let collection = collection.expect("the collection deploys");
    assert_eq!(world.mint(alice).collection(collection).send(), 32);
    let call = IRenderer::tokenURICall {
        collection,
        tokenId: U256::from(32),
    };
    let mut question = Transaction::call(alice, renderer, call.abi_encode());
    let whole = world.chain.call(question.clone()).expect("it is valid");
    let traits = crate::renderer::token_of(&world, collection, 32)["attributes"].to_string();
    assert!(traits.contains("#5, 5%"), "{traits}");

    let (mut succeeded, mut failed) = (0, 0);
    let from = whole.gas_used / 2;
    for gas in (from..from + 2 * stipend::PARENTS).step_by(4_001) {
        question.gas_limit = gas;
        let outcome = world.chain.call(question.clone()).expect("it is valid");
        if outcome.status.is_success() {
            succeeded += 1;
            assert_eq!(outcome.output, whole.output, "with {gas} gas");
        } else {
            failed += 1;
        }
    }
    assert!(succeeded > 0 && failed > 0, "{succeeded}, {failed}");
}

/// Creation code of a runtime that may be longer than a byte can say: PUSH2 size, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0,
/// RETURN.
fn wide_creation(runtime: &[u8]) -> Vec<u8> {
    let [high, low] = (runtime.len() as u16).to_be_bytes();
    [
        &[0x61, high, low, 0x80, 0x60, 10, 0x5f, 0x39, 0x5f, 0xf3][..],
        runtime,
    ]
    .concat()
}

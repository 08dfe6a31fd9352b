//! What one program gives another is at least twice what the dearest call takes: every program uncached, every slot cold,
//! every list at its longest.

use crate::provenance::claims::at;
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use lineage::deploy;
use lineage_tests::World;
use lineage_tests::abi::{ILicensing, IProvenance, IRenderer, IRouter};
use lineage_tests::world::open_terms;
use logic::stipend;
use stylus_chain::trace::{EventKind, Trace};
use stylus_chain::{Executed, Transaction};

/// Gas that each call of a function took, what it called in turn included.
fn taken<C: SolCall>(trace: &Trace, callee: Address) -> Vec<u64> {
    let events = &trace.events;
    let calls = events
        .iter()
        .enumerate()
        .filter(|(_, event)| match &event.kind {
            EventKind::Begin(begin) => {
                event.depth > 0 && begin.code == callee && begin.input.starts_with(&C::SELECTOR)
            }
            _ => false,
        });
    let end = |from: usize| {
        let depth = events[from].depth;
        let end = events[from..].iter().find_map(|event| match &event.kind {
            EventKind::End(end) if event.depth == depth => Some(end.gas_used),
            _ => None,
        });
        end.expect("a frame that begins ends")
    };
    calls.map(|(place, _)| end(place)).collect()
}

fn assert_fits(name: &str, taken: &[u64], stipend: u64) {
    let dearest = taken.iter().copied().max().expect("a call was made");
    println!("{name}: {dearest} of {stipend}");
    assert!(
        dearest * 2 <= stipend,
        "{name} took {dearest}, of {stipend} that it is given"
    );
}

/// Sends it with no program in the cache, and traced.
fn traced(world: &mut World, transaction: Transaction) -> Executed {
    let programs = [
        world.router,
        world.licensing,
        world.provenance,
        world.renderer,
    ];
    for program in programs {
        assert!(world.chain.cache_program(program, false));
    }
    world.chain.set_trace(true);
    let receipt = world.chain.send(transaction).expect("it is valid");
    let output = hex::encode(&receipt.output);
    assert!(receipt.status.is_success(), "0x{output}");
    receipt
}

/// Sixteen works whose children are counted.
fn sixteen_parents(world: &mut World) -> Vec<(u64, u16)> {
    let (alice, licensing, router) = (world.alice, world.licensing, world.router);
    let terms = ILicensing::Terms {
        children: 9,
        expires: true,
        expiry: u64::MAX,
        ..open_terms(611)
    };
    let mut parents = Vec::new();
    for _ in 0..16 {
        let work = world.mint(alice).send();
        let call = ILicensing::setTermsCall {
            router,
            work,
            terms: terms.clone(),
            licenceURI: String::new(),
        };
        world.act(alice, licensing, call).done();
        parents.push((work, 611));
    }
    parents
}

#[test]
fn registration_fits_twice_into_its_stipend() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let parents = sixteen_parents(&mut world);
    let programs = (router, world.renderer);
    let collection = deploy::collection(&mut world.chain, bob, programs, ("New", "NEW"));
    let collection = collection.expect("the collection deploys");
    let payees: Vec<(Address, u16)> = (0..8).map(|_| (alice, 1_250)).collect();
    let minting = world.mint(bob).parents(&parents).payees(&payees);
    let request = minting.request();
    let mint = IProvenance::mintCall { request }.abi_encode();
    let receipt = traced(&mut world, Transaction::call(bob, collection, mint));
    let taken = taken::<IRouter::registerCall>(&receipt.trace, router);
    assert_fits("register", &taken, stipend::REGISTER);
    let taken = self::taken::<ILicensing::consumeCall>(&receipt.trace, world.licensing);
    assert_fits("consume", &taken, stipend::consume(parents.len()));
}

#[test]
fn picture_fits_twice_into_its_stipends() {
    let mut world = World::new();
    let (alice, bob, provenance, router, renderer) = (
        world.alice,
        world.bob,
        world.provenance,
        world.router,
        world.renderer,
    );
    let parents = sixteen_parents(&mut world);
    let longest = |request: &mut IProvenance::MintRequest| {
        request.title = "\"".repeat(64);
        request.uri = [b"https://".to_vec(), vec![b'x'; 504]].concat().into();
        request.outputHash = B256::repeat_byte(0xf1);
        (request.royalty, request.stepCount, request.sourceType) = (4_999, u16::MAX, 11);
    };
    world.mint(alice).with(longest).send();
    let time = world.chain.timestamp() + 1_000;
    at(&mut world, time);
    let token = world.mint(bob).parents(&parents).with(longest).send();

    let token_id = U256::from(token);
    let token = IProvenance::tokenURICall { tokenId: token_id }.abi_encode();
    let token = traced(&mut world, Transaction::call(alice, provenance, token));
    let contract = IProvenance::contractURICall {}.abi_encode();
    let contract = traced(&mut world, Transaction::call(alice, provenance, contract));
    // Asked without the collection, the renderer is who enters it for the first time.
    let collection = provenance;
    let direct = IRenderer::tokenURICall {
        collection,
        tokenId: token_id,
    };
    let direct = Transaction::call(alice, renderer, direct.abi_encode());
    let direct = traced(&mut world, direct);
    let named = IRenderer::contractURICall { collection }.abi_encode();
    let named = traced(&mut world, Transaction::call(alice, renderer, named));

    let mut rendered = taken::<IRenderer::tokenURICall>(&token.trace, renderer);
    rendered.extend(taken::<IRenderer::contractURICall>(
        &contract.trace,
        renderer,
    ));
    assert_fits("renderer", &rendered, stipend::RENDER);
    let asked = [
        taken::<IProvenance::recordCall>(&direct.trace, provenance),
        taken::<IProvenance::tokenOfCall>(&direct.trace, provenance),
        taken::<IProvenance::routerCall>(&direct.trace, provenance),
        taken::<IProvenance::nameCall>(&named.trace, provenance),
        taken::<IProvenance::symbolCall>(&named.trace, provenance),
    ];
    assert_fits("collection", &asked.concat(), stipend::COLLECTION);
    let parents = taken::<IRouter::parentsCall>(&token.trace, router);
    assert_fits("parents", &parents, stipend::PARENTS);
}

#[test]
fn creator_fits_twice_into_its_stipend() {
    let mut world = World::new();
    let (alice, licensing, router) = (world.alice, world.licensing, world.router);
    let work = world.mint(alice).send();
    let call = ILicensing::setTermsCall {
        router,
        work,
        terms: open_terms(0),
        licenceURI: String::new(),
    };
    let call = Transaction::call(alice, licensing, call.abi_encode());
    let receipt = traced(&mut world, call);
    let taken = taken::<IRouter::creatorOfCall>(&receipt.trace, router);
    assert_fits("creatorOf", &taken, stipend::CREATOR_OF);
}

/// A program that is asked while it has all its stipend may itself ask one that has none: renderers still finish when the
/// router takes all of its own.
#[test]
fn stipends_hold_those_of_the_calls_inside() {
    const { assert!(stipend::RENDER >= 2 * (stipend::COLLECTION + stipend::PARENTS)) };
}

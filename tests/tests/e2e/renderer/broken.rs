//! Renderers and collections that do not answer as they should.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use lineage_tests::World;
use lineage_tests::abi::{IProvenance, IRenderer};
use lineage_tests::bytecode::{always, creation};
use stylus_chain::DEV_ACCOUNTS;

fn with_renderer(world: &mut World, renderer: Address) {
    let call = IProvenance::setRendererCall { renderer };
    world.act(DEV_ACCOUNTS[0], world.provenance, call).done();
}

#[test]
fn renderer_that_does_not_answer_a_string_is_named() {
    let mut world = World::owned();
    let (alice, provenance) = (world.alice, world.provenance);
    let token_id = U256::from(world.mint(alice).send());
    let code: [(&str, &[u8]); 9] = [
        ("five bytes", &[0x60, 5, 0x5f, 0xf3]),
        (
            "an offset of 2^256 - 1",
            &[0x5f, 0x19, 0x5f, 0x52, 0x60, 32, 0x5f, 0xf3],
        ),
        (
            "an offset and no length",
            &[0x60, 32, 0x5f, 0x52, 0x60, 32, 0x5f, 0xf3],
        ),
        (
            "1,000 bytes that are not there",
            &[
                0x60, 32, 0x5f, 0x52, 0x61, 3, 0xe8, 0x60, 32, 0x52, 0x60, 64, 0x5f, 0xf3,
            ],
        ),
        (
            "2^256 - 1 bytes",
            &[
                0x60, 32, 0x5f, 0x52, 0x5f, 0x19, 0x60, 32, 0x52, 0x60, 64, 0x5f, 0xf3,
            ],
        ),
        (
            "more than 32 KiB",
            &[0x60, 32, 0x5f, 0x52, 0x61, 0x80, 0x01, 0x5f, 0xf3],
        ),
        ("a refusal", &[0x60, 32, 0x5f, 0xfd]),
        ("all gas", &[0xfe]),
        ("an attempt to write", &[0x60, 1, 0x5f, 0x55, 0x00]),
    ];
    let renderers = code.map(|(what, code)| (what, world.deploy_code(creation(code))));
    for (what, renderer) in renderers
        .into_iter()
        .chain([("no code", alice), ("nobody", Address::ZERO)])
    {
        println!("{what}");
        with_renderer(&mut world, renderer);
        let refusal = || IProvenance::RendererFailed { renderer };
        world
            .act(
                alice,
                provenance,
                IProvenance::tokenURICall { tokenId: token_id },
            )
            .refused(refusal());
        world
            .act(alice, provenance, IProvenance::contractURICall {})
            .refused(refusal());
        // The token is what it was for everything else.
        assert_eq!(
            world.view(provenance, IProvenance::ownerOfCall { tokenId: token_id }),
            alice
        );
    }
}

#[test]
fn answer_of_32_kib_is_passed_on() {
    let mut world = World::owned();
    let (alice, provenance) = (world.alice, world.provenance);
    let token_id = U256::from(world.mint(alice).send());
    // 0x7fc0 zero bytes behind offset and length.
    let code = [
        0x60, 32, 0x5f, 0x52, 0x61, 0x7f, 0xc0, 0x60, 32, 0x52, 0x61, 0x80, 0x00, 0x5f, 0xf3,
    ];
    let renderer = world.deploy_code(creation(&code));
    with_renderer(&mut world, renderer);
    let uri = world.view(provenance, IProvenance::tokenURICall { tokenId: token_id });
    assert_eq!(uri, "\0".repeat(0x7fc0));
}

#[test]
fn built_in_renderer_stays_callable_for_each_token() {
    let mut world = World::owned();
    let (alice, provenance, renderer) = (world.alice, world.provenance, world.renderer);
    let token_id = U256::from(world.mint(alice).send());
    let before = world.view(provenance, IProvenance::tokenURICall { tokenId: token_id });
    with_renderer(&mut world, alice);
    let call = IRenderer::tokenURICall {
        collection: provenance,
        tokenId: token_id,
    };
    assert_eq!(world.view(renderer, call), before);
}

/// What a collection reverts with is no answer, though it may look like one.
#[test]
fn refusal_in_the_form_of_an_answer_is_a_refusal() {
    let mut world = World::new();
    let (alice, renderer) = (world.alice, world.renderer);
    let mut code = always(&("Poor",).abi_encode_params());
    // RETURN, in its tenth byte, becomes REVERT.
    assert_eq!(code[9], 0xf3);
    code[9] = 0xfd;
    let collection = world.deploy_code(creation(&code));
    let call = IRenderer::contractURICall { collection };
    world
        .act(alice, renderer, call)
        .refused(IRenderer::CollectionCallFailed { collection });
}

#[test]
fn collection_that_does_not_answer_is_named() {
    let mut world = World::new();
    let (alice, provenance, router, renderer) =
        (world.alice, world.provenance, world.router, world.renderer);
    let token_id = U256::from(world.mint(alice).send());
    let garbage = world.deploy_code(creation(&[0x5f, 0x19, 0x5f, 0x52, 0x60, 64, 0x5f, 0xf3]));
    let large = world.deploy_code(creation(&[
        0x60, 32, 0x5f, 0x52, 0x61, 0x80, 0x01, 0x5f, 0xf3,
    ]));
    for collection in [alice, router, garbage, large, Address::ZERO] {
        let refusal = || IRenderer::CollectionCallFailed { collection };
        let call = IRenderer::tokenURICall {
            collection,
            tokenId: token_id,
        };
        world.act(alice, renderer, call).refused(refusal());
        world
            .act(alice, renderer, IRenderer::contractURICall { collection })
            .refused(refusal());
    }
    for token_id in [token_id + U256::from(1), U256::MAX] {
        let refusal = IRenderer::CollectionCallFailed {
            collection: provenance,
        };
        let call = IRenderer::tokenURICall {
            collection: provenance,
            tokenId: token_id,
        };
        world.act(alice, renderer, call).refused(refusal);
    }
}

//! Records: read back as they were minted, whatever becomes of the token.

use alloy_primitives::{Address, B256, U256};
use lineage_tests::World;
use lineage_tests::abi::IProvenance;
use lineage_tests::world::{GALLERY, Minting};

fn assert_read_back(world: &mut World, mint: impl FnOnce(Minting<'_>) -> Minting<'_>) {
    let alice = world.alice;
    let minting = mint(world.mint(alice));
    let (request, now) = (minting.request(), minting.now());
    let token_id = U256::from(minting.send());
    let record = world.view(
        world.provenance,
        IProvenance::recordCall { tokenId: token_id },
    );
    let expected = IProvenance::Record {
        creator: alice,
        outputHash: request.outputHash,
        processRoot: request.processRoot,
        stepCount: request.stepCount,
        kind: request.kind,
        royalty: request.royalty,
        sourceType: request.sourceType,
        claimedAt: now,
        mintedAt: now,
        title: request.title,
        uri: request.uri,
    };
    assert_eq!(record, expected);
}

#[test]
fn record_is_read_back_as_minted() {
    let mut world = World::new();
    assert_read_back(&mut world, |minting| minting);
    assert_read_back(&mut world, |minting| {
        minting.with(|request| {
            request.outputHash = B256::repeat_byte(0xff);
            request.processRoot = B256::ZERO;
            request.stepCount = 0;
            request.royalty = 0;
            request.sourceType = 0;
            request.title = String::new();
        })
    });
}

#[test]
fn record_of_the_largest_fields_is_read_back() {
    let mut world = World::new();
    assert_read_back(&mut world, |minting| {
        minting.with(|request| {
            request.outputHash = B256::with_last_byte(1);
            request.processRoot = B256::repeat_byte(0xff);
            request.stepCount = u16::MAX;
            request.kind = 5;
            request.royalty = 5_000;
            request.sourceType = 17;
            request.title = "🦆".repeat(16);
            request.uri = format!("{:z<512}", "https://example.org/")
                .into_bytes()
                .into();
        })
    });
}

#[test]
fn record_of_every_length_of_title_and_uri_is_read_back() {
    let mut world = World::new();
    for size in [1, 31, 32, 33, 63, 64] {
        assert_read_back(&mut world, |minting| {
            minting.with(|request| {
                request.title = "t".repeat(size);
                request.uri = format!("{:u<1$}", "https://e", size.max(9))
                    .into_bytes()
                    .into();
            })
        });
    }
    for scheme in 1..=3 {
        let uri = [&[scheme][..], &[0xfe; 32]].concat();
        assert_read_back(&mut world, |minting| {
            minting.with(|request| request.uri = uri.into())
        });
    }
}

#[test]
fn record_and_royalty_outlive_every_transfer() {
    let mut world = World::new();
    let (alice, bob, carol, provenance) = (world.alice, world.bob, world.carol, world.provenance);
    let token_id = U256::from(
        world
            .mint(alice)
            .with(|request| request.royalty = 321)
            .send(),
    );
    let price = U256::from(1_000_000);
    let view = |world: &World| {
        let record = world.view(provenance, IProvenance::recordCall { tokenId: token_id });
        let royalty = world.view(
            provenance,
            IProvenance::royaltyInfoCall {
                tokenId: token_id,
                salePrice: price,
            },
        );
        (record, royalty.receiver, royalty.royaltyAmount)
    };
    let before = view(&world);
    for (from, to) in [(alice, bob), (bob, carol), (carol, alice)] {
        world
            .act(
                from,
                provenance,
                IProvenance::transferFromCall {
                    from,
                    to,
                    tokenId: token_id,
                },
            )
            .done();
        assert_eq!(view(&world), before);
    }
}

#[test]
fn record_is_code_that_stops_whatever_it_says() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    // An output hash that would be code: CALLER SELFDESTRUCT, then invalid.
    let hostile = B256::right_padding_from(&[0x33, 0xff, 0xfe]);
    let number = world.chain.nonce(provenance);
    let token_id = U256::from(
        world
            .mint(alice)
            .with(|request| request.outputHash = hostile)
            .send(),
    );
    let record = provenance.create(number);
    assert_eq!(world.chain.code(record)[0], 0);
    let outcome = world.call(bob, record, vec![0xff; 64]);
    assert!(outcome.status.is_success() && outcome.output.is_empty());
    assert_eq!(
        world
            .view(provenance, IProvenance::recordCall { tokenId: token_id })
            .outputHash,
        hostile
    );
}

#[test]
fn record_of_no_token_is_refused() {
    let mut world = World::new();
    let (alice, provenance) = (world.alice, world.provenance);
    let minted = world.mint(alice).send();
    // A work that another collection registered is no token of this one.
    let foreign = world.work(GALLERY, alice).register();
    let beyond = U256::from(minted) + (U256::from(1) << 64);
    for token_id in [
        U256::ZERO,
        U256::from(foreign),
        U256::from(3),
        beyond,
        U256::MAX,
    ] {
        let refusal = || IProvenance::ERC721NonexistentToken { tokenId: token_id };
        world
            .act(
                alice,
                provenance,
                IProvenance::recordCall { tokenId: token_id },
            )
            .refused(refusal());
        world
            .act(
                alice,
                provenance,
                IProvenance::tokenURICall { tokenId: token_id },
            )
            .refused(refusal());
        world
            .act(
                alice,
                provenance,
                IProvenance::ownerOfCall { tokenId: token_id },
            )
            .refused(refusal());
        world
            .act(
                alice,
                provenance,
                IProvenance::getApprovedCall { tokenId: token_id },
            )
            .refused(refusal());
    }
    let nobody = IProvenance::ERC721InvalidOwner {
        owner: Address::ZERO,
    };
    world
        .act(
            alice,
            provenance,
            IProvenance::balanceOfCall {
                owner: Address::ZERO,
            },
        )
        .refused(nobody);
}

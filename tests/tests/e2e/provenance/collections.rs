//! Many collections over one router: each with its name, none with a say over another's works.

use alloy_primitives::{Address, B256, U256};
use lineage::deploy;
use lineage_tests::World;
use lineage_tests::abi::IProvenance::{self, MintRequest};
use lineage_tests::abi::IRouter;
use lineage_tests::world::{GALLERY, NATIVE};
use stylus_chain::arbos::predeploys::ARB_WASM;

fn ducks(world: &mut World) -> Address {
    let programs = (world.router, world.renderer);
    let collection = deploy::collection(
        &mut world.chain,
        world.bob,
        programs,
        ("Bob's ducks", "DUCK"),
    );
    let collection = collection.unwrap_or_else(|error| panic!("{error:#}"));
    world.watch(collection);
    collection
}

#[test]
fn second_collection_has_its_own_name_and_no_second_activation() {
    let mut world = World::new();
    let (bob, provenance) = (world.bob, world.provenance);
    let active = world.chain.program(provenance).expect("it is active");
    let activations = |world: &World| {
        let logs = world.chain.receipts().flat_map(|receipt| receipt.logs);
        logs.filter(|log| log.address == ARB_WASM).count()
    };
    let before = activations(&world);
    assert_eq!(before, 5);
    let collection = ducks(&mut world);
    assert_eq!(activations(&world), before);
    assert_ne!(collection, provenance);
    assert_eq!(
        world.chain.code_hash(collection),
        world.chain.code_hash(provenance)
    );
    assert_eq!(
        world.chain.program(collection).expect("it is active"),
        active
    );

    let named = |of, name: &str, symbol: &str, owner| {
        assert_eq!(world.view(of, IProvenance::nameCall {}), name);
        assert_eq!(world.view(of, IProvenance::symbolCall {}), symbol);
        assert_eq!(world.view(of, IProvenance::ownerCall {}), owner);
    };
    named(collection, "Bob's ducks", "DUCK", bob);
    named(provenance, "Lineage", "LINE", Address::ZERO);
}

#[test]
fn name_of_any_length_is_read_back() {
    let mut world = World::new();
    let programs = (world.router, world.renderer);
    for size in [0, 31, 32, 33, 64, 100] {
        let name: String = "ä".repeat(size / 2) + &"x".repeat(size % 2);
        let collection = deploy::collection(&mut world.chain, world.bob, programs, (&name, &name));
        let collection = collection.unwrap_or_else(|error| panic!("{error:#}"));
        assert_eq!(world.view(collection, IProvenance::nameCall {}), name);
        assert_eq!(world.view(collection, IProvenance::symbolCall {}), name);
    }
}

#[test]
fn collections_share_the_graph_and_nothing_else() {
    let mut world = World::new();
    let (alice, bob, provenance, router) = (world.alice, world.bob, world.provenance, world.router);
    let collection = ducks(&mut world);
    let parent = world.mint_open(alice);
    let child = world
        .mint(bob)
        .collection(collection)
        .parents(&[(parent, 1_500)])
        .send();
    assert_eq!(child, parent + 1);
    let work = world.view(router, IRouter::workCall { id: child });
    assert_eq!((work.collection, work.creator), (collection, bob));
    let token_id = U256::from(child);
    assert_eq!(
        world.view(collection, IProvenance::ownerOfCall { tokenId: token_id }),
        bob
    );
    let refusal = IProvenance::ERC721NonexistentToken { tokenId: token_id };
    world
        .act(
            bob,
            provenance,
            IProvenance::ownerOfCall { tokenId: token_id },
        )
        .refused(refusal);
    assert_eq!(
        world.view(provenance, IProvenance::balanceOfCall { owner: bob }),
        U256::ZERO
    );
    // Income crosses from one to the other.
    world.pay(alice, child, NATIVE, 1_000);
    world.settle(&[child], NATIVE);
    assert_eq!(world.claim(parent, NATIVE, 0), 150);
}

#[test]
fn copy_in_a_strangers_collection_uses_nothing_up() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let collection = ducks(&mut world);
    let request = world
        .mint(alice)
        .with(|request| request.salt = B256::repeat_byte(0x5a))
        .request();
    let committed = world.chain.timestamp();
    world.commit(alice, &request);
    let before = world.chain.storage_dump(provenance);
    // Bob copies the pending mint into his own collection, where nobody committed.
    let copy = MintRequest {
        salt: B256::ZERO,
        to: bob,
        ..request.clone()
    };
    world
        .mint(bob)
        .collection(collection)
        .with(|new| *new = copy)
        .send();
    assert_eq!(world.chain.storage_dump(provenance), before);
    let token = world.mint(alice).with(|new| *new = request.clone()).send();
    let record = world.view(
        provenance,
        IProvenance::recordCall {
            tokenId: U256::from(token),
        },
    );
    assert_eq!((record.creator, record.claimedAt), (alice, committed));
    let first = world.view(
        provenance,
        IProvenance::tokenOfCall {
            outputHash: request.outputHash,
        },
    );
    assert_eq!(first, U256::from(token));
}

#[test]
fn work_registered_in_an_authors_name_takes_nothing_of_theirs() {
    let mut world = World::new();
    let (alice, bob, provenance, router) = (world.alice, world.bob, world.provenance, world.router);
    let original = world.mint_open(alice);
    let before = (
        world.chain.storage_dump(provenance),
        world.view(router, IRouter::payeesCall { id: original }),
    );
    // An account as a collection names Alice as the creator, and Bob as who is paid.
    let forged = world
        .work(GALLERY, alice)
        .parents(&[(original, 100)])
        .payees(&[(bob, 10_000)])
        .register();
    let after = (
        world.chain.storage_dump(provenance),
        world.view(router, IRouter::payeesCall { id: original }),
    );
    assert_eq!(after, before);
    assert_eq!(
        world
            .view(router, IRouter::workCall { id: forged })
            .collection,
        GALLERY
    );
    let of = IRouter::workOfCall {
        collection: provenance,
        tokenId: U256::from(forged),
    };
    assert_eq!(world.view(router, of), 0);
    let of = IProvenance::tokenByCall {
        creator: alice,
        outputHash: B256::ZERO,
    };
    assert_eq!(world.view(provenance, of), U256::ZERO);
    // What is paid for the original is Alice's whole.
    world.pay(bob, original, NATIVE, 10_000);
    assert_eq!(world.claim(original, NATIVE, 0), 10_000);
    // And her next mint goes its way.
    assert_eq!(world.mint(alice).send(), forged + 1);
}

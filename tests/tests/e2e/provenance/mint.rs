//! What a mint leaves behind.

use crate::other_router::teach;
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use lineage::deploy;
use lineage_tests::World;
use lineage_tests::abi::{IProvenance, IRouter};
use lineage_tests::world::GALLERY;

#[test]
fn token_is_the_work_and_the_receiver_owns_it() {
    let mut world = World::new();
    let (alice, bob, provenance, router) = (world.alice, world.bob, world.provenance, world.router);
    let foreign = world.work(GALLERY, alice).register();
    let minting = world
        .mint(alice)
        .payees(&[(bob, 4_000), (alice, 6_000)])
        .with(|request| {
            request.to = bob;
            request.kind = 4;
        });
    let request = minting.request();
    let now = minting.now();
    let done = minting.act().done();

    let token_id = U256::from(foreign + 1);
    assert_eq!(done.answer(), token_id);
    let work = world.view(router, IRouter::workCall { id: 2 });
    assert_eq!(
        (work.creator, work.collection, work.tokenId),
        (alice, provenance, token_id)
    );
    assert_eq!((work.kind, work.payees, work.parents), (4, 2, 0));
    assert_eq!(
        world.view(
            router,
            IRouter::workOfCall {
                collection: provenance,
                tokenId: token_id
            }
        ),
        2
    );
    let payees = world.view(router, IRouter::payeesCall { id: 2 });
    assert_eq!(
        payees
            .iter()
            .map(|payee| (payee.account, payee.share))
            .collect::<Vec<_>>(),
        [(bob, 4_000), (alice, 6_000)]
    );

    assert_eq!(
        world.view(provenance, IProvenance::ownerOfCall { tokenId: token_id }),
        bob
    );
    assert_eq!(
        world.view(provenance, IProvenance::balanceOfCall { owner: bob }),
        U256::from(1)
    );
    assert_eq!(
        world.view(provenance, IProvenance::balanceOfCall { owner: alice }),
        U256::ZERO
    );

    let [transfer]: [IProvenance::Transfer; 1] =
        done.events(provenance).try_into().expect("one transfer");
    assert_eq!(
        (transfer.from, transfer.to, transfer.tokenId),
        (Address::ZERO, bob, token_id)
    );
    let [minted]: [IProvenance::WorkMinted; 1] =
        done.events(provenance).try_into().expect("one mint");
    assert_eq!(
        (minted.tokenId, minted.creator, minted.outputHash),
        (token_id, alice, request.outputHash)
    );
    assert_eq!(
        (minted.processRoot, minted.stepCount, minted.claimedAt),
        (request.processRoot, 2, now)
    );
    let [registered]: [IRouter::WorkRegistered; 1] =
        done.events(router).try_into().expect("one registration");
    assert_eq!(
        (registered.work, registered.collection, registered.creator),
        (2, provenance, alice)
    );
    assert_eq!(done.receipt.logs.len(), 3);
}

#[test]
fn one_creator_cannot_mint_a_file_twice() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let request = world.mint(alice).request();
    let file = request.outputHash;
    let first = world.mint(alice).with(|new| new.outputHash = file).send();
    // Neither with another root, nor for another receiver.
    let again = world.mint(alice).with(|new| {
        new.outputHash = file;
        new.processRoot.0[0] ^= 1;
        new.to = bob;
    });
    let refusal = IProvenance::AlreadyMinted {
        creator: alice,
        outputHash: file,
        tokenId: U256::from(first),
    };
    again.act().refused(refusal);
    // Others may, and then no more than once either: a bot that is first must not lock an author out.
    let second = world.mint(bob).with(|new| new.outputHash = file).send();
    let refusal = IProvenance::AlreadyMinted {
        creator: bob,
        outputHash: file,
        tokenId: U256::from(second),
    };
    world
        .mint(bob)
        .with(|new| new.outputHash = file)
        .act()
        .refused(refusal);
    let refusal = IProvenance::AlreadyMinted {
        creator: alice,
        outputHash: file,
        tokenId: U256::from(first),
    };
    world
        .mint(alice)
        .with(|new| new.outputHash = file)
        .act()
        .refused(refusal);
}

#[test]
fn nobody_receives_nothing() {
    let mut world = World::new();
    let alice = world.alice;
    let refusal = IProvenance::ERC721InvalidReceiver {
        receiver: Address::ZERO,
    };
    world
        .mint(alice)
        .with(|request| request.to = Address::ZERO)
        .act()
        .refused(refusal);
}

#[test]
fn value_that_no_parent_is_due_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let refusal = || IRouter::ValueMismatch {
        got: U256::from(1),
        expected: U256::ZERO,
    };
    world.mint(alice).act().value(1).refused(refusal());
    let parent = world.mint_open(alice);
    world
        .mint(alice)
        .parents(&[(parent, 100)])
        .act()
        .value(1)
        .refused(refusal());
}

#[test]
fn collection_that_was_not_constructed_mints_nothing() {
    let mut world = World::new();
    let alice = world.alice;
    // The same bytes without a constructor: they are active, since programs are by their code.
    let bare = world.deploy_code(stylus_chain::init_code(lineage::programs::PROVENANCE.code));
    let refusal = IProvenance::RouterCallFailed {
        router: Address::ZERO,
    };
    world.mint(alice).collection(bare).act().refused(refusal);
}

#[test]
fn record_that_is_not_where_it_will_be_looked_for_is_refused() {
    let mut world = World::new();
    let (alice, provenance) = (world.alice, world.provenance);
    // As if the collection had created something else.
    let nonce = world.chain.nonce(provenance);
    world.chain.set_nonce(provenance, nonce + 1);
    world
        .mint(alice)
        .act()
        .refused(IProvenance::RecordFailed {});
}

#[test]
fn router_that_answers_no_work_is_named() {
    let mut world = World::new();
    let alice = world.alice;
    let parrot = world.deploy("Parrot");
    let programs = (parrot, world.renderer);
    let collection = deploy::collection(&mut world.chain, world.bob, programs, ("Ducks", "DUCK"));
    let collection = collection.unwrap_or_else(|error| panic!("{error:#}"));
    world.watch(collection);
    let too_large = U256::from(1) << 64;
    for answer in [U256::ZERO, too_large, U256::MAX] {
        teach(&mut world, parrot, answer.abi_encode(), false);
        world
            .mint(alice)
            .collection(collection)
            .act()
            .refused(IProvenance::RouterCallFailed { router: parrot });
    }
    teach(&mut world, parrot, U256::from(7).abi_encode(), false);
    let done = world.mint(alice).collection(collection).act().done();
    assert_eq!(done.answer(), U256::from(7));
}

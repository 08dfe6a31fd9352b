//! The collection's owner: Ownable2Step, and the renderer that is theirs to change.

use crate::construct::constructor;
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use lineage::{deploy, programs};
use lineage_tests::World;
use lineage_tests::abi::IProvenance;
use lineage_tests::world::DEPLOYER;

/// Who deploys the shared collection, and owns it where it has an owner.
const OWNER: Address = DEPLOYER;

fn owners(world: &World) -> (Address, Address) {
    let owner = world.view(world.provenance, IProvenance::ownerCall {});
    (
        owner,
        world.view(world.provenance, IProvenance::pendingOwnerCall {}),
    )
}

#[test]
fn new_renderer_is_announced_for_every_token() {
    let mut world = World::owned();
    let (bob, provenance) = (world.bob, world.provenance);
    let done = world
        .act(
            OWNER,
            provenance,
            IProvenance::setRendererCall { renderer: bob },
        )
        .done();
    let changed: Vec<IProvenance::RendererChanged> = done.events(provenance);
    assert_eq!(
        changed
            .iter()
            .map(|event| event.renderer)
            .collect::<Vec<_>>(),
        [bob]
    );
    let updated: Vec<IProvenance::BatchMetadataUpdate> = done.events(provenance);
    let updated: Vec<_> = updated
        .iter()
        .map(|event| (event._fromTokenId, event._toTokenId))
        .collect();
    assert_eq!(updated, [(U256::ZERO, U256::MAX)]);
    assert_eq!(
        done.events::<IProvenance::ContractURIUpdated>(provenance)
            .len(),
        1
    );
    assert_eq!(done.receipt.logs.len(), 3);
    assert_eq!(world.view(provenance, IProvenance::rendererCall {}), bob);
}

#[test]
fn renderer_is_the_owners_alone_to_change() {
    let mut world = World::new();
    let (bob, provenance) = (world.bob, world.provenance);
    let refusal = IProvenance::OwnableUnauthorizedAccount { account: bob };
    world
        .act(
            bob,
            provenance,
            IProvenance::setRendererCall { renderer: bob },
        )
        .refused(refusal);
}

#[test]
fn ownership_passes_in_two_steps() {
    let mut world = World::owned();
    let (bob, carol, provenance) = (world.bob, world.carol, world.provenance);
    assert_eq!(owners(&world), (OWNER, Address::ZERO));
    let done = world
        .act(
            OWNER,
            provenance,
            IProvenance::transferOwnershipCall { newOwner: bob },
        )
        .done();
    let started: IProvenance::OwnershipTransferStarted = done.only(provenance);
    assert_eq!((started.previousOwner, started.newOwner), (OWNER, bob));
    assert_eq!(owners(&world), (OWNER, bob));

    let refusal = IProvenance::OwnableUnauthorizedAccount { account: carol };
    world
        .act(carol, provenance, IProvenance::acceptOwnershipCall {})
        .refused(refusal);
    let done = world
        .act(bob, provenance, IProvenance::acceptOwnershipCall {})
        .done();
    let passed: IProvenance::OwnershipTransferred = done.only(provenance);
    assert_eq!((passed.previousOwner, passed.newOwner), (OWNER, bob));
    assert_eq!(owners(&world), (bob, Address::ZERO));

    let refusal = || IProvenance::OwnableUnauthorizedAccount { account: OWNER };
    world
        .act(
            OWNER,
            provenance,
            IProvenance::setRendererCall { renderer: bob },
        )
        .refused(refusal());
    world
        .act(
            OWNER,
            provenance,
            IProvenance::transferOwnershipCall { newOwner: OWNER },
        )
        .refused(refusal());
    world
        .act(
            bob,
            provenance,
            IProvenance::setRendererCall { renderer: bob },
        )
        .done();
}

#[test]
fn renounced_ownership_is_nobodys() {
    let mut world = World::owned();
    let (bob, provenance) = (world.bob, world.provenance);
    world
        .act(
            OWNER,
            provenance,
            IProvenance::transferOwnershipCall { newOwner: bob },
        )
        .done();
    let refusal = IProvenance::OwnableUnauthorizedAccount { account: bob };
    world
        .act(bob, provenance, IProvenance::renounceOwnershipCall {})
        .refused(refusal);
    let done = world
        .act(OWNER, provenance, IProvenance::renounceOwnershipCall {})
        .done();
    let passed: IProvenance::OwnershipTransferred = done.only(provenance);
    assert_eq!(
        (passed.previousOwner, passed.newOwner),
        (OWNER, Address::ZERO)
    );
    assert_eq!(owners(&world), (Address::ZERO, Address::ZERO));
    // The offer went with it.
    let refusal = IProvenance::OwnableUnauthorizedAccount { account: bob };
    world
        .act(bob, provenance, IProvenance::acceptOwnershipCall {})
        .refused(refusal);
}

#[test]
fn r60_shared_collection_has_no_owner_who_could_override_its_royalties() {
    let mut world = World::new();
    let provenance = world.provenance;
    assert_eq!(owners(&world), (Address::ZERO, Address::ZERO));
    let refusal = || IProvenance::OwnableUnauthorizedAccount { account: OWNER };
    world
        .act(
            OWNER,
            provenance,
            IProvenance::setRendererCall { renderer: OWNER },
        )
        .refused(refusal());
    world
        .act(OWNER, provenance, IProvenance::acceptOwnershipCall {})
        .refused(refusal());
    // Who deploys it otherwise says so.
    assert_eq!(owners(&World::owned()), (OWNER, Address::ZERO));
}

#[test]
fn collection_without_an_owner_is_not_constructed() {
    let mut world = World::new();
    let arguments = (
        world.router,
        world.renderer,
        Address::ZERO,
        "Nobody's",
        "NONE",
    )
        .abi_encode_params();
    // Through the deployer, which has errors of its own, and on the bare code.
    let deployed = deploy::program(
        &mut world.chain,
        OWNER,
        programs::PROVENANCE,
        Some(arguments.clone()),
    );
    assert!(deployed.is_err());
    let bare = world.deploy_code(stylus_chain::init_code(programs::PROVENANCE.code));
    let refusal = IProvenance::OwnableInvalidOwner {
        owner: Address::ZERO,
    };
    world
        .act_raw(OWNER, bare, constructor(arguments))
        .refused(refusal);
}

#[test]
fn first_renderer_is_announced() {
    let mut world = World::new();
    let (bob, router) = (world.bob, world.router);
    let bare = world.deploy_code(stylus_chain::init_code(programs::PROVENANCE.code));
    let arguments = (router, bob, OWNER, "Ducks", "DUCK").abi_encode_params();
    let done = world.act_raw(OWNER, bare, constructor(arguments)).done();
    let changed: Vec<IProvenance::RendererChanged> = done.events(bare);
    let changed: Vec<_> = changed.iter().map(|event| event.renderer).collect();
    assert_eq!(changed, [bob]);
}

//! What a receiver may do while a work is minted to it, and what not.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolError, SolValue};
use lineage_tests::World;
use lineage_tests::abi::IProvenance::{self, mintCall};
use lineage_tests::abi::{Actor, IRouter};
use lineage_tests::world::{ETHER, NATIVE};

fn with_actor() -> (World, Address, Address) {
    let mut world = World::new();
    let actor = world.deploy("Actor");
    let provenance = world.provenance;
    (world, actor, provenance)
}

#[test]
fn receiver_may_transfer_approve_and_pay() {
    let (mut world, actor, provenance) = with_actor();
    let (alice, bob, carol, router) = (world.alice, world.bob, world.carol, world.router);
    world.chain.set_balance(actor, U256::from(50));
    let token_id = U256::from(1);
    let pay = IRouter::payCall {
        work: 1,
        asset: NATIVE,
        amount: U256::from(50),
        r#ref: Default::default(),
    };
    let calls = [
        (router, 50, pay.abi_encode()),
        (
            provenance,
            0,
            IProvenance::approveCall {
                to: carol,
                tokenId: token_id,
            }
            .abi_encode(),
        ),
        (
            provenance,
            0,
            IProvenance::transferFromCall {
                from: actor,
                to: bob,
                tokenId: token_id,
            }
            .abi_encode(),
        ),
        (
            provenance,
            0,
            IProvenance::setApprovalForAllCall {
                operator: carol,
                approved: true,
            }
            .abi_encode(),
        ),
    ];
    world.plan(actor, calls.to_vec());
    assert_eq!(
        world.mint(alice).with(|request| request.to = actor).send(),
        1
    );
    assert_eq!(world.results(actor), vec![(true, Vec::new()); 4]);
    assert_eq!(
        world.view(provenance, IProvenance::ownerOfCall { tokenId: token_id }),
        bob
    );
    assert_eq!(
        world.view(
            provenance,
            IProvenance::getApprovedCall { tokenId: token_id }
        ),
        Address::ZERO
    );
    assert!(world.view(
        provenance,
        IProvenance::isApprovedForAllCall {
            owner: actor,
            operator: carol
        }
    ));
    assert_eq!(world.claimable(1, NATIVE, 0), 50);
}

#[test]
fn receiver_sees_the_work_whole() {
    let (mut world, actor, provenance) = with_actor();
    let alice = world.alice;
    let token_id = U256::from(1);
    let request = world.mint(alice).request();
    let file = request.outputHash;
    let calls = [
        IProvenance::ownerOfCall { tokenId: token_id }.abi_encode(),
        IProvenance::tokenOfCall { outputHash: file }.abi_encode(),
        IProvenance::recordCall { tokenId: token_id }.abi_encode(),
        IProvenance::tokenURICall { tokenId: token_id }.abi_encode(),
    ];
    world.plan(actor, calls.map(|call| (provenance, 0, call)).to_vec());
    world
        .mint(alice)
        .with(|new| (new.to, new.outputHash) = (actor, file))
        .send();
    let answers = world.results(actor);
    assert_eq!(answers[0], (true, actor.abi_encode()));
    assert_eq!(answers[1], (true, token_id.abi_encode()));
    let record = world.view(provenance, IProvenance::recordCall { tokenId: token_id });
    assert_eq!(answers[2], (true, record.abi_encode()));
    let uri = world.view(provenance, IProvenance::tokenURICall { tokenId: token_id });
    assert_eq!(answers[3], (true, uri.abi_encode()));
}

#[test]
fn receiver_may_not_mint() {
    let (mut world, actor, provenance) = with_actor();
    let alice = world.alice;
    let inner = world.mint(actor).request();
    world.plan(
        actor,
        vec![(
            provenance,
            0,
            mintCall {
                request: inner.clone(),
            }
            .abi_encode(),
        )],
    );
    let outer = world.mint(alice).with(|request| request.to = actor).send();
    assert_eq!(
        world.results(actor),
        [(false, IProvenance::Locked {}.abi_encode())]
    );
    // Nothing of the inner mint is left: the next work has the next id, and the file is still to be claimed.
    world.chain.set_balance(actor, U256::from(ETHER));
    let next = world.mint(actor).with(|request| *request = inner).send();
    assert_eq!(next, outer + 1);
}

#[test]
fn lock_is_free_again_within_the_transaction() {
    let (mut world, actor, provenance) = with_actor();
    let (alice, bob) = (world.alice, world.bob);
    let inner = [1, 2].map(|salt: u8| {
        let request = world.mint(actor).with(|request| {
            request.to = bob;
            request.outputHash.0[0] ^= salt;
        });
        (
            provenance,
            0,
            mintCall {
                request: request.request(),
            }
            .abi_encode(),
        )
    });
    world.plan(actor, inner.to_vec());
    // The plan runs when the actor is paid, so both mints are in one transaction, one after the other.
    let payment = stylus_chain::Transaction::transfer(alice, actor, U256::from(1));
    assert!(
        world
            .chain
            .send(payment)
            .expect("valid")
            .status
            .is_success()
    );
    let minted = world.results(actor);
    assert_eq!(
        minted,
        [1, 2].map(|id: u64| (true, U256::from(id).abi_encode()))
    );
}

#[test]
fn receiver_that_refuses_stops_the_mint() {
    let (mut world, actor, _) = with_actor();
    let (alice, erin, router) = (world.alice, world.erin, world.router);
    world
        .act(erin, actor, Actor::refuseCall { whether: true })
        .done();
    world
        .mint(alice)
        .with(|request| request.to = actor)
        .act()
        .refused(Actor::Refused {});
    world
        .act(erin, actor, Actor::refuseCall { whether: false })
        .done();
    world
        .act(
            erin,
            actor,
            Actor::answerWithCall {
                selector: [0; 4].into(),
            },
        )
        .done();
    let refusal = IProvenance::ERC721InvalidReceiver { receiver: actor };
    world
        .mint(alice)
        .with(|request| request.to = actor)
        .act()
        .refused(refusal);
    // The router forgot the work with everything else.
    assert_eq!(world.view(router, IRouter::workCountCall {}), 0);
    assert_eq!(world.mint(alice).send(), 1);
}

//! Receivers of a safe transfer: they accept, refuse, answer nonsense, send on.

use super::transfer::{balance, minted, owner, safe_transfer, transfer};
use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use lineage_tests::World;
use lineage_tests::abi::{Actor, IProvenance};
use lineage_tests::bytecode;

alloy_sol_types::sol! {
    interface Received {
        function onERC721Received(address operator, address from, uint256 tokenId, bytes data) external returns (bytes4);
    }
}

/// Reverts with the calldata it got: CALLDATACOPY(0, 0, CALLDATASIZE), REVERT(0, CALLDATASIZE).
fn deploy_mirror(world: &mut World) -> Address {
    world.deploy_code(bytecode::creation(&[
        0x36, 0x5f, 0x5f, 0x37, 0x36, 0x5f, 0xfd,
    ]))
}

#[test]
fn safe_transfer_asks_the_receiver() {
    let (mut world, provenance, token_id) = minted();
    let (alice, erin) = (world.alice, world.erin);
    let actor = world.deploy("Actor");
    world
        .act(alice, provenance, safe_transfer(alice, actor, token_id))
        .done();
    assert_eq!(owner(&world, token_id), actor);
    // And back, out of the receiver's own hands.
    let back = transfer(actor, alice, token_id).abi_encode();
    world
        .act(
            erin,
            actor,
            Actor::actCall {
                target: provenance,
                value: U256::ZERO,
                data: back.into(),
            },
        )
        .done();
    world
        .act(erin, actor, Actor::refuseCall { whether: true })
        .done();
    world
        .act(alice, provenance, safe_transfer(alice, actor, token_id))
        .refused(Actor::Refused {});
    // An unsafe transfer asks nobody.
    world
        .act(alice, provenance, transfer(alice, actor, token_id))
        .done();
}

#[test]
fn receiver_is_told_who_sends_what_with_which_data() {
    let (mut world, provenance, token_id) = minted();
    let (alice, bob) = (world.alice, world.bob);
    let mirror = deploy_mirror(&mut world);
    world
        .act(
            alice,
            provenance,
            IProvenance::setApprovalForAllCall {
                operator: bob,
                approved: true,
            },
        )
        .done();
    for data in [Vec::new(), vec![7; 1], vec![8; 32], vec![9; 500]] {
        let told = Received::onERC721ReceivedCall {
            operator: bob,
            from: alice,
            tokenId: token_id,
            data: data.clone().into(),
        };
        let told = told.abi_encode();
        let call = IProvenance::safeTransferFrom_0Call {
            from: alice,
            to: mirror,
            tokenId: token_id,
            data: data.into(),
        };
        world
            .act(bob, provenance, call)
            .refused_with(&told, "its own calldata");
    }
    let told = Received::onERC721ReceivedCall {
        operator: bob,
        from: alice,
        tokenId: token_id,
        data: Vec::new().into(),
    };
    let call = safe_transfer(alice, mirror, token_id);
    world
        .act(bob, provenance, call)
        .refused_with(&told.abi_encode(), "its own calldata");
}

#[test]
fn receiver_of_a_mint_is_told_that_it_comes_from_nobody() {
    let mut world = World::new();
    let alice = world.alice;
    let mirror = deploy_mirror(&mut world);
    let told = Received::onERC721ReceivedCall {
        operator: alice,
        from: Address::ZERO,
        tokenId: U256::from(1),
        data: Vec::new().into(),
    };
    world
        .mint(alice)
        .with(|request| request.to = mirror)
        .act()
        .refused_with(&told.abi_encode(), "its own calldata");
}

#[test]
fn receivers_that_do_not_accept_are_named() {
    let (mut world, provenance, token_id) = minted();
    let (alice, erin) = (world.alice, world.erin);
    let actor = world.deploy("Actor");
    world
        .act(
            erin,
            actor,
            Actor::answerWithCall {
                selector: [0x15, 0x0b, 0x7a, 0x03].into(),
            },
        )
        .done();
    let coin = world.deploy("Coin");
    // Answers 31 bytes; answers nothing; reverts with more than is passed on; runs out of gas.
    let short = world.deploy_code(bytecode::creation(&[0x60, 31, 0x5f, 0xf3]));
    let silent = world.deploy_code(bytecode::creation(&[0x00]));
    let verbose = world.deploy_code(bytecode::creation(&[0x61, 0x04, 0x01, 0x5f, 0xfd]));
    let broken = world.deploy_code(bytecode::creation(&[0xfe]));
    for receiver in [actor, coin, short, silent, verbose, broken] {
        let refusal = IProvenance::ERC721InvalidReceiver { receiver };
        world
            .act(alice, provenance, safe_transfer(alice, receiver, token_id))
            .refused(refusal);
    }
}

#[test]
fn answer_with_dirty_bytes_behind_the_selector_is_no_consent() {
    let (mut world, provenance, token_id) = minted();
    let alice = world.alice;
    // PUSH5 150b7a02 01, PUSH1 216, SHL, MSTORE(0), RETURN(0, 32): one bit too many.
    let code = [
        0x64, 0x15, 0x0b, 0x7a, 0x02, 0x01, 0x60, 216, 0x1b, 0x5f, 0x52, 0x60, 32, 0x5f, 0xf3,
    ];
    let dirty = world.deploy_code(bytecode::creation(&code));
    let refusal = IProvenance::ERC721InvalidReceiver { receiver: dirty };
    world
        .act(alice, provenance, safe_transfer(alice, dirty, token_id))
        .refused(refusal);
}

#[test]
fn reason_of_a_receiver_is_passed_on() {
    let (mut world, provenance, token_id) = minted();
    let (alice, router) = (world.alice, world.router);
    // A program that is no receiver says so itself.
    let refusal = IProvenance::UnknownSelector {
        selector: [0x15, 0x0b, 0x7a, 0x02].into(),
    };
    world
        .act(alice, provenance, safe_transfer(alice, router, token_id))
        .refused(refusal);
    // The longest that is.
    let code = [0x61, 0x04, 0x00, 0x5f, 0xfd];
    let verbose = world.deploy_code(bytecode::creation(&code));
    let act = world.act(alice, provenance, safe_transfer(alice, verbose, token_id));
    act.refused_with(&[0; 1024], "1,024 bytes of reason");
}

#[test]
fn receiver_may_send_on_what_it_receives() {
    let (mut world, provenance, token_id) = minted();
    let (alice, bob) = (world.alice, world.bob);
    let actor = world.deploy("Actor");
    let on = safe_transfer(actor, bob, token_id).abi_encode();
    world.plan(actor, vec![(provenance, 0, on)]);
    let done = world
        .act(alice, provenance, safe_transfer(alice, actor, token_id))
        .done();
    assert_eq!(world.results(actor), [(true, Vec::new())]);
    let moves: Vec<IProvenance::Transfer> = done.events(provenance);
    let moves: Vec<_> = moves.iter().map(|moved| (moved.from, moved.to)).collect();
    assert_eq!(moves, [(alice, actor), (actor, bob)]);
    assert_eq!(
        (
            owner(&world, token_id),
            balance(&world, actor),
            balance(&world, bob)
        ),
        (bob, 0, 1)
    );
}

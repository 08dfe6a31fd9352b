//! ERC-721 approvals and operators.

use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::IProvenance;

fn approve(to: Address, token_id: U256) -> IProvenance::approveCall {
    IProvenance::approveCall {
        to,
        tokenId: token_id,
    }
}

fn operate(operator: Address, approved: bool) -> IProvenance::setApprovalForAllCall {
    IProvenance::setApprovalForAllCall { operator, approved }
}

#[test]
fn approval_is_given_and_taken_back_by_the_owner() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let token_id = U256::from(world.mint(alice).send());
    for to in [bob, Address::ZERO] {
        let done = world.act(alice, provenance, approve(to, token_id)).done();
        let approval: IProvenance::Approval = done.only(provenance);
        assert_eq!(
            (approval.owner, approval.approved, approval.tokenId),
            (alice, to, token_id)
        );
        assert_eq!(
            world.view(
                provenance,
                IProvenance::getApprovedCall { tokenId: token_id }
            ),
            to
        );
    }
}

#[test]
fn operator_may_approve_and_a_stranger_may_not() {
    let mut world = World::new();
    let (alice, bob, carol, provenance) = (world.alice, world.bob, world.carol, world.provenance);
    let token_id = U256::from(world.mint(alice).send());
    world
        .act(carol, provenance, approve(carol, token_id))
        .refused(IProvenance::ERC721InvalidApprover { approver: carol });
    // Whom a token is approved to may send it, not approve others to it.
    world.act(alice, provenance, approve(bob, token_id)).done();
    world
        .act(bob, provenance, approve(carol, token_id))
        .refused(IProvenance::ERC721InvalidApprover { approver: bob });
    world.act(alice, provenance, operate(bob, true)).done();
    let done = world.act(bob, provenance, approve(carol, token_id)).done();
    let approval: IProvenance::Approval = done.only(provenance);
    assert_eq!((approval.owner, approval.approved), (alice, carol));
}

#[test]
fn approval_of_what_is_not_there_is_refused() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let refusal = IProvenance::ERC721NonexistentToken {
        tokenId: U256::from(1),
    };
    world
        .act(alice, provenance, approve(bob, U256::from(1)))
        .refused(refusal);
}

#[test]
fn operator_is_named_for_all_tokens_and_dismissed() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let is = |world: &World, owner, operator| {
        world.view(
            provenance,
            IProvenance::isApprovedForAllCall { owner, operator },
        )
    };
    for approved in [true, false] {
        let done = world.act(alice, provenance, operate(bob, approved)).done();
        let event: IProvenance::ApprovalForAll = done.only(provenance);
        assert_eq!(
            (event.owner, event.operator, event.approved),
            (alice, bob, approved)
        );
        assert_eq!(
            (is(&world, alice, bob), is(&world, bob, alice)),
            (approved, false)
        );
    }
}

#[test]
fn nobody_is_no_operator() {
    let mut world = World::new();
    let (alice, provenance) = (world.alice, world.provenance);
    let refusal = IProvenance::ERC721InvalidOperator {
        operator: Address::ZERO,
    };
    world
        .act(alice, provenance, operate(Address::ZERO, true))
        .refused(refusal);
}

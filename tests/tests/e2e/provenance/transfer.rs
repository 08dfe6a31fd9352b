//! ERC-721 transfers and what is refused, by the names of ERC-6093.

use alloy_primitives::{Address, U256};
use lineage_tests::World;
use lineage_tests::abi::IProvenance;

pub(super) fn transfer(
    from: Address,
    to: Address,
    token_id: U256,
) -> IProvenance::transferFromCall {
    IProvenance::transferFromCall {
        from,
        to,
        tokenId: token_id,
    }
}

pub(super) fn safe_transfer(
    from: Address,
    to: Address,
    token_id: U256,
) -> IProvenance::safeTransferFrom_1Call {
    IProvenance::safeTransferFrom_1Call {
        from,
        to,
        tokenId: token_id,
    }
}

pub(super) fn owner(world: &World, token_id: U256) -> Address {
    world.view(
        world.provenance,
        IProvenance::ownerOfCall { tokenId: token_id },
    )
}

pub(super) fn balance(world: &World, owner: Address) -> u64 {
    world
        .view(world.provenance, IProvenance::balanceOfCall { owner })
        .to()
}

/// A world with one token of Alice's.
pub(super) fn minted() -> (World, Address, U256) {
    let mut world = World::new();
    let alice = world.alice;
    let token_id = U256::from(world.mint(alice).send());
    let provenance = world.provenance;
    (world, provenance, token_id)
}

#[test]
fn transfer_moves_the_token_and_clears_its_approval() {
    let (mut world, provenance, token_id) = minted();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let other = U256::from(world.mint(alice).send());
    world
        .act(
            alice,
            provenance,
            IProvenance::approveCall {
                to: carol,
                tokenId: token_id,
            },
        )
        .done();
    let done = world
        .act(alice, provenance, transfer(alice, bob, token_id))
        .done();
    let moved: IProvenance::Transfer = done.only(provenance);
    assert_eq!(
        (moved.from, moved.to, moved.tokenId),
        (alice, bob, token_id)
    );
    assert_eq!(
        (owner(&world, token_id), owner(&world, other)),
        (bob, alice)
    );
    assert_eq!((balance(&world, alice), balance(&world, bob)), (1, 1));
    let approved = world.view(
        provenance,
        IProvenance::getApprovedCall { tokenId: token_id },
    );
    assert_eq!(approved, Address::ZERO);
    let refusal = IProvenance::ERC721InsufficientApproval {
        operator: carol,
        tokenId: token_id,
    };
    world
        .act(carol, provenance, transfer(bob, carol, token_id))
        .refused(refusal);
}

#[test]
fn transfer_to_oneself_changes_nothing() {
    let (mut world, provenance, token_id) = minted();
    let alice = world.alice;
    let before = world.chain.storage_dump(provenance);
    let done = world
        .act(alice, provenance, transfer(alice, alice, token_id))
        .done();
    let _: IProvenance::Transfer = done.only(provenance);
    assert_eq!(world.chain.storage_dump(provenance), before);
}

#[test]
fn transfer_of_what_is_not_there_is_refused() {
    let (mut world, provenance, token_id) = minted();
    let (alice, bob) = (world.alice, world.bob);
    for token_id in [
        U256::ZERO,
        token_id + U256::from(1),
        token_id + (U256::from(1) << 64),
        U256::MAX,
    ] {
        let refusal = || IProvenance::ERC721NonexistentToken { tokenId: token_id };
        world
            .act(alice, provenance, transfer(alice, bob, token_id))
            .refused(refusal());
        world
            .act(alice, provenance, safe_transfer(alice, bob, token_id))
            .refused(refusal());
    }
}

#[test]
fn transfer_from_whoever_is_not_the_owner_is_refused() {
    let (mut world, provenance, token_id) = minted();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let refusal = IProvenance::ERC721IncorrectOwner {
        sender: bob,
        tokenId: token_id,
        owner: alice,
    };
    world
        .act(alice, provenance, transfer(bob, carol, token_id))
        .refused(refusal);
}

#[test]
fn transfer_by_a_stranger_is_refused() {
    let (mut world, provenance, token_id) = minted();
    let (alice, bob) = (world.alice, world.bob);
    for from in [alice, bob] {
        let refusal = || IProvenance::ERC721InsufficientApproval {
            operator: bob,
            tokenId: token_id,
        };
        world
            .act(bob, provenance, transfer(from, bob, token_id))
            .refused(refusal());
        world
            .act(bob, provenance, safe_transfer(from, bob, token_id))
            .refused(refusal());
    }
}

#[test]
fn transfer_to_nobody_is_refused() {
    let (mut world, provenance, token_id) = minted();
    let alice = world.alice;
    let refusal = || IProvenance::ERC721InvalidReceiver {
        receiver: Address::ZERO,
    };
    world
        .act(alice, provenance, transfer(alice, Address::ZERO, token_id))
        .refused(refusal());
    world
        .act(
            alice,
            provenance,
            safe_transfer(alice, Address::ZERO, token_id),
        )
        .refused(refusal());
}

#[test]
fn approved_and_operators_may_transfer() {
    let (mut world, provenance, token_id) = minted();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    world
        .act(
            alice,
            provenance,
            IProvenance::approveCall {
                to: bob,
                tokenId: token_id,
            },
        )
        .done();
    world
        .act(bob, provenance, transfer(alice, carol, token_id))
        .done();
    world
        .act(
            carol,
            provenance,
            IProvenance::setApprovalForAllCall {
                operator: bob,
                approved: true,
            },
        )
        .done();
    world
        .act(bob, provenance, safe_transfer(carol, alice, token_id))
        .done();
    assert_eq!(owner(&world, token_id), alice);
    // Carol's operator has no say over Alice's.
    let refusal = IProvenance::ERC721InsufficientApproval {
        operator: bob,
        tokenId: token_id,
    };
    world
        .act(bob, provenance, transfer(alice, bob, token_id))
        .refused(refusal);
}

#[test]
fn income_does_not_follow_the_token() {
    // A payee is an account, not the token's owner: selling the token sells no income.
    let (mut world, provenance, token_id) = minted();
    let (alice, bob) = (world.alice, world.bob);
    world
        .act(alice, provenance, transfer(alice, bob, token_id))
        .done();
    world.pay(bob, token_id.to(), Address::ZERO, 1_000);
    let before = world.balance(alice, Address::ZERO);
    world.claim(token_id.to(), Address::ZERO, 0);
    assert_eq!(world.balance(alice, Address::ZERO), before + 1_000);
}

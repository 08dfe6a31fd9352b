//! Address zero: no key signs for it, but nodes simulate calls as it, and a zero that stands for "nobody" must not be taken
//! for it.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{SolCall, SolError};
use lineage_tests::World;
use lineage_tests::abi::{ILicensing, IProvenance};
use lineage_tests::world::{ETHER, open_terms};
use stylus_chain::DEV_ACCOUNTS;

const ZERO: Address = Address::ZERO;

/// A world in which zero can pay for gas, and a token of Alice's.
fn world() -> (World, Address, U256) {
    let mut world = World::owned();
    world.chain.set_balance(ZERO, U256::from(ETHER));
    let token_id = U256::from(world.mint(world.alice).send());
    let provenance = world.provenance;
    (world, provenance, token_id)
}

fn refused<C: SolCall>(world: &mut World, to: Address, call: C, error: impl SolError) {
    world.act(ZERO, to, call).refused(error);
}

#[test]
fn r46_nobody_transfers_or_approves() {
    let (mut world, provenance, token_id) = world();
    let (alice, bob) = (world.alice, world.bob);
    // A token that is there, and one that is not: from zero to Bob it would be a mint.
    for (from, token_id) in [(alice, token_id), (ZERO, token_id), (ZERO, U256::from(9))] {
        let error = || IProvenance::ERC721InsufficientApproval {
            operator: ZERO,
            tokenId: token_id,
        };
        let (to, data) = (bob, alloy_primitives::Bytes::new());
        let bare = IProvenance::transferFromCall {
            from,
            to,
            tokenId: token_id,
        };
        refused(&mut world, provenance, bare, error());
        let safe = IProvenance::safeTransferFrom_1Call {
            from,
            to,
            tokenId: token_id,
        };
        refused(&mut world, provenance, safe, error());
        let with_data = IProvenance::safeTransferFrom_0Call {
            from,
            to,
            tokenId: token_id,
            data,
        };
        refused(&mut world, provenance, with_data, error());
    }
    let error = || IProvenance::ERC721InvalidApprover { approver: ZERO };
    for to in [bob, ZERO] {
        let approve = IProvenance::approveCall {
            to,
            tokenId: token_id,
        };
        refused(&mut world, provenance, approve, error());
    }
    let operate = IProvenance::setApprovalForAllCall {
        operator: bob,
        approved: true,
    };
    refused(&mut world, provenance, operate, error());
}

#[test]
fn r47_nobody_owns_a_collection_without_an_owner() {
    let (mut world, provenance, _) = world();
    let (owner, bob) = (DEV_ACCOUNTS[0], world.bob);
    for renounced in [false, true] {
        if renounced {
            let renounce = IProvenance::renounceOwnershipCall {};
            world.act(owner, provenance, renounce).done();
        }
        let error = || IProvenance::OwnableUnauthorizedAccount { account: ZERO };
        // Nothing is offered to anybody, which is stored as zero.
        let accept = IProvenance::acceptOwnershipCall {};
        refused(&mut world, provenance, accept, error());
        let renounce = IProvenance::renounceOwnershipCall {};
        refused(&mut world, provenance, renounce, error());
        let new_owner = IProvenance::transferOwnershipCall { newOwner: bob };
        refused(&mut world, provenance, new_owner, error());
        let renderer = IProvenance::setRendererCall { renderer: bob };
        refused(&mut world, provenance, renderer, error());
    }
}

#[test]
fn r48_nobody_mints_or_licenses() {
    let (mut world, provenance, token_id) = world();
    let (alice, bob, router, licensing) = (world.alice, world.bob, world.router, world.licensing);
    let request = world.mint(alice).request();
    let mint = IProvenance::mintCall { request };
    refused(&mut world, provenance, mint, IProvenance::CreatorZero {});

    let work: u64 = token_id.to();
    let terms = ILicensing::setTermsCall {
        router,
        work,
        terms: open_terms(0),
        licenceURI: String::new(),
    };
    let error = || ILicensing::NotLicensor {
        caller: ZERO,
        licensor: alice,
    };
    refused(&mut world, licensing, terms, error());
    let to = bob;
    let offer = ILicensing::offerLicensorCall { router, work, to };
    refused(&mut world, licensing, offer, error());
    let version = 0;
    let accept = ILicensing::acceptLicensorCall {
        router,
        work,
        version,
    };
    let error = ILicensing::NotOfferedLicensor {
        caller: ZERO,
        offered: ZERO,
    };
    refused(&mut world, licensing, accept, error);
}

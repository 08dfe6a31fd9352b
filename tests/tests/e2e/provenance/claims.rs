//! Whose claim on a file is the earliest.

use alloy_primitives::{B256, U256};
use lineage_tests::World;
use lineage_tests::abi::IProvenance::{self, MintRequest};
use lineage_tests::world::commitment;

pub(super) const DAY: u64 = 24 * 60 * 60;

/// A request of one file under a salt.
pub(super) fn request(world: &mut World, salt: u8) -> MintRequest {
    let alice = world.alice;
    world
        .mint(alice)
        .with(|request| {
            request.outputHash = B256::repeat_byte(0xf1);
            request.salt = if salt == 0 {
                B256::ZERO
            } else {
                B256::repeat_byte(salt)
            };
        })
        .request()
}

/// The same for another creator, who gets the token too.
pub(super) fn by(creator: alloy_primitives::Address, request: &MintRequest) -> MintRequest {
    MintRequest {
        to: creator,
        ..request.clone()
    }
}

/// Gives the next block this time.
pub(crate) fn at(world: &mut World, time: u64) {
    let set = world.chain.set_next_timestamp(time);
    set.expect("no block is later than this");
}

pub(super) fn token_of(world: &World, request: &MintRequest) -> u64 {
    let call = IProvenance::tokenOfCall {
        outputHash: request.outputHash,
    };
    world.view(world.provenance, call).to()
}

pub(super) fn record(world: &World, token: u64) -> IProvenance::Record {
    world.view(
        world.provenance,
        IProvenance::recordCall {
            tokenId: U256::from(token),
        },
    )
}

#[test]
fn copier_of_a_pending_mint_does_not_come_first() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let request = request(&mut world, 0x5a);
    let committed = world.chain.timestamp();
    world.commit(alice, &request);

    // Bob sees Alice's mint on its way and sends all of it as his own, first: her salt dates nothing for him.
    let copy = by(bob, &request);
    let refusal = IProvenance::NoCommitment {
        commitment: commitment(bob, &copy),
    };
    world
        .mint(bob)
        .with(|new| *new = copy.clone())
        .act()
        .refused(refusal);
    // He leaves the salt out, and sends her commitment once more, which changes nothing.
    let call = IProvenance::commitCall {
        commitment: commitment(alice, &request),
    };
    world.act(bob, provenance, call).done();
    let unsalted = MintRequest {
        salt: B256::ZERO,
        ..copy
    };
    let copied = world.mint(bob).with(|new| *new = unsalted).send();
    assert_eq!(token_of(&world, &request), copied);

    let done = world
        .mint(alice)
        .with(|new| *new = request.clone())
        .act()
        .done();
    let original: u64 = done.answer().to();
    assert_eq!(token_of(&world, &request), original);
    assert!(original > copied);
    assert_eq!(record(&world, original).claimedAt, committed);
    // The displaced claim shows otherwise from now on, so whoever caches it is told.
    let [update]: [IProvenance::MetadataUpdate; 1] =
        done.events(provenance).try_into().expect("one update");
    assert_eq!(update._tokenId, U256::from(copied));
    // Both records stay, each under its creator.
    for (creator, token) in [(alice, original), (bob, copied)] {
        let call = IProvenance::tokenByCall {
            creator,
            outputHash: request.outputHash,
        };
        assert_eq!(world.view(provenance, call), U256::from(token));
        assert_eq!(record(&world, token).creator, creator);
        assert_eq!(
            world.view(
                provenance,
                IProvenance::ownerOfCall {
                    tokenId: U256::from(token)
                }
            ),
            creator
        );
    }
    // Displaced or not, neither of them mints it again.
    let refusal = |creator, token| IProvenance::AlreadyMinted {
        creator,
        outputHash: request.outputHash,
        tokenId: U256::from(token),
    };
    for (creator, token) in [(alice, original), (bob, copied)] {
        let again = MintRequest {
            salt: B256::ZERO,
            ..by(creator, &request)
        };
        world
            .mint(creator)
            .with(|new| *new = again)
            .act()
            .refused(refusal(creator, token));
    }
}

#[test]
fn later_claims_do_not_displace() {
    let mut world = World::new();
    let (alice, bob, carol, provenance) = (world.alice, world.bob, world.carol, world.provenance);
    let plain = request(&mut world, 0);
    let first = world.mint(alice).with(|new| *new = plain.clone()).send();
    let salted = by(carol, &request(&mut world, 0x5a));
    world.commit(carol, &salted);
    for (creator, request) in [(bob, by(bob, &plain)), (carol, salted)] {
        let done = world
            .mint(creator)
            .with(|new| *new = request.clone())
            .act()
            .done();
        let updates: Vec<IProvenance::MetadataUpdate> = done.events(provenance);
        assert!(updates.is_empty());
        assert_eq!(token_of(&world, &plain), first);
    }
}

#[test]
fn claim_of_the_same_second_is_the_lower_ids() {
    let mut world = World::new();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let salted = [(bob, 0x5a), (carol, 0x5b)]
        .map(|(creator, salt)| (creator, by(creator, &request(&mut world, salt))));
    let now = world.chain.timestamp();
    for (creator, request) in &salted {
        at(&mut world, now);
        world.commit(*creator, request);
    }
    at(&mut world, now);
    let plain = request(&mut world, 0);
    let first = world.mint(alice).with(|new| *new = plain.clone()).send();
    assert_eq!(record(&world, first).claimedAt, now);
    for (creator, request) in &salted {
        let minting = world.mint(*creator).with(|new| *new = request.clone());
        let token = minting.send();
        assert_eq!(record(&world, token).claimedAt, now);
        assert_eq!(token_of(&world, request), first);
    }
}

#[test]
fn claim_displaced_twice_leaves_every_creator_their_own() {
    let mut world = World::new();
    let (alice, bob, carol, provenance) = (world.alice, world.bob, world.carol, world.provenance);
    let early = by(carol, &request(&mut world, 0x5c));
    world.commit(carol, &early);
    let middle = by(bob, &request(&mut world, 0x5b));
    world.commit(bob, &middle);
    let late = request(&mut world, 0);
    let mut tokens = Vec::new();
    for (creator, request) in [(alice, late), (bob, middle), (carol, early)] {
        let token = world
            .mint(creator)
            .with(|new| *new = request.clone())
            .send();
        assert_eq!(token_of(&world, &request), token);
        tokens.push((creator, token, request.outputHash));
    }
    for (creator, token, file) in tokens {
        let call = IProvenance::tokenByCall {
            creator,
            outputHash: file,
        };
        assert_eq!(world.view(provenance, call), U256::from(token));
    }
}

#[test]
fn claim_is_final_three_days_after_its_mint() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    // The oldest commitment that still counts three days after Alice's mint is of its very second, and no earlier: a second
    // before the end, one of the second before it still displaces her.
    let rival = by(bob, &request(&mut world, 0x5b));
    let mine = request(&mut world, 0);
    let start = world.chain.clone();
    for (before, wins) in [(0, false), (1, true)] {
        world.chain = start.clone();
        let minted = world.chain.timestamp() + DAY;
        at(&mut world, minted - before);
        world.commit(bob, &rival);
        at(&mut world, minted);
        let first = world.mint(alice).with(|new| *new = mine.clone()).send();
        at(&mut world, minted + 3 * DAY - before);
        let second = world.mint(bob).with(|new| *new = rival.clone()).send();
        assert_eq!(record(&world, second).claimedAt, minted - before);
        assert_eq!(token_of(&world, &mine), if wins { second } else { first });
    }
}

#[test]
fn file_nobody_claimed_has_no_token() {
    let world = World::new();
    let file = B256::repeat_byte(9);
    assert_eq!(
        world.view(
            world.provenance,
            IProvenance::tokenOfCall { outputHash: file }
        ),
        U256::ZERO
    );
    let call = IProvenance::tokenByCall {
        creator: world.alice,
        outputHash: file,
    };
    assert_eq!(world.view(world.provenance, call), U256::ZERO);
}

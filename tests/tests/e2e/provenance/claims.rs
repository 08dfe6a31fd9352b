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

/// Times are seconds: what the interface tells creators to wait for.
#[test]
fn copier_in_the_second_of_the_commitment_comes_first() {
    for (seconds, first) in [(0, 1), (1, 2)] {
        let mut world = World::new();
        let (alice, bob) = (world.alice, world.bob);
        let salted = request(&mut world, 0x5a);
        let copy = by(bob, &request(&mut world, 0));
        let committed = world.chain.timestamp();
        world.commit(alice, &salted);
        world
            .chain
            .set_next_timestamp(committed + seconds)
            .expect("a block may share its parent's time");
        assert_eq!(world.mint(bob).with(|new| *new = copy).send(), 1);
        let original = world.mint(alice).with(|new| *new = salted.clone()).send();
        assert_eq!(original, 2);
        assert_eq!(token_of(&world, &salted), first);
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
        world
            .chain
            .set_next_timestamp(now)
            .expect("a block may share its parent's time");
        world.commit(*creator, request);
    }
    world
        .chain
        .set_next_timestamp(now)
        .expect("a block may share its parent's time");
    let plain = request(&mut world, 0);
    let first = world.mint(alice).with(|new| *new = plain.clone()).send();
    assert_eq!(record(&world, first).claimedAt, now);
    for (creator, request) in &salted {
        let token = world
            .mint(*creator)
            .with(|new| *new = request.clone())
            .send();
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
fn claim_is_final_thirty_days_after_its_mint() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    // The oldest commitment that still counts the moment Alice mints: a second later it is too old, and every younger one
    // is no earlier than her claim once thirty days have gone by.
    let rival = by(bob, &request(&mut world, 0x5b));
    let minted = world.chain.timestamp() + DAY;
    world
        .chain
        .set_next_timestamp(minted)
        .expect("it is to come");
    let mine = request(&mut world, 0);
    let first = world.mint(alice).with(|new| *new = mine.clone()).send();
    world
        .chain
        .set_next_timestamp(minted)
        .expect("a block may share its parent's time");
    world.commit(bob, &rival);
    world
        .chain
        .set_next_timestamp(minted + 30 * DAY)
        .expect("it is to come");
    let second = world.mint(bob).with(|new| *new = rival.clone()).send();
    assert_eq!(record(&world, second).claimedAt, minted);
    assert_eq!(token_of(&world, &mine), first);
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

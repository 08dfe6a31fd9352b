//! Dating a claim before its mint.

use super::claims::{DAY, at, by, record, request, token_of};
use alloy_primitives::{B256, U256};
use lineage_tests::World;
use lineage_tests::abi::IProvenance;
use lineage_tests::world::commitment;

#[test]
fn first_commitment_of_a_hash_stands() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let hash = B256::repeat_byte(0xc0);
    let time = |world: &World| {
        world.view(
            provenance,
            IProvenance::commitmentTimeCall { commitment: hash },
        )
    };
    assert_eq!(time(&world), 0);
    let now = world.chain.timestamp();
    let done = world
        .act(
            alice,
            provenance,
            IProvenance::commitCall { commitment: hash },
        )
        .done();
    let committed: IProvenance::Committed = done.only(provenance);
    assert_eq!((committed.commitment, committed.time), (hash, now));
    world.chain.increase_time(100);
    let before = world.dump();
    let again = world
        .act(
            bob,
            provenance,
            IProvenance::commitCall { commitment: hash },
        )
        .done();
    assert!(again.receipt.logs.is_empty());
    assert_eq!(world.dump(), before);
    assert_eq!(time(&world), now);
}

#[test]
fn mint_carries_the_time_of_its_commitment() {
    let mut world = World::new();
    let alice = world.alice;
    let request = request(&mut world, 0x5a);
    let committed = world.chain.timestamp();
    world.commit(alice, &request);
    world.chain.increase_time(2 * DAY);
    let minted = world.chain.timestamp();
    let done = world
        .mint(alice)
        .with(|new| *new = request.clone())
        .act()
        .done();
    let token: u64 = done.answer().to();
    let [event]: [IProvenance::WorkMinted; 1] =
        done.events(world.provenance).try_into().expect("one mint");
    assert_eq!(event.claimedAt, committed);
    assert_eq!(
        (
            record(&world, token).claimedAt,
            record(&world, token).mintedAt
        ),
        (committed, minted)
    );
}

#[test]
fn salt_without_its_commitment_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let right = request(&mut world, 0x5a);
    world.commit(alice, &right);
    let mut wrong_salt = right.clone();
    wrong_salt.salt.0[31] ^= 1;
    let mut wrong_file = right.clone();
    wrong_file.outputHash.0[0] ^= 1;
    let mut wrong_root = right.clone();
    wrong_root.processRoot.0[0] ^= 1;
    for (creator, request) in [
        (alice, wrong_salt),
        (alice, wrong_file),
        (alice, wrong_root),
        (bob, right),
    ] {
        let refusal = IProvenance::NoCommitment {
            commitment: commitment(creator, &request),
        };
        world
            .mint(creator)
            .with(|new| *new = request)
            .act()
            .refused(refusal);
    }
}

/// When a hash was committed.
fn time_of(world: &World, commitment: B256) -> u64 {
    let call = IProvenance::commitmentTimeCall { commitment };
    world.view(world.provenance, call)
}

#[test]
fn commitment_dates_a_mint_for_three_days() {
    let mut world = World::new();
    let alice = world.alice;
    let request = request(&mut world, 0x5a);
    let time = world.chain.timestamp();
    world.commit(alice, &request);
    let committed = world.chain.clone();
    at(&mut world, time + 3 * DAY + 1);
    let refusal = IProvenance::CommitmentTooOld {
        commitment: commitment(alice, &request),
        time,
        oldest: time + 1,
    };
    let minting = world.mint(alice).with(|new| *new = request.clone());
    minting.act().refused(refusal);
    world.chain = committed;
    at(&mut world, time + 3 * DAY);
    let token = world.mint(alice).with(|new| *new = request.clone()).send();
    assert_eq!(record(&world, token).claimedAt, time);
}

#[test]
fn commitment_stands_for_three_days_and_is_made_anew_after_them() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let hash = B256::repeat_byte(0xc0);
    let commit = || IProvenance::commitCall { commitment: hash };
    let first = world.chain.timestamp();
    world.act(alice, provenance, commit()).done();
    for seconds in [0, 1, DAY, 3 * DAY] {
        at(&mut world, first + seconds);
        let before = world.dump();
        let again = world.act(bob, provenance, commit()).done();
        assert!(again.receipt.logs.is_empty(), "after {seconds} seconds");
        assert_eq!(world.dump(), before, "after {seconds} seconds");
    }
    assert_eq!(time_of(&world, hash), first);
    let anew = first + 3 * DAY + 1;
    at(&mut world, anew);
    let done = world.act(bob, provenance, commit()).done();
    let committed: IProvenance::Committed = done.only(provenance);
    assert_eq!((committed.commitment, committed.time), (hash, anew));
    assert_eq!(time_of(&world, hash), anew);
    // The new time stands as the first did.
    at(&mut world, anew + 3 * DAY);
    world.act(alice, provenance, commit()).done();
    assert_eq!(time_of(&world, hash), anew);
}

#[test]
fn r42_mint_interrupted_after_its_commitment_is_dated_anew() {
    let mut world = World::new();
    let alice = world.alice;
    let request = request(&mut world, 0x5a);
    let first = world.chain.timestamp();
    world.commit(alice, &request);
    for days in [4, 31, 300] {
        // Whoever has not minted by then commits once more, and mints a second later.
        at(&mut world, first + days * DAY);
        world.commit(alice, &request);
        assert_eq!(
            time_of(&world, commitment(alice, &request)),
            first + days * DAY
        );
    }
    let token = world.mint(alice).with(|new| *new = request.clone()).send();
    assert_eq!(record(&world, token).claimedAt, first + 300 * DAY);
}

/// Who sees a commitment sends it to other collections too, where it grows old before its author gets there.
#[test]
fn r43_commitment_copied_into_another_collection_is_not_stale_for_ever() {
    let mut world = World::new();
    let (alice, bob, provenance) = (world.alice, world.bob, world.provenance);
    let programs = (world.router, world.renderer);
    let other = lineage::deploy::collection(&mut world.chain, bob, programs, ("Other", "OTHER"));
    let other = other.expect("the collection deploys");
    world.watch(other);
    let request = request(&mut world, 0x5a);
    let commitment = commitment(alice, &request);
    let commit = || IProvenance::commitCall { commitment };
    let first = world.chain.timestamp();
    world.act(alice, provenance, commit()).done();
    world.act(bob, other, commit()).done();
    at(&mut world, first + 60 * DAY);
    world.act(alice, other, commit()).done();
    let minting = world.mint(alice).collection(other);
    let minting = minting.with(|new| *new = request.clone());
    let token = minting.send();
    let call = IProvenance::recordCall {
        tokenId: U256::from(token),
    };
    assert_eq!(world.view(other, call).claimedAt, first + 60 * DAY);
}

/// A commitment to a file that others publish is no option on it.
#[test]
fn r44_commitment_of_a_bot_takes_nothing_from_the_author_weeks_later() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let bots = by(bob, &request(&mut world, 0x5b));
    let published = world.chain.timestamp();
    world.commit(bob, &bots);
    at(&mut world, published + DAY);
    let original = request(&mut world, 0);
    let token = world.mint(alice).with(|new| *new = original.clone()).send();
    // The author had not committed: for the rest of the three days the bot is first, and then no more.
    at(&mut world, published + 29 * DAY);
    let refusal = IProvenance::CommitmentTooOld {
        commitment: commitment(bob, &bots),
        time: published,
        oldest: published + 26 * DAY,
    };
    let minting = world.mint(bob).with(|new| *new = bots.clone());
    minting.act().refused(refusal);
    at(&mut world, published + 29 * DAY);
    world.commit(bob, &bots);
    world.mint(bob).with(|new| *new = bots.clone()).send();
    assert_eq!(token_of(&world, &original), token);
}

/// In that second a copy of the mint, or any mint of the file, would come no later, and the lower id wins.
#[test]
fn r45_mint_in_the_second_of_its_commitment_is_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let salted = request(&mut world, 0x5a);
    let time = world.chain.timestamp();
    world.commit(alice, &salted);
    at(&mut world, time);
    let refusal = IProvenance::CommitmentTooFresh {
        commitment: commitment(alice, &salted),
        time,
    };
    let minting = world.mint(alice).with(|new| *new = salted.clone());
    minting.act().refused(refusal);
    // A second later nobody can come first who did not before.
    at(&mut world, time + 1);
    let copy = by(bob, &request(&mut world, 0));
    world.mint(bob).with(|new| *new = copy).send();
    at(&mut world, time + 1);
    let token = world.mint(alice).with(|new| *new = salted.clone()).send();
    assert_eq!(record(&world, token).claimedAt, time);
    assert_eq!(token_of(&world, &salted), token);
}

/// A commitment made anew is as fresh as the first: its second is refused too.
#[test]
fn mint_in_the_second_of_a_commitment_made_anew_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let request = request(&mut world, 0x5a);
    let time = world.chain.timestamp() + 5 * DAY;
    world.commit(alice, &request);
    at(&mut world, time);
    world.commit(alice, &request);
    at(&mut world, time);
    let refusal = IProvenance::CommitmentTooFresh {
        commitment: commitment(alice, &request),
        time,
    };
    let minting = world.mint(alice).with(|new| *new = request.clone());
    minting.act().refused(refusal);
}

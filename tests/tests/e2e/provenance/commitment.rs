//! Dating a claim before its mint.

use super::claims::{DAY, record, request};
use alloy_primitives::B256;
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
    world.chain.increase_time(3 * DAY);
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

#[test]
fn commitment_dates_a_mint_for_thirty_days() {
    let mut world = World::new();
    let alice = world.alice;
    let request = request(&mut world, 0x5a);
    let time = world.chain.timestamp();
    world.commit(alice, &request);
    world
        .chain
        .set_next_timestamp(time + 30 * DAY + 1)
        .expect("it is to come");
    let refusal = IProvenance::CommitmentTooOld {
        commitment: commitment(alice, &request),
        time,
        oldest: time + 1,
    };
    let late = world.chain.clone();
    world
        .mint(alice)
        .with(|new| *new = request.clone())
        .act()
        .refused(refusal);
    world.chain = late;
    world
        .chain
        .set_next_timestamp(time + 30 * DAY)
        .expect("it is to come");
    let token = world.mint(alice).with(|new| *new = request.clone()).send();
    assert_eq!(record(&world, token).claimedAt, time);
}

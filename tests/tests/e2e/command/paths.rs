//! Which works are settled for whom.

use super::{ALICE, BOB, DAVE, claim, ledger, settle};
use alloy_primitives::Address;
use lineage_tests::World;
use lineage_tests::world::{ETHER, GALLERY, NATIVE};

/// Rows of works, each of which owes every work of the row above: answers them, the top row first.
fn lattice(world: &mut World, rows: usize, wide: u16) -> Vec<Vec<u64>> {
    let mut lattice: Vec<Vec<u64>> = Vec::new();
    for _ in 0..rows {
        let above: Vec<_> = lattice.last().into_iter().flatten().collect();
        let parents: Vec<_> = above
            .into_iter()
            .map(|work| (*work, 9_000 / wide))
            .collect();
        let row = (0..wide).map(|_| world.open_work(GALLERY, BOB, &parents));
        lattice.push(row.collect());
    }
    lattice
}

#[test]
fn r64_nothing_beside_the_path_is_settled() {
    let mut world = World::new();
    let rows = lattice(&mut world, 4, 3);
    let last = *rows.iter().flatten().last().expect("a lattice");
    let root = world.open_work(GALLERY, ALICE, &[]);
    let middle = world.open_work(GALLERY, BOB, &[(last, 4_000), (root, 5_000)]);
    let tip = world.open_work(GALLERY, BOB, &[(last, 4_000), (middle, 5_000)]);
    // Between them by its id, and not on the path.
    let beside = world.open_work(GALLERY, BOB, &[(last, 9_000)]);
    let end = world.open_work(GALLERY, BOB, &[(tip, 5_000), (beside, 5_000)]);
    world.pay(DAVE, end, NATIVE, ETHER);
    world.pay(DAVE, beside, NATIVE, ETHER);

    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.amount.to::<u128>(), ETHER / 8);
    assert_eq!(report.outcome.settled, 3);
    for work in [end, tip, middle] {
        let (received, settled) = ledger(&world, work, NATIVE);
        assert!(received > 0 && settled == received, "work {work}");
    }
    assert_eq!(ledger(&world, beside, NATIVE), (ETHER * 3 / 2, 0));
    let credited = ledger(&world, last, NATIVE);
    assert!(credited.0 > 0 && credited.1 == 0);
}

#[test]
fn everyone_at_the_top_of_a_lattice_gets_their_part_to_the_wei() {
    let mut world = World::new();
    let top = [(); 3].map(|()| world.open_work(GALLERY, ALICE, &[]));
    let parents = top.map(|work| (work, 3_000));
    let middle = [(); 3].map(|()| world.open_work(GALLERY, DAVE, &parents));
    let tip = world.open_work(GALLERY, DAVE, &middle.map(|work| (work, 3_000)));
    world.pay(DAVE, tip, NATIVE, ETHER);
    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.amount.to::<u128>(), ETHER * 81 / 100);
    assert_eq!(report.outcome.settled, 4);
}

#[test]
fn works_named_are_settled_and_none_above_them() {
    let mut world = World::new();
    let rows = lattice(&mut world, 8, 4);
    let tips = rows.last().expect("rows").clone();
    for tip in &tips {
        world.pay(DAVE, *tip, NATIVE, ETHER);
    }
    let outcome = settle(&mut world, &tips, NATIVE);
    assert_eq!((outcome.settled, outcome.failed.len()), (4, 0));
    let above = ledger(&world, rows[6][0], NATIVE);
    assert!(above.0 > 0 && above.1 == 0);
    assert!(settle(&mut world, &tips, NATIVE).sent.is_empty());

    // The whole graph by name, in one transaction.
    let all: Vec<_> = rows.iter().flatten().copied().collect();
    let outcome = settle(&mut world, &all, NATIVE);
    assert_eq!((outcome.settled, outcome.failed.len()), (24, 0));
    assert_eq!(outcome.sent.len(), 1);
    for work in rows.iter().skip(1).flatten() {
        let (received, settled) = ledger(&world, *work, NATIVE);
        assert!(received > 0 && received == settled);
    }
}

#[test]
fn works_that_do_not_fit_in_a_transaction_are_settled_in_several() {
    let mut world = World::new();
    let parents: Vec<_> = (0..16)
        .map(|_| (world.open_work(GALLERY, BOB, &[]), 600))
        .collect();
    let asset: Address = world.deploy("Coin");
    world.fund(asset, DAVE, u128::MAX);
    let works: Vec<_> = (0..50)
        .map(|_| {
            let work = world.work(GALLERY, BOB).parents(&parents).register();
            world.pay(DAVE, work, asset, 1_000_000);
            work
        })
        .collect();
    let outcome = settle(&mut world, &works, asset);
    assert_eq!((outcome.settled, outcome.failed.len()), (50, 0));
    assert!(outcome.sent.len() > 1);
    for work in works {
        assert_eq!(ledger(&world, work, asset).1, 1_000_000);
    }
}

//! Works, inboxes and positions that others make, to stop or to bill whoever claims.

use super::{
    ALICE, CAROL, DAVE, ERIN, actions, claim, claim_for, drop_in, family, gas, ledger, settle_for,
};
use alloy_primitives::U256;
use lineage::income::Place;
use lineage_tests::World;
use lineage_tests::abi::IRouter;
use lineage_tests::bytecode::creation;
use lineage_tests::world::{ETHER, GALLERY, NATIVE};

/// A world in which Bob's work was paid an ether, of which a fifth is Alice's; answers her work and his.
fn paid() -> (World, u64, u64) {
    let mut world = World::new();
    let (root, child) = family(&mut world);
    world.pay(DAVE, child, NATIVE, ETHER);
    (world, root, child)
}

/// Works that cost much to settle and bring nothing: sixteen fresh parents each, among them any that are named, and a
/// payment of a wei for each.
fn add_shams(world: &mut World, count: usize, among: &[u64]) {
    for _ in 0..count {
        let mut parents: Vec<_> = among.iter().map(|work| (*work, 600)).collect();
        while parents.len() < 16 {
            parents.push((world.open_work(GALLERY, CAROL, &[]), 600));
        }
        let sham = world.work(GALLERY, CAROL).parents(&parents).register();
        world.pay(CAROL, sham, NATIVE, 16);
    }
}

/// Inboxes with a wei each: of works that have nothing to do with a work, and of works that derive from it.
fn add_dust(world: &mut World, each: usize, root: u64) {
    for parents in [&[][..], &[(root, 10_000)]] {
        for _ in 0..each {
            let work = world.work(GALLERY, CAROL).parents(parents).register();
            drop_in(world, work, NATIVE, 1);
        }
    }
}

#[test]
fn r61_shams_and_dust_bill_nobody_who_claims() {
    let (mut world, ..) = paid();
    let alone = claim(&mut world, ALICE, NATIVE);
    assert_eq!(actions(&alone.outcome), ["settle", "claim"]);

    let (mut world, root, child) = paid();
    add_shams(&mut world, 5, &[]);
    add_shams(&mut world, 5, &[root]);
    add_shams(&mut world, 5, &[root, child]);
    add_dust(&mut world, 25, root);
    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.amount.to::<u128>(), ETHER / 5);
    assert_eq!(actions(&report.outcome), ["settle", "claim"]);
    assert!(report.outcome.failed.is_empty());
    let (alone, among) = (gas(&alone.outcome), gas(&report.outcome));
    assert!(
        among <= 2 * alone,
        "{among} gas, and {alone} in a world without them"
    );
    let inboxes = report.outcome.skipped.iter();
    let inboxes = inboxes.filter(|left| left.place == Place::Inbox);
    assert_eq!(inboxes.count(), 25, "those that could reach Alice");
}

#[test]
fn r61_shams_and_dust_bill_nobody_who_settles() {
    let (mut world, ..) = paid();
    let alone = settle_for(&mut world, ALICE, NATIVE);

    let (mut world, root, child) = paid();
    add_shams(&mut world, 5, &[]);
    add_shams(&mut world, 5, &[root, child]);
    add_dust(&mut world, 25, root);
    let outcome = settle_for(&mut world, ALICE, NATIVE);
    assert_eq!((outcome.settled, outcome.failed.len()), (1, 0));
    assert_eq!(ledger(&world, child, NATIVE).1, ETHER);
    assert_eq!(ledger(&world, root, NATIVE).0, ETHER / 5);
    let (alone, among) = (gas(&alone), gas(&outcome));
    assert!(
        among <= 2 * alone,
        "{among} gas, and {alone} in a world without them"
    );
}

#[test]
fn r62_dust_in_inboxes_does_not_bill_a_small_claim() {
    let mut world = World::new();
    let (root, _) = family(&mut world);
    world.pay(DAVE, root, NATIVE, 1_000);
    let mut empty = world.chain.clone();
    std::mem::swap(&mut empty, &mut world.chain);
    let alone = claim(&mut world, ALICE, NATIVE);
    std::mem::swap(&mut empty, &mut world.chain);
    add_dust(&mut world, 25, root);
    drop_in(&mut world, root, NATIVE, 1);
    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.amount.to::<u128>(), 1_000);
    assert_eq!(actions(&report.outcome), ["claim"]);
    assert!(gas(&report.outcome) <= 2 * gas(&alone.outcome));
}

/// A world in which Alice's work was paid a thousand wei; answers what a claim of it takes by itself, and her work.
fn paid_little() -> (World, u64, u64) {
    let mut world = World::new();
    let (root, _) = family(&mut world);
    world.pay(DAVE, root, NATIVE, 1_000);
    let chain = world.chain.clone();
    let alone = gas(&claim(&mut world, ALICE, NATIVE).outcome);
    world.chain = chain;
    (world, alone, root)
}

/// Works that cost much to settle and bring Alice's work so much each: fresh parents, as many as are said.
fn add_costly(world: &mut World, root: u64, parents: &[u16], brings: u128) {
    for count in parents {
        let share = 5_000 / count;
        let fresh = (1..*count).map(|_| (world.open_work(GALLERY, CAROL, &[]), share));
        let fresh: Vec<_> = fresh.collect();
        let parents = [vec![(root, share)], fresh].concat();
        let sham = world.work(GALLERY, CAROL).parents(&parents).register();
        let paid = brings * 10_000 / u128::from(share) + 100;
        world.pay(CAROL, sham, NATIVE, paid);
    }
}

#[test]
fn r70_small_sums_of_strangers_bill_a_small_claim_no_more_than_itself() {
    for parents in [&[16, 16][..], &[16, 13, 2], &[1, 1, 1, 2, 2]] {
        let (mut world, alone, root) = paid_little();
        add_costly(&mut world, root, parents, 50);
        let report = claim(&mut world, ALICE, NATIVE);
        let among = gas(&report.outcome);
        assert!(among <= 2 * alone, "{parents:?}: {among} gas, not {alone}");
        assert!(report.amount.to::<u128>() >= 1_000, "{parents:?}");
        let left = report.outcome.skipped.iter();
        assert_eq!(left.filter(|left| left.work == root).count(), 0);
    }
}

#[test]
fn r70_small_sums_beside_one_that_has_to_be_settled_are_left() {
    let mut world = World::new();
    let (root, child) = family(&mut world);
    let fee = u128::from(world.chain.base_fee());
    // Alice's fifth of it is worth 200,000 gas.
    world.pay(DAVE, child, NATIVE, fee * 1_000_000);
    let chain = world.chain.clone();
    let alone = claim(&mut world, ALICE, NATIVE);
    assert_eq!(actions(&alone.outcome), ["settle", "claim"]);
    world.chain = chain;
    add_costly(&mut world, root, &[16, 13, 4, 2, 2, 1, 1, 1], 50);
    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.amount, alone.amount);
    assert_eq!(report.outcome.skipped.len(), 8);
    assert_eq!(gas(&report.outcome), gas(&alone.outcome));
}

#[test]
fn r70_positions_with_small_sums_bill_a_small_claim_no_more_than_itself() {
    let (mut world, alone, root) = paid_little();
    for _ in 0..40 {
        let gift = world.work(GALLERY, CAROL).payees(&[(ALICE, 10_000)]);
        let gift = gift.register();
        world.pay(CAROL, gift, NATIVE, 12);
    }
    let report = claim(&mut world, ALICE, NATIVE);
    let among = gas(&report.outcome);
    assert!(among <= 2 * alone, "{among} gas, not {alone}");
    assert!(report.amount.to::<u128>() >= 1_000);
    let left = report.outcome.skipped.iter();
    assert_eq!(left.filter(|left| left.work == root).count(), 0);
}

/// A hundredth of what the best sum brings for its gas is not enough in a coin either: twenty works that each give Alice a
/// little of it, and the most to others, cost her nothing, whether her own sum has to be settled or swept.
#[test]
fn r74_small_sums_in_a_coin_do_not_bill_a_claim() {
    let claimed = |shams: usize, at_inbox: bool| {
        let mut world = World::new();
        let coin = world.deploy("Coin");
        world.fund(coin, DAVE, 1_000_000_000_000_000);
        let (root, child) = family(&mut world);
        match at_inbox {
            true => drop_in(&mut world, root, coin, 1_000_000_000),
            false => world.pay(DAVE, child, coin, 5_000_000_000),
        }
        for _ in 0..shams {
            let mut parents = vec![(root, 600)];
            while parents.len() < 16 {
                parents.push((world.open_work(GALLERY, CAROL, &[]), 600));
            }
            let sham = world.work(GALLERY, CAROL).parents(&parents).register();
            world.pay(DAVE, sham, coin, 100_000_000);
        }
        let report = claim(&mut world, ALICE, coin);
        (report.amount, gas(&report.outcome))
    };
    for at_inbox in [false, true] {
        let [(alone, cost_alone), (among, cost)] = [0, 20].map(|shams| claimed(shams, at_inbox));
        assert!(among >= alone);
        assert!(cost <= 2 * cost_alone, "{cost} gas, alone {cost_alone}");
    }
}

/// A stranger's great sum in a coin makes nobody else's small.
#[test]
fn r76_great_sum_of_a_stranger_in_a_coin_leaves_nobody_unsettled() {
    let mut world = World::new();
    let coin = world.deploy("Coin");
    world.fund(coin, DAVE, u128::MAX);
    let (root, child) = family(&mut world);
    let theirs = world.open_work(GALLERY, CAROL, &[]);
    let derived = world.open_work(GALLERY, CAROL, &[(theirs, 10_000)]);
    world.pay(DAVE, derived, coin, ETHER);
    world.pay(DAVE, child, coin, 1_000_000);
    let outcome = settle_for(&mut world, ALICE, coin);
    assert_eq!((outcome.settled, outcome.skipped.len()), (1, 0));
    assert_eq!(ledger(&world, root, coin).0, 200_000);
    assert_eq!(ledger(&world, derived, coin).1, 0);
}

#[test]
fn r63_positions_with_dust_do_not_bill_a_claim() {
    let (mut world, root, _) = paid();
    world.pay(DAVE, root, NATIVE, ETHER);
    for _ in 0..20 {
        let gift = world.work(GALLERY, CAROL).payees(&[(ALICE, 10_000)]);
        let gift = gift.register();
        world.pay(CAROL, gift, NATIVE, 1);
    }
    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.amount.to::<u128>(), ETHER + ETHER / 5);
    assert_eq!(report.outcome.skipped.len(), 20);
    assert!(gas(&report.outcome) < 300_000, "{}", gas(&report.outcome));
}

#[test]
fn r63_payee_that_burns_gas_bills_its_claimer_no_more_than_a_limit() {
    let mut world = World::new();
    // Loops until it has a hundred thousand gas left.
    let code = [0x5b, 0x62, 0x01, 0x86, 0xa0, 0x5a, 0x11, 0x5f, 0x57, 0x00];
    let burner = world.deploy_code(creation(&code));
    let work = world.work(GALLERY, CAROL).payees(&[(burner, 10_000)]);
    let work = work.register();
    world.pay(DAVE, work, NATIVE, ETHER);
    let report = claim_for(&mut world, ERIN, burner, NATIVE).expect("it takes its money");
    assert_eq!(report.amount.to::<u128>(), ETHER);
    let gas = gas(&report.outcome);
    assert!((400_000..550_000).contains(&gas), "{gas}");
}

#[test]
fn small_sum_is_claimed_and_settled_where_one_asks_for_it() {
    let mut world = World::new();
    let (root, child) = family(&mut world);
    world.pay(DAVE, child, NATIVE, 1_001);
    world.pay(DAVE, root, NATIVE, 7);
    // A claim pays what it can without settling; the rest is told.
    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.amount.to::<u128>(), 7);
    let left = &report.outcome.skipped[0];
    assert_eq!((left.work, left.amount.to::<u128>()), (child, 200));
    let least = Some(U256::ONE);
    let arguments = lineage::commands::claim::Arguments {
        to: Some(ALICE),
        asset: NATIVE,
        least,
        from: ALICE,
    };
    let report = world.command(|session| arguments.run(session));
    assert_eq!(report.expect("it is paid").amount.to::<u128>(), 200);
}

/// Alice's own sum, small or swept from her inbox, is what she pays gas for; what strangers put beside it is left.
#[test]
fn r79_dust_in_ether_bills_no_claim_of_a_small_sum() {
    let claimed = |at_inbox: bool, shams: usize| {
        let mut world = World::new();
        let root = world.open_work(GALLERY, ALICE, &[]);
        let fee = u128::from(world.chain.base_fee());
        match at_inbox {
            true => drop_in(&mut world, root, NATIVE, fee * 250_000),
            false => world.pay(DAVE, root, NATIVE, 1_000),
        }
        for _ in 0..shams {
            // Two works of sixteen parents, one above the other, that bring as much as Alice's own.
            let parents = |world: &mut World, first| {
                let mut parents = vec![first];
                while parents.len() < 16 {
                    parents.push((world.open_work(GALLERY, CAROL, &[]), 300));
                }
                parents
            };
            let above = parents(&mut world, (root, 5_000));
            let upper = world.open_work(GALLERY, CAROL, &above);
            let below = parents(&mut world, (upper, 5_000));
            let lower = world.work(GALLERY, CAROL).parents(&below).register();
            world.pay(CAROL, lower, NATIVE, 100_000);
        }
        claim(&mut world, ALICE, NATIVE)
    };
    for at_inbox in [false, true] {
        let [alone, among] = [0, 2].map(|shams| claimed(at_inbox, shams));
        assert_eq!(among.amount, alone.amount);
        assert_eq!(gas(&among.outcome), gas(&alone.outcome));
    }
}

/// Inboxes that are worth sweeping beside the best of the inboxes stay worth settling once they are swept.
#[test]
fn r82_what_was_swept_is_settled() {
    let mut world = World::new();
    let coin = world.deploy("Coin");
    world.fund(coin, DAVE, u128::MAX);
    let (root, child) = family(&mut world);
    drop_in(&mut world, child, coin, 1_000_000_000);
    let mut inboxes = vec![child];
    for _ in 0..10 {
        let mut parents = vec![(root, 600)];
        while parents.len() < 16 {
            parents.push((world.open_work(GALLERY, CAROL, &[]), 600));
        }
        let other = world.work(GALLERY, CAROL).parents(&parents).register();
        // Some are swept and some are left.
        let brings = 2_000_000 + 1_000_000 * inboxes.len() as u128;
        drop_in(&mut world, other, coin, brings * 10_000 / 600);
        inboxes.push(other);
    }
    let outcome = settle_for(&mut world, ALICE, coin);
    assert!((2..10).contains(&outcome.swept.len()));
    for swept in &outcome.swept {
        let (received, settled) = ledger(&world, swept.work, coin);
        assert_eq!(received, settled, "work {}", swept.work);
    }
}

/// What Alice reserved to herself is no measure of what others bring her.
#[test]
fn r83_sum_that_waits_for_its_payee_is_no_measure() {
    let mut world = World::new();
    let coin = world.deploy("Coin");
    world.fund(coin, DAVE, u128::MAX);
    let (_, child) = family(&mut world);
    world.pay(DAVE, child, coin, 25_000_000);
    let gift = world.work(GALLERY, CAROL).payees(&[(ALICE, 10_000)]);
    let gift = gift.register();
    world.pay(DAVE, gift, coin, 1_000_000_000);
    let reserve = IRouter::reserveClaimsCall {
        work: gift,
        payee: 0,
        reserved: true,
    };
    let router = world.router;
    world.act(ALICE, router, reserve).done();
    let report = claim_for(&mut world, ERIN, ALICE, coin).expect("it pays");
    assert_eq!(report.amount.to::<u128>(), 5_000_000);
}

#[test]
fn sum_that_is_left_is_told_once() {
    let mut world = World::new();
    let (_, child) = family(&mut world);
    let fee = u128::from(world.chain.base_fee());
    world.pay(DAVE, child, NATIVE, fee * 200_000);
    drop_in(&mut world, child, NATIVE, fee * 300_000);
    let outcome = settle_for(&mut world, ALICE, NATIVE);
    let told = outcome.skipped.iter();
    let told: Vec<_> = told
        .map(|left| (left.place, left.amount.to::<u128>() / fee))
        .collect();
    assert_eq!(told, [(Place::Inbox, 60_000), (Place::Ledger, 40_000)]);
}

/// Sums that are just worth their gas by the measure are worth what the transactions really take.
#[test]
fn measure_is_no_less_than_what_it_takes() {
    let mut world = World::new();
    let fee = u128::from(world.chain.base_fee());
    for _ in 0..40 {
        let gift = world.work(GALLERY, CAROL).payees(&[(ALICE, 10_000)]);
        let gift = gift.register();
        world.pay(CAROL, gift, NATIVE, fee * 35_000);
    }
    let report = claim(&mut world, ALICE, NATIVE);
    assert!(report.amount >= U256::from(fee) * U256::from(gas(&report.outcome)));

    // Each way takes a transaction of its own: a work comes between that is not wanted.
    let mut world = World::new();
    for _ in 0..20 {
        let beyond = world.open_work(GALLERY, CAROL, &[]);
        let gift = world.work(GALLERY, CAROL).payees(&[(ALICE, 10_000)]);
        let gift = gift.register();
        world.open(gift, CAROL, 0);
        let unwanted = world.open_work(GALLERY, CAROL, &[(beyond, 5_000)]);
        let tip = world.work(GALLERY, CAROL);
        let tip = tip.parents(&[(gift, 9_000), (unwanted, 1)]).register();
        world.pay(CAROL, tip, NATIVE, fee * 156_000 * 10 / 9);
    }
    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.outcome.settled, 20);
    assert!(report.amount >= U256::from(fee) * U256::from(gas(&report.outcome)));
}

#[test]
fn inbox_that_is_worth_it_is_swept_for_who_is_above() {
    let mut world = World::new();
    let (root, child) = family(&mut world);
    let stranger = world.work(GALLERY, CAROL).register();
    for work in [root, child, stranger] {
        drop_in(&mut world, work, NATIVE, ETHER);
    }
    let report = claim(&mut world, ALICE, NATIVE);
    assert_eq!(report.amount.to::<u128>(), ETHER + ETHER / 5);
    let swept = report.outcome.swept.iter();
    let swept: Vec<_> = swept
        .map(|swept| (swept.work, swept.amount.to::<u128>()))
        .collect();
    assert_eq!(swept, [(root, ETHER), (child, ETHER)]);
    assert_eq!(ledger(&world, stranger, NATIVE), (0, 0));
}

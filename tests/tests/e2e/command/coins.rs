//! Coins that do not move as they are told to.

use super::{
    ALICE, BOB, CAROL, DAVE, ERIN, actions, claim, claim_for, drop_in, failed, family, gas, inbox,
    ledger, settle, try_claim,
};
use alloy_primitives::{Address, U256, hex};
use lineage::commands::show;
use lineage::income::Place;
use lineage_tests::World;
use lineage_tests::abi::{Coin, IRouter};
use lineage_tests::world::GALLERY;

/// Moods of tests/solidity/MoodyCoin.sol.
const TAKES_A_UNIT_ON_TOP: u8 = 1;
const CAPPED_AT_100: u8 = 2;
const TRUE_WITHOUT_MOVING: u8 = 3;
const MOVES_AND_SAYS_FALSE: u8 = 4;
const FROZEN: u8 = 5;

fn feel(world: &mut World, coin: Address, how: u8) {
    world.act(ERIN, coin, Coin::feelCall { how }).done();
}

/// A world in which Bob's work has 800 units of a coin, of which 160 are Alice's, and the inbox of a stranger's work and
/// that of Alice's own hold 160.
fn moody(how: u8) -> (World, Address, [u64; 3]) {
    let mut world = World::new();
    let coin = world.deploy("MoodyCoin");
    world.fund(coin, DAVE, 1_000_000);
    let (root, child) = family(&mut world);
    let stranger = world.work(GALLERY, CAROL).register();
    world.pay(DAVE, child, coin, 800);
    for work in [root, stranger] {
        drop_in(&mut world, work, coin, 160);
    }
    feel(&mut world, coin, how);
    (world, coin, [root, child, stranger])
}

fn claimed(world: &mut World, who: Address, coin: Address) -> u128 {
    let before = world.balance(who, coin);
    let report = claim(world, who, coin);
    let paid = world.balance(who, coin) - before;
    assert_eq!(report.amount.to::<u128>(), paid);
    paid
}

#[test]
fn r65_failing_inbox_of_ones_own_does_not_stop_a_claim() {
    let (mut world, coin, works @ [root, ..]) = moody(0);
    let account = inbox(&world, root);
    world
        .act(ERIN, coin, Coin::blockAccountCall { account })
        .done();
    let report = claim(&mut world, ALICE, coin);
    assert_eq!(report.amount.to::<u128>(), 160);
    assert_eq!(failed(&report.outcome), [(Place::Inbox, root)]);
    assert!(report.outcome.failed[0].reason.contains("SweepFailed"));
    // Nor does it stop anyone's settling, again and again.
    for _ in 0..2 {
        let outcome = settle(&mut world, &works, coin);
        assert_eq!(failed(&outcome), [(Place::Inbox, root)]);
    }
}

/// An inbox that cannot be swept brings nothing, so that nobody pays for the way it would have taken: sixty works of a stranger,
/// each of which has a unit of its own to pass on.
#[test]
fn r78_way_of_an_inbox_that_cannot_be_swept_is_not_settled() {
    let mut world = World::new();
    let coin = world.deploy("MoodyCoin");
    world.fund(coin, DAVE, u128::MAX);
    let (root, child) = family(&mut world);
    world.pay(DAVE, child, coin, 1_000_000);
    let mut rung = root;
    for _ in 0..60 {
        rung = world.open_work(GALLERY, CAROL, &[(rung, 10_000)]);
        world.pay(DAVE, rung, coin, 1);
    }
    drop_in(&mut world, rung, coin, 1_000_000_000_000);
    let account = inbox(&world, rung);
    world
        .act(ERIN, coin, Coin::blockAccountCall { account })
        .done();
    let report = claim(&mut world, ALICE, coin);
    assert_eq!(failed(&report.outcome), [(Place::Inbox, rung)]);
    assert_eq!(report.amount.to::<u128>(), 200_000);
    assert_eq!(report.outcome.settled, 1);
}

/// Makes a coin revert when it is asked about one inbox; else it does as it did.
fn unreadable_at(world: &mut World, coin: Address, work: u64) {
    // By DELEGATECALL.
    let there = Address::repeat_byte(0x77);
    let asked_about = inbox(world, work);
    let code = [
        &hex!("60043573")[..],
        asked_about.as_slice(),
        &hex!("14604957365f5f375f5f365f73"),
        there.as_slice(),
        &hex!("5af43d5f5f3e6045573d5ffd5b3d5ff35b5f5ffd"),
    ]
    .concat();
    let real = world.chain.code(coin);
    world.chain.set_code(there, real);
    world.chain.set_code(coin, code);
}

#[test]
fn r65_inbox_whose_balance_cannot_be_read_does_not_stop_a_claim() {
    let (mut world, coin, [root, ..]) = moody(0);
    unreadable_at(&mut world, coin, root);
    let report = claim(&mut world, ALICE, coin);
    assert_eq!(report.amount.to::<u128>(), 160);
    assert_eq!(failed(&report.outcome), [(Place::Inbox, root)]);
}

#[test]
fn r73_inbox_whose_balance_cannot_be_read_does_not_stop_show() {
    let mut world = World::new();
    let coin = world.deploy("MoodyCoin");
    let [_, root] = [ALICE, ERIN].map(|creator| world.mint_open(creator));
    unreadable_at(&mut world, coin, root);
    let shown = world.command(|session| show::look(session, &show::Wanted::All, coin));
    let report = shown.expect("works to show");
    let unreadable: Vec<_> = (report.works.iter())
        .filter(|work| work.at_inbox.is_none())
        .map(|work| work.work)
        .collect();
    assert_eq!(unreadable, [root]);
}

#[test]
fn r66_capped_coin_is_swept_and_claimed_in_parts() {
    let (mut world, coin, works @ [root, _, stranger]) = moody(CAPPED_AT_100);
    // The stranger's inbox is none of Alice's business; her own is.
    let report = claim(&mut world, ALICE, coin);
    assert_eq!(report.amount.to::<u128>(), 320);
    assert!(report.outcome.failed.is_empty());
    assert_eq!(
        actions(&report.outcome),
        [
            "sweep", "sweep", "settle", "claim", "claim", "claim", "claim"
        ]
    );
    assert_eq!(world.balance(inbox(&world, stranger), coin), 160);
    assert_eq!(world.balance(ALICE, coin), 320);
    assert_eq!(world.balance(inbox(&world, root), coin), 0);

    let outcome = settle(&mut world, &works, coin);
    assert_eq!(actions(&outcome), ["sweep", "sweep"]);
    assert_eq!(ledger(&world, stranger, coin).0, 160);
}

/// Of a capped coin's inbox each part is weighed: a stranger's brings Alice a ten thousandth of a hundred units.
#[test]
fn r84_parts_of_a_strangers_inbox_bill_nobody() {
    let claimed = |shams: usize| {
        let mut world = World::new();
        let coin = world.deploy("MoodyCoin");
        world.fund(coin, DAVE, 1_000_000_000);
        let (root, child) = family(&mut world);
        world.pay(DAVE, child, coin, 800);
        for _ in 0..shams {
            let sham = world.open_work(GALLERY, CAROL, &[(root, 1)]);
            drop_in(&mut world, sham, coin, 10_000_000);
        }
        feel(&mut world, coin, CAPPED_AT_100);
        let report = claim(&mut world, ALICE, coin);
        assert_eq!(report.amount.to::<u128>(), 160);
        gas(&report.outcome)
    };
    assert_eq!(claimed(3), claimed(0));
}

/// A coin that keeps a fee of what moves brings less by a sweep than the inbox held, and the sum is the measure all the same.
#[test]
fn r89_dust_in_a_coin_with_a_fee_bills_no_claim_of_what_was_swept() {
    let claimed = |shams: usize| {
        let mut world = World::new();
        let coin = world.deploy("FeeCoin");
        world.fund(coin, DAVE, u128::MAX >> 1);
        let one_in_a_hundred = Coin::chargeCall {
            bps: U256::from(100),
        };
        world.act(ERIN, coin, one_in_a_hundred).done();
        let (root, _) = family(&mut world);
        drop_in(&mut world, root, coin, 1_000_000_000);
        for _ in 0..shams {
            let mut parents = vec![(root, 600)];
            while parents.len() < 16 {
                parents.push((world.open_work(GALLERY, CAROL, &[]), 600));
            }
            let sham = world.work(GALLERY, CAROL).parents(&parents).register();
            world.pay(DAVE, sham, coin, 100_000);
        }
        let report = claim(&mut world, ALICE, coin);
        (report.amount, gas(&report.outcome))
    };
    let [(alone, cost_alone), (among, cost)] = [0, 10].map(claimed);
    assert_eq!(among, alone);
    assert!(cost <= cost_alone, "{cost} gas, alone {cost_alone}");
}

#[test]
fn capped_coin_is_paid_to_a_payee_alone_in_parts() {
    let (mut world, coin, _) = moody(CAPPED_AT_100);
    let error = claim_for(&mut world, ERIN, BOB, coin).expect_err("640 units at once");
    assert!(error.contains("AssetCallFailed"), "{error}");
    assert_eq!(claimed(&mut world, BOB, coin), 640);
}

#[test]
fn parts_of_one_sum_are_bounded() {
    let mut world = World::new();
    let coin = world.deploy("MoodyCoin");
    world.fund(coin, DAVE, 1_000_000);
    let work = world.work(GALLERY, ALICE).register();
    world.pay(DAVE, work, coin, 5_000);
    feel(&mut world, coin, CAPPED_AT_100);
    let report = claim(&mut world, ALICE, coin);
    assert_eq!(report.amount.to::<u128>(), 1_600);
    assert_eq!(report.outcome.sent.len(), 16);
    assert!(report.outcome.failed[0].reason.contains("3400"));
    assert_eq!(claim(&mut world, ALICE, coin).amount.to::<u128>(), 1_600);
}

#[test]
fn r66_coin_that_takes_a_unit_on_top_is_swept_but_for_that_unit() {
    let (mut world, coin, works @ [root, child, stranger]) = moody(TAKES_A_UNIT_ON_TOP);
    let outcome = settle(&mut world, &works, coin);
    assert!(outcome.failed.is_empty());
    for work in [root, stranger] {
        assert_eq!(world.balance(inbox(&world, work), coin), 0);
    }
    assert_eq!(ledger(&world, stranger, coin).0, 159);
    assert_eq!(ledger(&world, root, coin).0, 160 + 159);
    assert_eq!(ledger(&world, child, coin), (800, 800));
    // It cannot be claimed while it takes more than it moves.
    let error = try_claim(&mut world, ALICE, coin).expect_err("nothing can be paid");
    assert!(error.contains("LossTooLarge"), "{error}");
    feel(&mut world, coin, 0);
    assert_eq!(claimed(&mut world, ALICE, coin), 319);
}

#[test]
fn r67_coin_that_says_true_and_moves_nothing_burns_no_claim() {
    let (mut world, coin, [root, child, _]) = moody(TRUE_WITHOUT_MOVING);
    let error = try_claim(&mut world, ALICE, coin).expect_err("nothing can be paid");
    assert!(
        error.contains("LossTooSmall") && error.contains("SweepFailed"),
        "{error}"
    );
    let error = claim_for(&mut world, CAROL, BOB, coin).expect_err("nothing is paid");
    assert!(error.contains("LossTooSmall"));
    feel(&mut world, coin, 0);
    assert_eq!(claimed(&mut world, ALICE, coin), 320);
    assert_eq!(claimed(&mut world, BOB, coin), 640);
    assert_eq!(
        (ledger(&world, root, coin).0, ledger(&world, child, coin).0),
        (320, 800)
    );
}

#[test]
fn r67_coin_that_moves_and_says_false_is_swept_and_claimed() {
    let (mut world, coin, works) = moody(MOVES_AND_SAYS_FALSE);
    assert_eq!(claimed(&mut world, ALICE, coin), 320);
    assert_eq!(claimed(&mut world, BOB, coin), 640);
    let outcome = settle(&mut world, &works, coin);
    assert!(outcome.failed.is_empty() && outcome.swept.len() == 1);
}

#[test]
fn r68_frozen_coin_is_settled_and_reported() {
    let (mut world, coin, works @ [root, child, stranger]) = moody(FROZEN);
    let outcome = settle(&mut world, &works, coin);
    assert_eq!(
        failed(&outcome),
        [(Place::Inbox, root), (Place::Inbox, stranger)]
    );
    assert_eq!((outcome.settled, outcome.swept.len()), (1, 0));
    assert_eq!(ledger(&world, child, coin), (800, 800));
    // What fails when tried is not sent.
    let before = world.chain.block_number();
    let error = try_claim(&mut world, ALICE, coin).expect_err("nothing can be paid");
    assert_eq!(world.chain.block_number(), before);
    assert!(error.contains("could be paid nothing"), "{error}");
    assert!(error.contains("AssetCallFailed"), "{error}");
    feel(&mut world, coin, 0);
    assert_eq!(claimed(&mut world, ALICE, coin), 320);
}

#[test]
fn r69_reserved_position_is_reported_and_the_others_are_paid() {
    let mut world = World::new();
    let coin = world.deploy("Coin");
    world.fund(coin, DAVE, 1_000);
    let router = world.router;
    let [free, reserved, other] = [(); 3].map(|()| world.work(GALLERY, BOB).register());
    for work in [free, reserved, other] {
        world.pay(DAVE, work, coin, 100);
    }
    let reserve = IRouter::reserveClaimsCall {
        work: reserved,
        payee: 0,
        reserved: true,
    };
    world.act(BOB, router, reserve).done();
    let report = claim_for(&mut world, ERIN, BOB, coin).expect("two of three");
    assert_eq!(report.amount, U256::from(200));
    assert_eq!(failed(&report.outcome), [(Place::Payee, reserved)]);
    assert!(report.outcome.failed[0].reason.contains("ClaimReserved"));
    assert_eq!(actions(&report.outcome), ["claim"]);
    let error = claim_for(&mut world, ERIN, BOB, coin).expect_err("the third is bob's");
    assert!(error.contains("--from PAYEE"), "{error}");
    assert_eq!(claimed(&mut world, BOB, coin), 100);
}

/// Makes a coin do as it did where gas has no price, as in calls that are tried, and burn all its gas in a transfer that is
/// paid for.
fn make_two_faced(world: &mut World, coin: Address) {
    let there = Address::repeat_byte(0x77);
    let code = [
        &hex!("3a156015575f3560e01c63a9059cbb1415601557fe5b365f5f375f5f365f73")[..],
        there.as_slice(),
        &hex!("5af43d5f5f3e603f573d5ffd5b3d5ff3"),
    ]
    .concat();
    let real = world.chain.code(coin);
    world.chain.set_code(there, real);
    world.chain.set_code(coin, code);
}

#[test]
fn r71_coin_that_fails_only_where_gas_is_paid_for_is_not_sent() {
    let (mut world, coin, works @ [root, child, stranger]) = moody(0);
    make_two_faced(&mut world, coin);
    let had = world.chain.balance(ERIN);
    let outcome = settle(&mut world, &works, coin);
    assert_eq!(
        failed(&outcome),
        [(Place::Inbox, root), (Place::Inbox, stranger)]
    );
    assert_eq!(actions(&outcome), ["settle"]);
    let fee = outcome.sent[0].fee;
    assert_eq!(had - world.chain.balance(ERIN), fee);
    assert_eq!(ledger(&world, child, coin), (800, 800));

    let (had, block) = (world.chain.balance(ALICE), world.chain.block_number());
    let error = try_claim(&mut world, ALICE, coin).expect_err("nothing can be paid");
    assert!(error.contains("AssetCallFailed"), "{error}");
    assert_eq!(world.chain.block_number(), block);
    assert_eq!(world.chain.balance(ALICE), had);
}

#[test]
fn r72_claim_needs_no_more_money_than_its_own_gas() {
    let (mut world, coin, works) = moody(0);
    settle(&mut world, &works, coin);
    let price = U256::from(world.chain.base_fee());
    world.chain.set_balance(ALICE, price * U256::from(250_000));
    assert_eq!(claimed(&mut world, ALICE, coin), 320);
}

#[test]
fn r72_what_the_sender_cannot_pay_for_is_a_failure_of_its_own() {
    let (mut world, coin, works @ [root, ..]) = moody(0);
    let price = U256::from(world.chain.base_fee());
    // Enough for a settlement and for no sweep.
    world.chain.set_balance(ERIN, price * U256::from(90_000));
    let outcome = settle(&mut world, &works, coin);
    assert!(failed(&outcome).contains(&(Place::Inbox, root)));
    assert!(
        outcome.failed[0]
            .reason
            .contains(" has 0.000009 ETH, and the gas"),
        "{}",
        outcome.failed[0].reason
    );
    assert_eq!(actions(&outcome), ["settle"]);
}

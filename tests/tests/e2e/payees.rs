//! Who may be named as payee.

use alloy_primitives::{Address, U256, address};
use lineage_tests::World;
use lineage_tests::abi::IRouter;
use lineage_tests::world::GALLERY;

#[test]
fn payees_are_read_back_as_named() {
    let mut world = World::new();
    let (alice, bob, carol) = (world.alice, world.bob, world.carol);
    let payees = [(alice, 2_500), (bob, 2_500), (alice, 1), (carol, 4_999)];
    let work = world.work(GALLERY, alice).payees(&payees).register();
    let read = world.view(world.router, IRouter::payeesCall { id: work });
    assert_eq!(
        read.iter()
            .map(|payee| (payee.account, payee.share))
            .collect::<Vec<_>>(),
        payees
    );
    assert_eq!(
        world
            .view(world.router, IRouter::workCall { id: work })
            .payees,
        4
    );
}

#[test]
fn nobody_named_means_the_creator() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let work = world.work(bob, alice).register();
    let read = world.view(world.router, IRouter::payeesCall { id: work });
    assert_eq!(read.len(), 1);
    assert_eq!((read[0].account, read[0].share), (alice, 10_000));
}

#[test]
fn ninth_payee_is_refused() {
    let mut world = World::new();
    let alice = world.alice;
    let mut payees = vec![(alice, 1_250); 8];
    world.work(GALLERY, alice).payees(&payees).register();
    payees.push((alice, 1));
    let refusal = IRouter::TooManyPayees {
        got: U256::from(9),
        max: U256::from(8),
    };
    world
        .work(GALLERY, alice)
        .payees(&payees)
        .act()
        .refused(refusal);
}

#[test]
fn shares_other_than_the_whole_are_refused() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    for second in [4_999, 5_001, u16::MAX] {
        let got = U256::from(5_000 + u32::from(second));
        let refusal = IRouter::PayeeSharesMismatch {
            got,
            expected: U256::from(10_000),
        };
        world
            .work(GALLERY, alice)
            .payees(&[(alice, 5_000), (bob, second)])
            .act()
            .refused(refusal);
    }
    let zero = world
        .work(GALLERY, alice)
        .payees(&[(alice, 10_000), (bob, 0)])
        .act();
    zero.refused(IRouter::PayeeShareZero {
        index: U256::from(1),
    });
}

#[test]
fn those_whom_paying_is_of_no_use_are_refused() {
    let mut world = World::new();
    let (alice, router, licensing) = (world.alice, world.router, world.licensing);
    world.work(GALLERY, alice).register();
    let own_inbox = inbox_of(&world, 2);
    for account in [
        Address::ZERO,
        router,
        licensing,
        GALLERY,
        own_inbox,
        address!("0000000000000000000000000000000000000001"),
        address!("0000000000000000000000000000000000000071"),
        address!("000000000000000000000000000000000000ffff"),
        address!("0000000000000000000000000000000000006551"),
        address!("00000000000000000000000000000000000a4b05"),
        address!("00000000000000000000000000000000000fffff"),
    ] {
        let refusal = || IRouter::PayeeRefused { account };
        world
            .work(GALLERY, alice)
            .payees(&[(alice, 1), (account, 9_999)])
            .act()
            .refused(refusal());
        if account != Address::ZERO {
            world.work(GALLERY, account).act().refused(refusal());
        }
    }
    // One address further there are accounts like any other.
    let first = address!("0000000000000000000000000000000000100000");
    world.work(GALLERY, first).register();
    let high = address!("0000000100000000000000000000000000000000");
    world.work(GALLERY, high).register();
    // Another work's inbox is a payee as good as any: what it gets is that work's income.
    let others_inbox = inbox_of(&world, 1);
    world
        .work(GALLERY, alice)
        .payees(&[(others_inbox, 10_000)])
        .register();
}

/// The inbox of a work that need not exist yet, by the rule alone.
fn inbox_of(world: &World, work: u64) -> Address {
    let keccak = |bytes: &[u8]| alloy_primitives::keccak256(bytes).0;
    logic::inbox::address(keccak, &world.router.0, 412_346, work).into()
}

//! Native fees due to parents: whatever licensing asks for is exact, credited in the parents' own ledgers, and logged.
//!
//! The licensing program asks for none yet, so another stands in its place.

use crate::calls::ledger;
use crate::other_router::{Parrot, ask_parrot, teach, teach_fees};
use alloy_primitives::{B256, U256};
use alloy_sol_types::{SolCall, SolError, SolValue};
use lineage_tests::World;
use lineage_tests::abi::{ILicensing, IRouter};
use lineage_tests::world::NATIVE;

/// A child of works 1 and 2.
fn child(world: &World) -> IRouter::registerCall {
    let parent = |(work, share)| IRouter::Parent {
        work,
        share,
        version: 7,
        cover: 3,
    };
    let parents = [(1, 100), (2, 200)].map(parent).to_vec();
    IRouter::registerCall {
        creator: world.carol,
        kind: 0,
        parents,
        payees: Vec::new(),
    }
}

#[test]
fn fees_are_credited_to_the_parents_and_logged() {
    let mut world = World::new();
    let parrot = ask_parrot(&mut world);
    teach_fees(&mut world, parrot, &[0, 12_345]);
    let (dave, carol, router, call) = (world.dave, world.carol, world.router, child(&world));
    let parents = call.parents.iter().map(|parent| ILicensing::Parent {
        work: parent.work,
        share: parent.share,
        version: parent.version,
        cover: parent.cover,
    });
    let asked = ILicensing::consumeCall {
        collection: dave,
        creator: carol,
        parents: parents.collect(),
    };
    let done = world.act(dave, router, call).value(12_345).done();
    assert_eq!(done.answer(), 3);
    let [heard] = &done.events::<Parrot::Heard>(parrot)[..] else {
        panic!("asked once")
    };
    assert_eq!(heard.input, asked.abi_encode());
    let paid: Vec<IRouter::Paid> = done.events(router);
    assert_eq!(paid.len(), 1, "no payment of nothing");
    assert_eq!(
        (paid[0].work, paid[0].asset, paid[0].payer, paid[0].epoch),
        (2, NATIVE, dave, 0)
    );
    assert_eq!(
        (paid[0].amount, paid[0].r#ref),
        (U256::from(12_345), B256::from(U256::from(3)))
    );
    assert_eq!(paid[0].way, 2);
    assert_eq!(world.view(router, ledger(1, NATIVE)).received, 0);
    assert_eq!(world.view(router, ledger(2, NATIVE)).received, 12_345);
    assert_eq!(world.view(router, ledger(3, NATIVE)).received, 0);
    assert_eq!(world.balance(router, NATIVE), 12_345);
}

#[test]
fn any_other_value_than_the_fees_is_refused() {
    let mut world = World::new();
    let parrot = ask_parrot(&mut world);
    teach_fees(&mut world, parrot, &[5, 6]);
    let (dave, router) = (world.dave, world.router);
    for got in [0, 10, 12] {
        let refusal = IRouter::ValueMismatch {
            got: U256::from(got),
            expected: U256::from(11),
        };
        let call = child(&world);
        world.act(dave, router, call).value(got).refused(refusal);
    }
}

#[test]
fn answers_that_are_no_list_of_fees_are_refused() {
    let mut world = World::new();
    let parrot = ask_parrot(&mut world);
    let (dave, router) = (world.dave, world.router);
    let words = |words: &[U256]| {
        words
            .iter()
            .flat_map(|word| word.to_be_bytes::<32>())
            .collect::<Vec<u8>>()
    };
    let [zero, two, head] = [0, 2, 32].map(U256::from);
    for answer in [
        Vec::new(),
        vec![0_u128].abi_encode(),
        vec![0_u128; 3].abi_encode(),
        words(&[head, two, zero]),
        words(&[U256::from(33), two, zero, zero]),
        words(&[U256::MAX, two, zero, zero]),
        words(&[head, U256::MAX, zero, zero]),
        words(&[head, two, zero, U256::from(1) << 128]),
        vec![u128::MAX, 1].abi_encode(),
    ] {
        teach(&mut world, parrot, answer, false);
        let call = child(&world);
        world
            .act(dave, router, call)
            .refused(IRouter::FeesMalformed {});
    }
}

#[test]
fn refusals_of_licensing_are_passed_on() {
    let mut world = World::new();
    let parrot = ask_parrot(&mut world);
    let (dave, router) = (world.dave, world.router);
    let refusal = ILicensing::StaleTerms {
        work: 1,
        got: 7,
        current: 8,
    };
    teach(&mut world, parrot, refusal.abi_encode(), true);
    let call = child(&world);
    world.act(dave, router, call).refused(refusal);
    // Four bytes are an error without fields.
    teach(&mut world, parrot, vec![1, 2, 3, 4], true);
    let call = child(&world);
    world
        .act(dave, router, call)
        .refused_with(&[1, 2, 3, 4], "an error of licensing's");
    // A revert that says nothing gets a name.
    teach(&mut world, parrot, vec![1, 2, 3], true);
    let call = child(&world);
    world
        .act(dave, router, call)
        .refused(IRouter::LicensingFailed { licensing: parrot });
}

#[test]
fn licensing_that_calls_back_finds_the_router_locked() {
    let mut world = World::new();
    let parrot = ask_parrot(&mut world);
    teach_fees(&mut world, parrot, &[0, 0]);
    let (dave, carol, router) = (world.dave, world.carol, world.router);
    let orphan = IRouter::registerCall {
        creator: carol,
        kind: 0,
        parents: Vec::new(),
        payees: Vec::new(),
    };
    let errand = Parrot::sendOnCall {
        to: router,
        data: orphan.abi_encode().into(),
    };
    world.act(dave, parrot, errand).done();
    let call = child(&world);
    assert_eq!(world.act(dave, router, call).done().answer(), 3);
    assert_eq!(
        world.view(parrot, Parrot::outcomeCall {}),
        IRouter::Locked {}.abi_encode()
    );
    assert_eq!(world.view(router, IRouter::workCountCall {}), 3);
}

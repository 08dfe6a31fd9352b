//! What a unit of settleUp's budget costs, whoever built the graph.

use crate::calls::{pay, settle_up};
use alloy_primitives::U256;
use alloy_sol_types::SolCall;
use lineage_tests::World;
use lineage_tests::abi::IRouter;
use lineage_tests::world::{GALLERY, NATIVE};
use stylus_chain::Transaction;

/// What the interface says a unit costs at most, a call beside its units, and a work that is named and not settled.
const UNIT: u64 = 25_000;
const CALL: u64 = 60_000;
const NAMED: u64 = 6_000;

/// Registers a work with as many new open parents, which share half of what it gets.
fn work_of(world: &mut World, parents: u64) -> u64 {
    let alice = world.alice;
    let share = 5_000 / parents as u16;
    let parents: Vec<(u64, u16)> = (0..parents)
        .map(|_| (world.open_work(GALLERY, alice, &[]), share))
        .collect();
    world.open_work(GALLERY, alice, &parents)
}

/// Gas of settling these works once; nothing must be left.
fn settled(world: &mut World, works: &[u64]) -> u64 {
    let (bob, router) = (world.bob, world.router);
    let done = world
        .act(bob, router, settle_up(works, NATIVE, 1_000))
        .done();
    assert!(done.answer().is_empty());
    done.receipt.gas_used
}

#[test]
fn r20_unit_of_the_budget_costs_the_same_from_one_parent_to_sixteen() {
    let mut world = World::new();
    let bob = world.bob;
    let nothing = settled(&mut world, &[]);
    let (mut fresh, mut warm) = (Vec::new(), Vec::new());
    for parents in 1..=16 {
        let work = work_of(&mut world, parents);
        for units in [&mut fresh, &mut warm] {
            world.pay(bob, work, NATIVE, 1_000_000);
            let gas = settled(&mut world, &[work]) - nothing;
            units.push(gas / (1 + parents));
        }
    }
    for (units, documented) in [(fresh, 17_500..=24_500), (warm, 8_000..=9_700)] {
        let (least, most) = (units.iter().min().unwrap(), units.iter().max().unwrap());
        let middle = (least + most) / 2;
        assert!(most - middle <= middle / 4, "{units:?}");
        assert!(
            documented.contains(least) && documented.contains(most),
            "{units:?}"
        );
    }
}

/// Works with sixteen fresh open parents each, paid so little that each parent is due one wei, or none is due any.
fn shams(world: &mut World, count: usize, wei: u128) -> Vec<u64> {
    let (alice, bob) = (world.alice, world.bob);
    let works: Vec<u64> = (0..count)
        .map(|_| {
            let parents: Vec<(u64, u16)> = (0..16)
                .map(|_| (world.open_work(GALLERY, alice, &[]), 625))
                .collect();
            world.work(GALLERY, alice).parents(&parents).register()
        })
        .collect();
    for work in &works {
        world.pay(bob, *work, NATIVE, wei);
    }
    works
}

#[test]
fn r21_sham_works_cost_no_more_than_the_budget() {
    const BUDGET: u64 = 40;
    for wei in [16, 15] {
        let mut world = World::new();
        let (alice, bob, router) = (world.alice, world.bob, world.router);
        let shams = shams(&mut world, 8, wei);
        let honest = work_of(&mut world, 2);
        world.pay(bob, honest, NATIVE, 1_000);
        // Whoever settles the path to an honest work never meets them.
        let path = settled(&mut world, &[honest]);
        assert!(path <= 3 * UNIT + CALL, "{path}");
        // And who settles everything pays for what it asks for.
        let mut left = shams.clone();
        let mut calls = 0;
        while !left.is_empty() {
            let done = world
                .act(alice, router, settle_up(&left, NATIVE, BUDGET))
                .done();
            let gas = done.receipt.gas_used;
            assert!(
                gas <= BUDGET * UNIT + CALL,
                "{gas} with {} left",
                left.len()
            );
            let rest: Vec<u64> = done.answer().iter().map(|at| at.work).collect();
            assert!(rest.len() < left.len());
            left = rest;
            calls += 1;
        }
        // Two of them fit in 40 units where they credit their parents, all of them where they credit nobody.
        assert_eq!(calls, if wei == 16 { 4 } else { 1 });
    }
}

#[test]
fn r21_parents_with_parents_of_their_own_are_looked_at_once_a_call() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    // Each of sixteen parents is open and has sixteen edges to read, none of which the budget covers.
    let grandparents: Vec<(u64, u16)> = (0..16)
        .map(|_| (world.open_work(GALLERY, alice, &[]), 300))
        .collect();
    let parents: Vec<(u64, u16)> = (0..16)
        .map(|_| (world.open_work(GALLERY, alice, &grandparents), 600))
        .collect();
    let tip = world.work(GALLERY, alice).parents(&parents).register();
    for (parent, _) in &parents {
        world.pay(bob, *parent, NATIVE, 1);
    }
    world.pay(bob, tip, NATIVE, 1_000_000);
    let done = world.act(bob, router, settle_up(&[tip], NATIVE, 18)).done();
    assert_eq!(done.answer().len(), 16);
    let gas = done.receipt.gas_used;
    assert!(gas <= 18 * 10_000 + CALL, "{gas}");
}

#[test]
fn r21_budget_is_as_good_as_the_gas_it_needs() {
    let mut world = World::new();
    let (alice, bob, router) = (world.alice, world.bob, world.router);
    let shams = shams(&mut world, 3, 16);
    let transaction = |budget| {
        let input = settle_up(&shams, NATIVE, budget).abi_encode();
        Transaction::call(alice, router, input).gas_limit(17 * UNIT + CALL + 3 * NAMED)
    };
    // What a transaction's gas does not cover is done by halving the budget.
    let whole = world.chain.call(transaction(1_000)).expect("valid");
    assert!(!whole.status.is_success());
    let part = world.chain.send(transaction(17)).expect("valid");
    assert!(part.status.is_success());
    let rest = IRouter::settleUpCall::abi_decode_returns_validate(&part.output).expect("a list");
    assert_eq!(rest.len(), 2);
    world
        .act(bob, router, pay(shams[0], NATIVE, 1))
        .value_exactly(U256::from(1))
        .done();
}

//! The cost of use: what is checked in, and what it must not exceed.

use alloy_primitives::U256;
use alloy_sol_types::SolCall;
use lineage_tests::World;
use lineage_tests::abi::IProvenance;
use lineage_tests::bytecode::creation;
use lineage_tests::gas::{self, Cost, Figure};
use std::sync::OnceLock;
use stylus_chain::DEV_ACCOUNTS;

fn figures() -> &'static [Figure] {
    static MEASURED: OnceLock<Vec<Figure>> = OnceLock::new();
    MEASURED.get_or_init(gas::measure)
}

#[test]
fn gas_is_what_the_snapshot_says() {
    let differences = gas::differences(figures());
    assert!(
        differences.is_empty(),
        "run `cargo xtask gas` if this is meant:\n{}",
        differences.join("\n")
    );
}

#[test]
fn gas_stays_within_its_bounds() {
    let bounds = [
        ("registry: createAccount, new", 96_000, 106_000),
        ("router: pay native, repeat", 34_000, u64::MAX),
        ("router: claim native, repeat", 50_000, u64::MAX),
    ];
    for (name, cached, uncached) in bounds {
        let figure = figures()
            .iter()
            .find(|figure| figure.name == name)
            .expect(name);
        assert!(
            figure.cached.gas <= cached,
            "{name}: {} cached, at most {cached}",
            figure.cached.gas
        );
        assert!(
            figure.uncached.gas <= uncached,
            "{name}: {} uncached, at most {uncached}",
            figure.uncached.gas
        );
    }
}

#[test]
fn no_program_grows_its_memory() {
    for figure in figures() {
        for cost in [figure.cached, figure.uncached] {
            assert_eq!(cost.growths, cost.entries, "{}", figure.name);
        }
    }
}

#[test]
fn growth_would_be_seen() {
    let mut world = World::owned();
    let (alice, provenance) = (world.alice, world.provenance);
    let token_id = U256::from(world.mint(alice).send());
    // Answers a string of 0x7fc0 bytes, which is copied twice.
    let code = [
        0x60, 32, 0x5f, 0x52, 0x61, 0x7f, 0xc0, 0x60, 32, 0x52, 0x61, 0x80, 0x00, 0x5f, 0xf3,
    ];
    let renderer = world.deploy_code(creation(&code));
    world
        .act(
            DEV_ACCOUNTS[0],
            provenance,
            IProvenance::setRendererCall { renderer },
        )
        .done();
    world.chain.set_trace(true);
    let question = IProvenance::tokenURICall { tokenId: token_id };
    let asked = world.act(alice, provenance, question.clone()).done();
    let cost = Cost::of(&question.abi_encode(), &asked.receipt);
    assert!(cost.growths > cost.entries, "{cost:?}");
}

#[test]
fn cache_changes_the_entry_and_nothing_else() {
    for Figure {
        name,
        cached,
        uncached,
    } in figures()
    {
        assert_eq!(
            uncached.gas - cached.gas,
            uncached.entry - cached.entry,
            "{name}"
        );
        assert_eq!(
            (cached.floor, cached.contracts),
            (uncached.floor, uncached.contracts),
            "{name}"
        );
    }
}

#[test]
fn state_costs_more_than_instructions() {
    for Figure { name, cached, .. } in figures() {
        assert!(
            cached.instructions() * 10 < cached.floor.total(),
            "{name}: {cached:?}"
        );
    }
}

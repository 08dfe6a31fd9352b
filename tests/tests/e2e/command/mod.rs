//! What the command does with the money of a world in which not everybody means well.

mod coins;
mod ladders;
mod paths;
mod planner;
mod strangers;
mod trial;

use alloy_primitives::{Address, U256};
use lineage::commands::{claim, settle};
use lineage::income::{Outcome, Place};
use lineage_tests::World;
use lineage_tests::abi::{Coin, IRouter};
use lineage_tests::world::{GALLERY, NATIVE};
use stylus_chain::DEV_ACCOUNTS;

const ALICE: Address = DEV_ACCOUNTS[1];
const BOB: Address = DEV_ACCOUNTS[2];
const CAROL: Address = DEV_ACCOUNTS[3];
const DAVE: Address = DEV_ACCOUNTS[4];
const ERIN: Address = DEV_ACCOUNTS[5];

/// `lineage claim --from WHO`.
fn try_claim(world: &mut World, who: Address, asset: Address) -> Result<claim::Report, String> {
    claim_for(world, who, who, asset)
}

/// `lineage claim --to TO --from FROM`; what it says where it ends with exit code 1.
fn claim_for(
    world: &mut World,
    from: Address,
    to: Address,
    asset: Address,
) -> Result<claim::Report, String> {
    let arguments = claim::Arguments {
        to: Some(to),
        asset,
        least: None,
        from,
    };
    let report = world.command(|session| arguments.run(session));
    let report = report.map_err(|error| format!("{error:#}"))?;
    match report.is_unpaid() {
        true => Err(report.to_string()),
        false => Ok(report),
    }
}

/// `lineage claim --from WHO`; it must succeed.
fn claim(world: &mut World, who: Address, asset: Address) -> claim::Report {
    try_claim(world, who, asset).expect("something is paid")
}

/// `lineage settle WORKS --from erin`; it must succeed.
fn settle(world: &mut World, works: &[u64], asset: Address) -> Outcome {
    run_settle(world, works, None, asset)
}

/// `lineage settle --for ACCOUNT --from erin`; it must succeed.
fn settle_for(world: &mut World, account: Address, asset: Address) -> Outcome {
    run_settle(world, &[], Some(account), asset)
}

fn run_settle(
    world: &mut World,
    works: &[u64],
    for_account: Option<Address>,
    asset: Address,
) -> Outcome {
    let arguments = settle::Arguments {
        works: works.to_vec(),
        for_account,
        asset,
        least: None,
        from: ERIN,
    };
    let report = world.command(|session| arguments.run(session));
    report.unwrap_or_else(|error| panic!("{error:#}")).outcome
}

/// The gas of all transactions.
fn gas(outcome: &Outcome) -> u64 {
    outcome.sent.iter().map(|sent| sent.gas).sum()
}

fn actions(outcome: &Outcome) -> Vec<&str> {
    outcome
        .sent
        .iter()
        .map(|sent| sent.action.as_str())
        .collect()
}

fn failed(outcome: &Outcome) -> Vec<(Place, u64)> {
    let failed = outcome.failed.iter();
    failed.map(|failed| (failed.place, failed.work)).collect()
}

fn inbox(world: &World, id: u64) -> Address {
    world.view(world.router, IRouter::inboxCall { id })
}

/// Puts money into the inbox of a work, as a marketplace does.
fn drop_in(world: &mut World, work: u64, asset: Address, amount: u128) {
    let (inbox, amount) = (inbox(world, work), U256::from(amount));
    if asset == NATIVE {
        world.chain.set_balance(inbox, amount);
        return;
    }
    let mint = Coin::mintCall { to: inbox, amount };
    world.act(ERIN, asset, mint).done();
}

/// What a work received and what of it was passed on.
fn ledger(world: &World, id: u64, asset: Address) -> (u128, u128) {
    let call = IRouter::ledgerCall {
        id,
        epoch: 0,
        asset,
    };
    let ledger = world.view(world.router, call);
    (ledger.received, ledger.settled)
}

/// An open work of Alice's, and one of Bob's that owes it a fifth.
fn family(world: &mut World) -> (u64, u64) {
    let root = world.open_work(GALLERY, ALICE, &[]);
    (root, world.open_work(GALLERY, BOB, &[(root, 2_000)]))
}

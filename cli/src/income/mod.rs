//! Income on its way: from inboxes into the ledgers, up the graph, out to the payees.
//!
//! The graph is open to everyone, so it is full of strangers: works nobody asked for, dust in their inboxes, coins that
//! refuse to move. Whoever claims settles the paths that lead to them and nothing else, sweeps what can reach them and is
//! worth its gas, and goes on where something fails. Every step is tried first, and what fails when tried is not sent.

mod claim;
mod map;
mod outcome;
mod parts;
mod plan;
mod settle;
mod sweep;
mod worth;

pub use outcome::{Failed, Outcome, Place, Skipped, Swept};

use crate::abi::erc20::balanceOfCall;
use crate::abi::router::IRouter::{
    Position, claimableCall, inboxCall, payeesCall, workCall, workCountCall,
};
use crate::session::Session;
use alloy_primitives::{Address, U256};
use anyhow::Result;
use map::Map;
use plan::Plan;
use std::collections::BTreeSet;
use worth::Worth;

/// Gas for asking a token for a balance, as often as there are inboxes.
const BALANCE_GAS: u64 = 1_000_000;

/// The ids of all works.
///
/// # Errors
/// The router fails.
pub fn works(session: &Session) -> Result<impl Iterator<Item = u64> + use<>> {
    Ok(1..=session.view(session.programs.router, &workCountCall {})?)
}

/// Makes sure that there is such a work.
///
/// # Errors
/// There is none, or the router fails.
pub fn known(session: &Session, work: u64) -> Result<()> {
    session.view(session.programs.router, &workCall { id: work })?;
    Ok(())
}

/// What an inbox holds of an asset.
///
/// # Errors
/// The token fails.
pub fn held(session: &Session, inbox: Address, asset: Address) -> Result<U256> {
    if asset.is_zero() {
        return Ok(session.chain.balance(inbox));
    }
    let call = balanceOfCall { account: inbox };
    Ok(session.attempt_within(BALANCE_GAS, Address::ZERO, asset, &call)??)
}

/// What lies at a work's inbox.
///
/// # Errors
/// The router or the token fails.
pub fn at_inbox(session: &Session, work: u64, asset: Address) -> Result<U256> {
    let inbox = session.view(session.programs.router, &inboxCall { id: work })?;
    held(session, inbox, asset)
}

/// The positions from which an account can claim something, each with how much.
///
/// # Errors
/// The router fails.
pub fn due(session: &Session, to: Address, asset: Address) -> Result<Vec<(Position, u128)>> {
    let router = session.programs.router;
    let mut positions = Vec::new();
    for work in works(session)? {
        let epoch = session.view(router, &workCall { id: work })?.epoch;
        let payees = session.view(router, &payeesCall { id: work })?;
        for (payee, _) in (0_u8..)
            .zip(&payees)
            .filter(|(_, payee)| payee.account == to)
        {
            let position = Position { work, epoch, payee };
            let amount = claimable(session, &position, asset)?;
            if amount > 0 {
                positions.push((position, amount));
            }
        }
    }
    Ok(positions)
}

/// What can be claimed from a position.
fn claimable(session: &Session, position: &Position, asset: Address) -> Result<u128> {
    let call = claimableCall {
        id: position.work,
        epoch: position.epoch,
        asset,
        payee: position.payee,
    };
    session.view(session.programs.router, &call)
}

/// What is to be done with an asset, and who pays the gas.
#[derive(Clone, Copy, Debug)]
pub struct Errand {
    /// Who sends the transactions.
    pub from: Address,
    /// The ERC-20, or zero for ETH.
    pub asset: Address,
    /// Sums under this are left where they are. Unless it is given, ETH is left that is worth less than its gas, and
    /// of an ERC-20 what is little beside the rest.
    pub least: Option<U256>,
}

/// Sweeps these works' inboxes and passes their income on to their parents.
///
/// # Errors
/// The chain does not take a transaction, or the router fails. What a token or a work refuses is in the outcome.
pub fn settle_works(
    session: &mut Session,
    errand: &Errand,
    works: &BTreeSet<u64>,
) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut map = Map::read(session)?;
    map.fill(
        session,
        errand.asset,
        |work| works.contains(&work),
        &mut outcome,
    )?;
    let worth = Worth::new(session, errand);
    carry_out(
        session,
        errand,
        &mut map,
        worth,
        &mut outcome,
        |map, worth, _| Plan::for_works(map, works, worth),
    )?;
    Ok(outcome)
}

/// Sweeps and settles what reaches an account.
///
/// # Errors
/// As [`settle_works`].
pub fn settle_for(session: &mut Session, errand: &Errand, account: Address) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    bring_to(session, errand, account, &mut outcome)?;
    Ok(outcome)
}

/// Sweeps and settles what reaches an account and pays it out. [`Outcome::paid`] says how much.
///
/// # Errors
/// As [`settle_works`].
pub fn claim(session: &mut Session, errand: &Errand, to: Address) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let positions = bring_to(session, errand, to, &mut outcome)?;
    claim::pay_out(session, errand, to, positions, &mut outcome)?;
    Ok(outcome)
}

/// Brings what reaches an account into the ledgers of its positions, which are returned.
fn bring_to(
    session: &mut Session,
    errand: &Errand,
    account: Address,
    outcome: &mut Outcome,
) -> Result<Vec<Position>> {
    let mut map = Map::read(session)?;
    let payees = map.payees_of(session, account)?;
    let reach = map.reach(&payees);
    map.fill(
        session,
        errand.asset,
        |work| reach.of(work).reaches(),
        outcome,
    )?;
    let positions: Vec<_> = payees.into_iter().map(|(position, _)| position).collect();
    let dues = claim::dues(session, errand, &positions)?;
    let worth = claim::beside(session, errand, account, &dues)?;
    carry_out(
        session,
        errand,
        &mut map,
        worth,
        outcome,
        |map, worth, swept| Plan::for_account(map, &reach, worth, swept),
    )?;
    Ok(positions)
}

/// Carries out a plan: first the sweeps. Where one brings less than was planned, or moves in parts only, it is planned anew, with
/// what the others brought; each inbox is tried twice at most.
fn carry_out(
    session: &mut Session,
    errand: &Errand,
    map: &mut Map,
    mut worth: Worth,
    outcome: &mut Outcome,
    plan: impl Fn(&Map, Worth, &BTreeSet<u64>) -> Plan,
) -> Result<()> {
    let mut swept = BTreeSet::new();
    loop {
        let plan = plan(map, worth, &swept);
        let mut as_planned = true;
        for (work, brings) in plan.sweeps {
            let planned = map.held(work);
            let parts = map.parts(work);
            let (moved, part) = sweep::sweep(session, errand, work, parts, outcome)?;
            match part {
                Some(part) => map.goes_in_parts(work, part),
                None => map.is_swept(work),
            }
            map.reload(session, errand.asset, work)?;
            if part.is_none() && !moved.is_zero() {
                // A coin may keep a fee of what moves.
                let came = brings.0.saturating_mul(moved.min(planned)) / planned;
                worth.compare((came, brings.1));
                swept.insert(work);
            }
            as_planned &= part.is_none() && moved >= planned;
        }
        if as_planned {
            let mut skipped = plan.skipped;
            skipped.sort_by_key(|left| (left.work, left.place));
            outcome.skipped.extend(skipped);
            return settle::settle(session, errand, map, plan.settles, outcome);
        }
    }
}

//! Income on its way: from inboxes into the ledgers, up the graph, out to the payees.

use crate::abi::erc20::balanceOfCall;
use crate::abi::router::IRouter::{
    Position, WorkEpoch, claimManyCall, claimableCall, inboxCall, ledgerCall, parentsCall,
    payeesCall, settleUpCall, sweepCall, workCall, workCountCall,
};
use crate::report::Sent;
use crate::session::Session;
use alloy_primitives::{Address, U256};
use anyhow::Result;

/// Works settled in one transaction: about 20,000 gas each with two parents, far inside a transaction's 32 million.
const WORKS_A_TRANSACTION: u64 = 200;
/// Positions claimed in one transaction.
const POSITIONS_A_TRANSACTION: usize = 200;

/// The ids of all works.
///
/// # Errors
/// The router does not answer.
pub fn works(session: &Session) -> Result<impl Iterator<Item = u64> + use<>> {
    Ok(1..=session.view(session.programs.router, &workCountCall {})?)
}

/// Makes sure that there is such a work.
///
/// # Errors
/// There is none, or the router does not answer.
pub fn known(session: &Session, work: u64) -> Result<()> {
    session.view(session.programs.router, &workCall { id: work })?;
    Ok(())
}

/// What lies at a work's inbox.
///
/// # Errors
/// The router or the token does not answer.
pub fn at_inbox(session: &Session, work: u64, asset: Address) -> Result<U256> {
    let inbox = session.view(session.programs.router, &inboxCall { id: work })?;
    if asset.is_zero() {
        return Ok(session.chain.balance(inbox));
    }
    session.view(asset, &balanceOfCall { account: inbox })
}

/// Credits what lies at every inbox; answers (work, amount) for each that held something.
///
/// # Errors
/// The chain refuses.
pub fn sweep(
    session: &mut Session,
    from: Address,
    asset: Address,
    sent: &mut Vec<Sent>,
) -> Result<Vec<(u64, U256)>> {
    let mut swept = Vec::new();
    for work in works(session)? {
        if at_inbox(session, work, asset)?.is_zero() {
            continue;
        }
        let router = session.programs.router;
        let (amount, done) = session.send(
            "sweep",
            from,
            router,
            U256::ZERO,
            &sweepCall {
                work,
                asset,
                most: U256::MAX,
            },
        )?;
        sent.push(done);
        swept.push((work, amount));
    }
    Ok(swept)
}

/// The ledgers whose income has not all been passed on to parents that share in it.
///
/// # Errors
/// The router does not answer.
pub fn unsettled(session: &Session, asset: Address) -> Result<Vec<WorkEpoch>> {
    let router = session.programs.router;
    let mut open = Vec::new();
    for work in works(session)? {
        let epoch = session.view(router, &workCall { id: work })?.epoch;
        let ledger = session.view(
            router,
            &ledgerCall {
                id: work,
                epoch,
                asset,
            },
        )?;
        let parents = session.view(router, &parentsCall { id: work })?;
        if ledger.received > ledger.settled && parents.iter().any(|parent| parent.share > 0) {
            open.push(WorkEpoch { work, epoch });
        }
    }
    Ok(open)
}

/// Passes all income up the graph; answers how many ledgers had some to pass on at the start.
///
/// # Errors
/// The chain refuses.
pub fn settle(
    session: &mut Session,
    from: Address,
    asset: Address,
    sent: &mut Vec<Sent>,
) -> Result<usize> {
    let mut works = unsettled(session, asset)?;
    let settled = works.len();
    while !works.is_empty() {
        let call = settleUpCall {
            works,
            asset,
            budget: U256::from(WORKS_A_TRANSACTION),
        };
        let (rest, done) =
            session.send("settle", from, session.programs.router, U256::ZERO, &call)?;
        sent.push(done);
        works = rest;
    }
    Ok(settled)
}

/// The positions from which an account can claim something, each with how much.
///
/// # Errors
/// The router does not answer.
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
            let claimable = claimableCall {
                id: work,
                epoch,
                asset,
                payee,
            };
            let amount = session.view(router, &claimable)?;
            if amount > 0 {
                positions.push((Position { work, epoch, payee }, amount));
            }
        }
    }
    Ok(positions)
}

/// Pays out all that an account is due; answers how much.
///
/// # Errors
/// The chain refuses.
pub fn claim(
    session: &mut Session,
    from: Address,
    to: Address,
    asset: Address,
    sent: &mut Vec<Sent>,
) -> Result<U256> {
    let mut total = U256::ZERO;
    for positions in due(session, to, asset)?.chunks(POSITIONS_A_TRANSACTION) {
        let call = claimManyCall {
            positions: positions
                .iter()
                .map(|(position, _)| position.clone())
                .collect(),
            asset,
        };
        let (amount, done) =
            session.send("claim", from, session.programs.router, U256::ZERO, &call)?;
        sent.push(done);
        total += amount;
    }
    Ok(total)
}

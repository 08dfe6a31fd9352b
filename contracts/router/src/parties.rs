//! The parents and payees that a registration names, read and checked.

use crate::payee::OfNoUse;
use crate::IRouter::{
    ParentsNotAscending, PayeeShareZero, PayeeSharesMismatch, SharesTooLarge, TooManyParents,
    TooManyPayees,
};
use crate::{payee, settings};
use alloc::vec::Vec;
use alloy_sol_types::SolError;
use logic::bps::Bps;
use logic::edge::Edge;
use logic::payee::Payee;
use logic::shares::{self, ParentsError, PayeesError, MAX_PARENTS, MAX_PAYEES};
use logic::work::WorkId;
use shell::{word, Address, List, Malformed, Revert};

/// Reads and checks the parents, and answers what is left to keep. Version and cover are licensing's to judge.
pub(crate) fn parents(list: List) -> Result<(Vec<Edge>, Bps), Revert> {
    // Before anything is read, so that no long list takes memory.
    if list.len() > MAX_PARENTS {
        return Err(got_allowed(
            TooManyParents::SELECTOR,
            list.len() as u64,
            MAX_PARENTS as u64,
        ));
    }
    let parents = list
        .map(|mut parent| {
            let named = (WorkId(parent.u64()?), parent.u16()?);
            parent.u32()?;
            parent.u8()?;
            Ok(named)
        })
        .collect::<Result<Vec<_>, Malformed>>()?;
    let keep = shares::keep_after(parents.iter().copied()).map_err(|error| match error {
        ParentsError::TooMany { got, max } => {
            got_allowed(TooManyParents::SELECTOR, got as u64, max as u64)
        }
        ParentsError::NotAscending { previous, work } => {
            got_allowed(ParentsNotAscending::SELECTOR, previous.0, work.0)
        }
        ParentsError::SharesTooLarge { got, max } => {
            got_allowed(SharesTooLarge::SELECTOR, got.into(), max.into())
        }
    })?;
    let edges = parents.into_iter().map(|(work, share)| Edge {
        work,
        share: Bps::new(share).unwrap_or_default(), // none is above the sum, which was checked
        carry: false,
        inherited: false,
    });
    Ok((edges.collect(), keep))
}

/// Reads and checks the payees' shares.
pub(crate) fn payees(list: List, keep: Bps) -> Result<Vec<Payee>, Revert> {
    if list.len() > MAX_PAYEES {
        return Err(got_allowed(
            TooManyPayees::SELECTOR,
            list.len() as u64,
            MAX_PAYEES as u64,
        ));
    }
    let payees = list
        .map(|mut payee| Ok((payee.address()?, payee.u16()?, payee.u8()?)))
        .collect::<Result<Vec<_>, Malformed>>()?;
    shares::check_payees(keep, payees.iter().map(|(_, share, _)| *share)).map_err(|error| {
        match error {
            PayeesError::TooMany { got, max } => {
                got_allowed(TooManyPayees::SELECTOR, got as u64, max as u64)
            }
            PayeesError::ShareZero { index } => number(PayeeShareZero::SELECTOR, index as u64),
            PayeesError::SharesMismatch { got, expected } => {
                got_allowed(PayeeSharesMismatch::SELECTOR, got.into(), expected.into())
            }
        }
    })?;
    let payees = payees.into_iter().map(|(account, share, role)| Payee {
        account: *account.0,
        share: Bps::new(share).unwrap_or_default(), // as above
        role,
        reserved: false,
    });
    Ok(payees.collect())
}

/// Refuses payees whom paying is of no use; the creator is one where no payee is named and something is kept.
pub(crate) fn refuse(
    of_no_use: &OfNoUse,
    creator: Address,
    keep: Bps,
    payees: &[Payee],
) -> Result<(), Revert> {
    if payees.is_empty() && keep > Bps::ZERO {
        payee::refuse(creator, of_no_use)?;
    }
    for named in payees {
        // While there is an account implementation, a bound account can be paid and claim.
        if !named.is_bound() || settings::account_implementation().is_zero() {
            payee::refuse(named.account.into(), of_no_use)?;
        }
    }
    Ok(())
}

fn number(selector: [u8; 4], value: u64) -> Revert {
    Revert::new(selector, &[word::from_u64(value)])
}

fn got_allowed(selector: [u8; 4], got: u64, allowed: u64) -> Revert {
    Revert::new(selector, &[word::from_u64(got), word::from_u64(allowed)])
}

//! Paying payees what they are due.

use crate::position::Position;
use crate::settle::read_work_epoch;
use crate::IRouter::RecipientsDiffer;
use crate::{inbox, ledger, lock, payee, payout};
use alloc::vec::Vec;
use alloy_sol_types::SolError;
use shell::{word, Address, Answer, Malformed, Reader, Revert, Writer};

/// Reads (work, epoch, asset, payee).
pub(crate) fn read(arguments: &mut Reader) -> Result<(Position, Address), Malformed> {
    let at = read_work_epoch(arguments)?;
    let asset = arguments.address()?;
    let payee = arguments.u8()?;
    Ok((Position { at, payee }, asset))
}

/// `claim`.
pub(crate) fn claim(mut arguments: Reader) -> Answer {
    let (position, asset) = read(&mut arguments)?;
    lock::refuse_if_held()?;
    let to = position.account()?;
    pay_out(asset, to, position.take(asset, to)?)
}

/// `claimTo`.
pub(crate) fn claim_to(mut arguments: Reader) -> Answer {
    let (position, asset) = read(&mut arguments)?;
    let to = arguments.address()?;
    lock::refuse_if_held()?;
    payee::only(position.account()?)?;
    payee::refuse(to, inbox::address(position.at.work.0))?;
    pay_out(asset, to, position.take(asset, to)?)
}

/// `claimMany`.
pub(crate) fn claim_many(mut arguments: Reader) -> Answer {
    let positions = arguments
        .list(3)?
        .map(Position::read)
        .collect::<Result<Vec<_>, _>>()?;
    let asset = arguments.address()?;
    lock::refuse_if_held()?;
    let mut recipient = None;
    let mut total = 0u128;
    for position in positions {
        let to = position.account()?;
        let expected = *recipient.get_or_insert(to);
        if to != expected {
            return Err(Revert::new(
                RecipientsDiffer::SELECTOR,
                &[word::from_address(to), word::from_address(expected)],
            ));
        }
        total = total
            .checked_add(position.take(asset, to)?)
            .ok_or_else(|| ledger::overflow(position.at.work.0, asset))?;
    }
    pay_out(asset, recipient.unwrap_or_default(), total)
}

/// Sends what was taken and answers it; nothing is no transfer.
fn pay_out(asset: Address, to: Address, amount: u128) -> Answer {
    if amount != 0 {
        payout::send(asset, to, amount)?;
    }
    Ok(Writer::new(1).u128(amount).done())
}

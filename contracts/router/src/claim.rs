//! Paying payees what they are due.

use crate::position::Position;
use crate::settle::read_work_epoch;
use crate::IRouter::RecipientsDiffer;
use crate::{ledger, lock, pay, payee, payout};
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
    let claimant = position.load()?;
    let to = claimant.account();
    claimant.admit(to)?;
    pay_out(asset, to, claimant.take(asset, to, u128::MAX)?)
}

/// `claimTo`.
pub(crate) fn claim_to(mut arguments: Reader) -> Answer {
    let (position, asset) = read(&mut arguments)?;
    let to = arguments.address()?;
    let most = pay::at_most(arguments.word()?);
    lock::refuse_if_held()?;
    let claimant = position.load()?;
    payee::only(claimant.account())?;
    let of_no_use = payee::of_no_use_to(position.at.work.0, &claimant.head);
    payee::refuse(to, &of_no_use)?;
    pay_out(asset, to, claimant.take(asset, to, most)?)
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
        let claimant = position.load()?;
        let to = claimant.account();
        let expected = *recipient.get_or_insert(to);
        if to != expected {
            return Err(Revert::new(
                RecipientsDiffer::SELECTOR,
                &[word::from_address(to), word::from_address(expected)],
            ));
        }
        claimant.admit(to)?;
        total = total
            .checked_add(claimant.take(asset, to, u128::MAX)?)
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

//! Claims that a payee keeps to itself: then nobody else chooses when, in which coins and with how much gas it is paid.

use crate::position::Position;
use crate::IRouter::ClaimsReserved;
use crate::{lock, payee};
use alloc::vec::Vec;
use alloy_sol_types::SolEvent;
use logic::payee::Payee;
use shell::{log, word, Answer, Reader, Writer};

/// `reserveClaims`.
pub(crate) fn reserve(mut arguments: Reader) -> Answer {
    let position = Position::read_index(&mut arguments)?;
    let reserved = arguments.boolean()?;
    lock::refuse_if_held()?;
    let claimant = position.load()?;
    payee::only(claimant.account())?;
    let (work, index) = (position.at.work.0, position.payee);
    let payee = Payee {
        reserved,
        ..claimant.payee
    };
    payee::store(work, claimant.head, index, payee);
    log::emit(
        &[
            *ClaimsReserved::SIGNATURE_HASH,
            word::from_u64(work),
            word::from_u64(index.into()),
        ],
        &word::from_bool(reserved),
    );
    Ok(Vec::new())
}

/// `claimsReserved`.
pub(crate) fn reserved_of(mut arguments: Reader) -> Answer {
    let claimant = Position::read_index(&mut arguments)?.load()?;
    Ok(Writer::new(1).boolean(claimant.payee.reserved).done())
}

//! How a payee's index changes hands: one offers it, the other takes it.
//!
//! In two steps, so that no income goes where nobody can claim it for a mistyped address.

use crate::position::Position;
use crate::IRouter::{NotOfferedPayee, PayeeBound, PayeeHandedOver, PayeeOffered};
use crate::{key, lock, payee, work};
use alloc::vec::Vec;
use alloy_sol_types::{SolError, SolEvent};
use logic::payee::Payee;
use shell::{host, log, storage, word, Address, Answer, Reader, Revert, Word, Writer};

/// `offerPayee`.
pub(crate) fn offer(mut arguments: Reader) -> Answer {
    let id = arguments.u64()?;
    let index = arguments.u8()?;
    let to = arguments.address()?;
    lock::refuse_if_held()?;
    let head = work::head(id)?;
    let payee = payee::load(id, &head, index)?;
    // Named by its own address, it is bound no less: the owner of a token could offer its index and sell it.
    let bound = payee::bound_account(id, &head);
    if payee.is_bound() || bound == Address::from(payee.account) {
        return Err(Revert::new(
            PayeeBound::SELECTOR,
            &[word::from_u64(id), word::from_u64(index.into())],
        ));
    }
    let from = Address::from(payee.account);
    payee::only(from)?;
    if !to.is_zero() {
        payee::refuse(to, &payee::of_no_use_to(id, &head))?;
    }
    store(id, index, to);
    log(*PayeeOffered::SIGNATURE_HASH, id, index, to, from);
    Ok(Vec::new())
}

/// `acceptPayee`. Whom paying is of no use was refused when it was offered, and nothing of that changes.
pub(crate) fn accept(mut arguments: Reader) -> Answer {
    let id = arguments.u64()?;
    let index = arguments.u8()?;
    lock::refuse_if_held()?;
    let head = work::head(id)?;
    let payee = payee::load(id, &head, index)?;
    let (caller, offered) = (host::sender(), offered(id, index));
    // A call without a sender, as nodes simulate them, comes from zero: nobody's offer either.
    if caller != offered || offered.is_zero() {
        return Err(Revert::new(
            NotOfferedPayee::SELECTOR,
            &[word::from_address(caller), word::from_address(offered)],
        ));
    }
    let from = Address::from(payee.account);
    store(id, index, Address::ZERO);
    let payee = Payee {
        account: *caller.0,
        reserved: false,
        ..payee
    };
    payee::store(id, head, index, payee);
    log(*PayeeHandedOver::SIGNATURE_HASH, id, index, caller, from);
    Ok(Vec::new())
}

/// `offeredPayee`.
pub(crate) fn offered_of(mut arguments: Reader) -> Answer {
    let position = Position::read_index(&mut arguments)?;
    position.load()?;
    let to = offered(position.at.work.0, position.payee);
    Ok(Writer::new(1).address(to).done())
}

fn offered(work: u64, index: u8) -> Address {
    word::low_address(&storage::load(&key::payee_offer(work, index)))
}

fn store(work: u64, index: u8, to: Address) {
    storage::store(&key::payee_offer(work, index), &word::from_address(to));
}

fn log(event: Word, work: u64, index: u8, to: Address, from: Address) {
    log::emit(
        &[
            event,
            word::from_u64(work),
            word::from_u64(index.into()),
            word::from_address(to),
        ],
        &word::from_address(from),
    );
}

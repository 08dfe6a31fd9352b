//! Who is paid: the payees of a work, by index.

use crate::IRouter::{NotPayee, PayeeBound, PayeeHandedOver, PayeeRefused, UnknownPayee};
use crate::{collection, inbox, key, lock, settings, work};
use alloc::vec::Vec;
use alloy_sol_types::{SolError, SolEvent};
use logic::erc6551::Account;
use logic::head::Head;
use logic::payee::Payee;
use shell::{host, log, storage, word, Address, Answer, Reader, Revert};

/// The payee at an index, its account zero where it is the work's bound account.
///
/// # Errors
/// `UnknownPayee`.
pub(crate) fn load(work: u64, head: &Head, index: u8) -> Result<Payee, Revert> {
    if index >= head.payees() {
        return Err(Revert::new(
            UnknownPayee::SELECTOR,
            &[word::from_u64(work), word::from_u64(index.into())],
        ));
    }
    if head.stored_payees == 0 {
        return Ok(Payee::sole(head.creator));
    }
    Ok(Payee::from_word(&storage::load(&key::payee(work, index))))
}

/// Where a payee is paid, bound accounts resolved.
pub(crate) fn account(work: u64, head: &Head, payee: &Payee) -> Address {
    if payee.is_bound() {
        return bound_account(work, head);
    }
    payee.account.into()
}

/// The ERC-6551 account of the work's token; a self-registered work's id is its token's.
fn bound_account(work: u64, head: &Head) -> Address {
    Account {
        implementation: *settings::account_implementation().0,
        salt: word::ZERO,
        chain_id: word::from_u64(host::chain_id()),
        token_contract: *collection::address(head.collection).0,
        token_id: word::from_u64(work),
    }
    .address(host::keccak256, &settings::registry().0)
    .into()
}

/// Refuses whom paying is of no use: the router, precompiles and zero (all addresses up to 0xffff), the work's own
/// `inbox`.
///
/// # Errors
/// `PayeeRefused`.
pub(crate) fn refuse(account: Address, inbox: Address) -> Result<(), Revert> {
    let precompile = account.0.first_chunk::<18>() == Some(&[0; 18]);
    if precompile || account == host::this() || account == inbox {
        return Err(refused(account));
    }
    Ok(())
}

/// This account cannot be a payee.
pub(crate) fn refused(account: Address) -> Revert {
    Revert::new(PayeeRefused::SELECTOR, &[word::from_address(account)])
}

/// Refuses everyone but the payee.
///
/// # Errors
/// `NotPayee`.
pub(crate) fn only(payee: Address) -> Result<(), Revert> {
    let caller = host::sender();
    if caller == payee {
        return Ok(());
    }
    Err(Revert::new(
        NotPayee::SELECTOR,
        &[word::from_address(caller), word::from_address(payee)],
    ))
}

/// `handOver`.
pub(crate) fn hand_over(mut arguments: Reader) -> Answer {
    let id = arguments.u64()?;
    let index = arguments.u8()?;
    let to = arguments.address()?;
    lock::refuse_if_held()?;
    let mut head = work::head(id)?;
    let payee = load(id, &head, index)?;
    if payee.is_bound() {
        return Err(Revert::new(
            PayeeBound::SELECTOR,
            &[word::from_u64(id), word::from_u64(index.into())],
        ));
    }
    let from = Address::from(payee.account);
    only(from)?;
    refuse(to, inbox::address(id))?;
    if head.stored_payees == 0 {
        head.stored_payees = 1;
        storage::store(&key::head(id), &head.to_word());
    }
    let payee = Payee {
        account: *to.0,
        ..payee
    };
    storage::store(&key::payee(id, index), &payee.to_word());
    log::emit(
        &[
            *PayeeHandedOver::SIGNATURE_HASH,
            word::from_u64(id),
            word::from_u64(index.into()),
            word::from_address(to),
        ],
        &word::from_address(from),
    );
    Ok(Vec::new())
}

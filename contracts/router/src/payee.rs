//! Who is paid: the payees of a work, by index.

use crate::IRouter::{NotPayee, PayeeRefused, UnknownPayee};
use crate::{collection, inbox, key, settings};
use alloy_sol_types::SolError;
use logic::erc6551::Account;
use logic::head::Head;
use logic::payee::{is_reserved, Payee};
use shell::{host, storage, word, Address, Revert};

/// The payee at an index, its account `logic::payee::BOUND` where it is the work's bound account.
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
pub(crate) fn bound_account(work: u64, head: &Head) -> Address {
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

/// Whom paying a work's income to is of no use, beside the addresses that are nobody's: the router and licensing, which
/// would lose it, the collection, which does not expect it, and the work's own inbox, from which it would come back.
pub(crate) type OfNoUse = [Address; 4];

/// The accounts that cannot be payees of a work.
pub(crate) fn of_no_use(work: u64, licensing: Address, collection: Address) -> OfNoUse {
    [host::this(), licensing, collection, inbox::address(work)]
}

/// The accounts that cannot be payees of a work that is registered.
pub(crate) fn of_no_use_to(work: u64, head: &Head) -> OfNoUse {
    of_no_use(
        work,
        settings::licensing(),
        collection::address(head.collection),
    )
}

/// Refuses whom paying is of no use.
///
/// # Errors
/// `PayeeRefused`.
pub(crate) fn refuse(account: Address, of_no_use: &OfNoUse) -> Result<(), Revert> {
    if is_reserved(&account.0) || of_no_use.contains(&account) {
        return Err(Revert::new(
            PayeeRefused::SELECTOR,
            &[word::from_address(account)],
        ));
    }
    Ok(())
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

/// Writes a payee. A creator who was the only one, and took no slot, takes one from now on.
pub(crate) fn store(work: u64, head: Head, index: u8, payee: Payee) {
    if head.stored_payees == 0 {
        let head = Head {
            stored_payees: 1,
            ..head
        };
        storage::store(&key::head(work), &head.to_word());
    }
    storage::store(&key::payee(work, index), &payee.to_word());
}

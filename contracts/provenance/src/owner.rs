//! The owner of the collection, who may change its renderer and nothing else: OpenZeppelin's Ownable2Step.

use crate::slots::ownable;
use crate::IProvenance::{OwnableInvalidOwner, OwnableUnauthorizedAccount};
use alloc::vec::Vec;
use alloy_sol_types::SolError;
use openzeppelin_stylus::access::ownable::Error;
use openzeppelin_stylus::access::ownable_two_step::IOwnable2Step;
use shell::{host, word, Address, Answer, Reader, Revert, Writer};

fn refusal(error: Error) -> Revert {
    let (selector, account) = match error {
        Error::UnauthorizedAccount(error) => (OwnableUnauthorizedAccount::SELECTOR, error.account),
        Error::InvalidOwner(error) => (OwnableInvalidOwner::SELECTOR, error.owner),
    };
    Revert::new(selector, &[word::from_address(account)])
}

/// Names the first owner.
pub(crate) fn start(owner: Address) -> Result<(), Revert> {
    ownable().constructor(owner).map_err(refusal)
}

/// Refuses address zero, as which nodes simulate calls: it is the owner of a collection that has none any more, and who is
/// offered what is offered to nobody.
fn somebody() -> Result<(), Revert> {
    if host::sender().is_zero() {
        return Err(Revert::new(
            OwnableUnauthorizedAccount::SELECTOR,
            &[word::ZERO],
        ));
    }
    Ok(())
}

/// Refuses whoever is not the owner.
pub(crate) fn only_owner() -> Result<(), Revert> {
    somebody()?;
    ownable().ownable.only_owner().map_err(refusal)
}

pub(crate) fn owner(_: Reader) -> Answer {
    Ok(Writer::new(1).address(ownable().owner()).done())
}

pub(crate) fn pending_owner(_: Reader) -> Answer {
    Ok(Writer::new(1).address(ownable().pending_owner()).done())
}

pub(crate) fn transfer_ownership(mut arguments: Reader) -> Answer {
    let new_owner = arguments.address()?;
    somebody()?;
    ownable().transfer_ownership(new_owner).map_err(refusal)?;
    Ok(Vec::new())
}

pub(crate) fn accept_ownership(_: Reader) -> Answer {
    somebody()?;
    ownable().accept_ownership().map_err(refusal)?;
    Ok(Vec::new())
}

pub(crate) fn renounce_ownership(_: Reader) -> Answer {
    somebody()?;
    ownable().renounce_ownership().map_err(refusal)?;
    Ok(Vec::new())
}

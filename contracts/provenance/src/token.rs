//! ERC-721: OpenZeppelin's rules and storage, with our receiver check.

use crate::slots::{self, erc721};
use crate::{receiver, IProvenance};
use alloc::vec::Vec;
use alloy_primitives::U256;
use alloy_sol_types::SolError;
use logic::token::Token;
use openzeppelin_stylus::token::erc721::{Error, IErc721};
use shell::{host, storage, word, Address, Answer, Reader, Revert, Word, Writer};

/// OpenZeppelin's errors as ERC-6093 writes them.
fn refusal(error: Error) -> Revert {
    let address = word::from_address;
    let of = |account: Address, selector| Revert::new(selector, &[address(account)]);
    match error {
        Error::InvalidOwner(error) => of(error.owner, IProvenance::ERC721InvalidOwner::SELECTOR),
        Error::NonexistentToken(error) => nonexistent(&error.token_id.to_be_bytes()),
        Error::IncorrectOwner(error) => Revert::new(
            IProvenance::ERC721IncorrectOwner::SELECTOR,
            &[
                address(error.sender),
                error.token_id.to_be_bytes(),
                address(error.owner),
            ],
        ),
        Error::InvalidSender(error) => of(error.sender, IProvenance::ERC721InvalidSender::SELECTOR),
        Error::InvalidReceiver(error) => receiver::refused(error.receiver),
        // Of OpenZeppelin's own receiver check, which is not used.
        Error::InvalidReceiverWithReason(_) => Revert(Vec::new()),
        Error::InsufficientApproval(error) => Revert::new(
            IProvenance::ERC721InsufficientApproval::SELECTOR,
            &[address(error.operator), error.token_id.to_be_bytes()],
        ),
        Error::InvalidApprover(error) => {
            of(error.approver, IProvenance::ERC721InvalidApprover::SELECTOR)
        }
        Error::InvalidOperator(error) => {
            of(error.operator, IProvenance::ERC721InvalidOperator::SELECTOR)
        }
    }
}

/// No token has this id.
pub(crate) fn nonexistent(token_id: &Word) -> Revert {
    Revert::new(IProvenance::ERC721NonexistentToken::SELECTOR, &[*token_id])
}

/// The word of a token, and its id, which is a work's.
pub(crate) fn existing(token_id: &Word) -> Result<(u64, Token), Revert> {
    let found = Token::from_word(&storage::load(&slots::token(token_id)));
    word::to_u64(token_id)
        .zip(found)
        .ok_or_else(|| nonexistent(token_id))
}

/// Gives a new token to its first owner, and writes what its word holds beside.
pub(crate) fn give(token_id: u64, token: Token) -> Result<(), Revert> {
    let token_id = word::from_u64(token_id);
    erc721()
        ._mint(token.owner.into(), U256::from_be_bytes(token_id))
        .map_err(refusal)?;
    storage::store(&slots::token(&token_id), &token.to_word());
    Ok(())
}

pub(crate) fn balance_of(mut arguments: Reader) -> Answer {
    let owner = arguments.address()?;
    let balance = erc721().balance_of(owner).map_err(refusal)?;
    Ok(Writer::new(1).word(&balance.to_be_bytes()).done())
}

pub(crate) fn owner_of(mut arguments: Reader) -> Answer {
    let token_id = arguments.u256()?;
    let owner = erc721().owner_of(token_id).map_err(refusal)?;
    Ok(Writer::new(1).address(owner).done())
}

/// Who calls; `None` for address zero. No key signs for it, but nodes simulate calls as it, and OpenZeppelin's rules take
/// zero to mean that nobody's right needs checking.
fn caller() -> Option<Address> {
    Some(host::sender()).filter(|caller| !caller.is_zero())
}

/// `from`, `to`, the token id: what all three transfers begin with.
fn transfer(arguments: &mut Reader) -> Result<(Address, Address, U256), Revert> {
    let from = arguments.address()?;
    let to = arguments.address()?;
    let token_id = arguments.u256()?;
    if caller().is_none() {
        return Err(Revert::new(
            IProvenance::ERC721InsufficientApproval::SELECTOR,
            &[word::ZERO, token_id.to_be_bytes()],
        ));
    }
    erc721()
        .transfer_from(from, to, token_id)
        .map_err(refusal)?;
    Ok((from, to, token_id))
}

pub(crate) fn transfer_from(mut arguments: Reader) -> Answer {
    transfer(&mut arguments)?;
    Ok(Vec::new())
}

pub(crate) fn safe_transfer_from(mut arguments: Reader) -> Answer {
    let (from, to, token_id) = transfer(&mut arguments)?;
    receiver::accepts(from, to, &token_id.to_be_bytes(), &[])?;
    Ok(Vec::new())
}

pub(crate) fn safe_transfer_from_with_data(mut arguments: Reader) -> Answer {
    let (from, to, token_id) = transfer(&mut arguments)?;
    let data = arguments.bytes()?;
    receiver::accepts(from, to, &token_id.to_be_bytes(), data)?;
    Ok(Vec::new())
}

/// Refuses address zero as who approves.
fn approver() -> Result<(), Revert> {
    caller()
        .map(|_| ())
        .ok_or_else(|| Revert::new(IProvenance::ERC721InvalidApprover::SELECTOR, &[word::ZERO]))
}

pub(crate) fn approve(mut arguments: Reader) -> Answer {
    let to = arguments.address()?;
    let token_id = arguments.u256()?;
    approver()?;
    erc721().approve(to, token_id).map_err(refusal)?;
    Ok(Vec::new())
}

pub(crate) fn set_approval_for_all(mut arguments: Reader) -> Answer {
    let operator = arguments.address()?;
    let approved = arguments.boolean()?;
    approver()?;
    erc721()
        .set_approval_for_all(operator, approved)
        .map_err(refusal)?;
    Ok(Vec::new())
}

pub(crate) fn get_approved(mut arguments: Reader) -> Answer {
    let token_id = arguments.u256()?;
    let approved = erc721().get_approved(token_id).map_err(refusal)?;
    Ok(Writer::new(1).address(approved).done())
}

pub(crate) fn is_approved_for_all(mut arguments: Reader) -> Answer {
    let owner = arguments.address()?;
    let operator = arguments.address()?;
    let approved = erc721().is_approved_for_all(owner, operator);
    Ok(Writer::new(1).boolean(approved).done())
}

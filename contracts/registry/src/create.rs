//! Creating an account, and finding it.

use crate::IERC6551Registry::{AccountCreationFailed, ERC6551AccountCreated};
use alloy_sol_types::{SolError, SolEvent};
use logic::create2;
use logic::erc6551::Account;
use shell::{create, host, log, word, Address, Answer, Malformed, Reader, Revert, Writer};

/// Both functions take the same five arguments.
fn read(mut arguments: Reader) -> Result<Account, Malformed> {
    Ok(Account {
        implementation: *arguments.address()?.0,
        salt: *arguments.word()?,
        chain_id: *arguments.word()?,
        token_contract: *arguments.address()?.0,
        token_id: *arguments.word()?,
    })
}

fn address(account: &Account, creation_code: &[u8]) -> Address {
    create2::address(
        host::keccak256,
        &host::this().0,
        &account.salt,
        &host::keccak256(creation_code),
    )
    .into()
}

fn answer(address: Address) -> Answer {
    Ok(Writer::new(1).address(address).done())
}

/// Creates the account, or answers the one that exists.
pub(crate) fn create_account(arguments: Reader) -> Answer {
    let account = read(arguments)?;
    let creation_code = account.creation_code();
    let at = address(&account, &creation_code);
    if !host::has_code(at) {
        // Logged after the creation, as the reference does: no outside code runs in it.
        create::create2(&creation_code, &account.salt)
            .ok_or_else(|| Revert::new(AccountCreationFailed::SELECTOR, &[]))?;
        log::emit(
            &[
                *ERC6551AccountCreated::SIGNATURE_HASH,
                word::from_address(account.implementation.into()),
                word::from_address(account.token_contract.into()),
                account.token_id,
            ],
            Writer::new(3)
                .address(at)
                .word(&account.salt)
                .word(&account.chain_id)
                .as_slice(),
        );
    }
    answer(at)
}

/// The address the account has, or would have.
pub(crate) fn account(arguments: Reader) -> Answer {
    let account = read(arguments)?;
    answer(address(&account, &account.creation_code()))
}

//! The router, where works and their parents are registered.

use crate::request::Request;
use crate::slots;
use crate::IProvenance::RouterCallFailed;
use alloy_sol_types::{sol, SolCall, SolError};
use logic::stipend;
use shell::{call, host, storage, word, Address, Answer, Reader, Revert, Writer};

sol!("../interfaces/IRouter.sol");

/// The router's refusals are shorter.
const MAX_REASON: usize = 1024;

/// The router of this collection; zero until the constructor has run.
pub(crate) fn address() -> Address {
    word::low_address(&storage::load(&slots::ROUTER))
}

/// Registers a work, with all the value sent, and answers its id.
///
/// # Errors
/// The router's own and licensing's, else `RouterCallFailed`: a program that has expired takes the gas it is given and says
/// nothing.
pub(crate) fn register(creator: Address, request: &Request) -> Result<u64, Revert> {
    let router = address();
    let returned = call::call_within(
        router,
        &host::value(),
        &registration(creator, request)?,
        stipend::REGISTER,
    );
    if !returned.success && returned.size() > 0 {
        return Err(Revert(returned.data(MAX_REASON)));
    }
    returned
        .word()
        .and_then(|word| word::to_u64(&word))
        .filter(|work| *work != 0)
        .ok_or_else(|| Revert::new(RouterCallFailed::SELECTOR, &[word::from_address(router)]))
}

/// `register(creator, kind, parents, payees)`, with parents and payees as they came once their words are checked.
fn registration(creator: Address, request: &Request) -> Result<alloc::vec::Vec<u8>, Revert> {
    const HEAD: usize = 4 * 32;
    let (parents, payees) = (request.parents, request.payees);
    for mut parent in parents {
        parent.u64()?;
        parent.u16()?;
        parent.u32()?;
        parent.u8()?;
    }
    for mut payee in payees {
        payee.address()?;
        payee.u16()?;
        payee.u8()?;
    }
    let parents_len = parents.as_slice().len();
    let words = (parents_len.wrapping_add(payees.as_slice().len()) >> 5).wrapping_add(6);
    Ok(Writer::call(IRouter::registerCall::SELECTOR, words)
            .address(creator)
            .u64(request.kind.into())
            .size(HEAD)
            .size(HEAD.wrapping_add(32).wrapping_add(parents_len)) // inside the calldata, so inside usize
            .size(parents.len())
            .raw(parents.as_slice())
            .size(payees.len())
            .raw(payees.as_slice())
            .done())
}

pub(crate) fn router(_: Reader) -> Answer {
    Ok(Writer::new(1).address(address()).done())
}

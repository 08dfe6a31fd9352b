//! Who may set the terms of a work, and how that place changes hands.

use crate::entry::Entry;
use crate::ILicensing::{
    LicensorChanged, LicensorOffered, NotLicensor, NotOfferedLicensor, RouterCallFailed, StaleTerms,
};
use crate::IRouter;
use alloc::vec::Vec;
use alloy_sol_types::{SolCall, SolError, SolEvent};
use logic::stipend;
use logic::terms::Terms;
use shell::{call, host, log, word, Address, Answer, Reader, Revert, Writer};

/// The licensor of a work: its creator until the place is handed over.
///
/// The creator is the router's to say, in a static call, during which nobody can write: slots loaded before it are not
/// stale after it.
fn current(entry: &Entry, terms: &Terms) -> Result<Address, Revert> {
    if terms.handed_over {
        return Ok(entry.successor());
    }
    let data = Writer::call(IRouter::creatorOfCall::SELECTOR, 1).u64(entry.work);
    let returned = call::static_call_within(entry.router, data.as_slice(), stipend::CREATOR_OF);
    let answer = if returned.success {
        returned.word()
    } else {
        None
    };
    answer
        .and_then(|answer| word::to_address(&answer))
        .filter(|creator| !creator.is_zero())
        .ok_or_else(|| {
            Revert::new(
                RouterCallFailed::SELECTOR,
                &[word::from_address(entry.router)],
            )
        })
}

/// Refuses a caller who is not the licensor; answers who that is.
pub(crate) fn only(entry: &Entry, terms: &Terms) -> Result<Address, Revert> {
    let (caller, licensor) = (host::sender(), current(entry, terms)?);
    if caller == licensor {
        return Ok(licensor);
    }
    Err(Revert::new(
        NotLicensor::SELECTOR,
        &[word::from_address(caller), word::from_address(licensor)],
    ))
}

pub(crate) fn offer_licensor(mut arguments: Reader) -> Answer {
    let entry = Entry::read(&mut arguments)?;
    let to = arguments.address()?;
    let licensor = only(&entry, &entry.terms())?;
    entry.set_offered(to);
    log::emit(
        &[
            *LicensorOffered::SIGNATURE_HASH,
            word::from_address(entry.router),
            word::from_u64(entry.work),
            word::from_address(to),
        ],
        &word::from_address(licensor),
    );
    Ok(Vec::new())
}

/// `acceptLicensor(router, work, version)`: who takes the place takes it with the terms of that version, so a licensor who
/// changes them in front of the acceptance makes it revert.
pub(crate) fn accept_licensor(mut arguments: Reader) -> Answer {
    let entry = Entry::read(&mut arguments)?;
    let version = arguments.u32()?;
    let (caller, offered) = (host::sender(), entry.offered());
    // A call without a sender, as nodes simulate them, comes from zero: nobody's offer either.
    if caller != offered || offered.is_zero() {
        return Err(Revert::new(
            NotOfferedLicensor::SELECTOR,
            &[word::from_address(caller), word::from_address(offered)],
        ));
    }
    let before = entry.terms();
    if version != before.version {
        return Err(Revert::new(
            StaleTerms::SELECTOR,
            &[
                word::from_u64(entry.work),
                word::from_u64(version.into()),
                word::from_u64(before.version.into()),
            ],
        ));
    }
    let from = current(&entry, &before)?;
    let after = Terms {
        handed_over: true,
        version: entry.next_version(&before)?,
        ..before
    };
    entry.set_terms(after);
    entry.set_successor(caller);
    entry.set_offered(Address::ZERO);
    log::emit(
        &[
            *LicensorChanged::SIGNATURE_HASH,
            word::from_address(entry.router),
            word::from_u64(entry.work),
            word::from_address(caller),
        ],
        Writer::new(2)
            .address(from)
            .u64(after.version.into())
            .as_slice(),
    );
    Ok(Vec::new())
}

pub(crate) fn licensor_of(mut arguments: Reader) -> Answer {
    let entry = Entry::read(&mut arguments)?;
    let licensor = current(&entry, &entry.terms())?;
    Ok(Writer::new(1).address(licensor).done())
}

pub(crate) fn offered_licensor_of(mut arguments: Reader) -> Answer {
    let entry = Entry::read(&mut arguments)?;
    Ok(Writer::new(1).address(entry.offered()).done())
}

//! Who came first with a file: commitments, and the claims of this collection.

use crate::IProvenance::{
    AlreadyMinted, CommitmentTooFresh, CommitmentTooOld, Committed, MetadataUpdate, NoCommitment,
};
use crate::{records, slots};
use alloc::vec::Vec;
use alloy_sol_types::{SolError, SolEvent};
use logic::commitment;
use logic::priority::{self, Priority};
use shell::{host, log, storage, word, Address, Answer, Reader, Revert, Word, Writer};

fn time_of(slot: &Word) -> u64 {
    word::to_u64(&storage::load(slot)).unwrap_or_default()
}

/// `commit(commitment)`: while the first of a hash stands, a repeat changes nothing. Afterwards it may be made anew, by
/// anyone: it names its creator, so it dates nobody else.
pub(crate) fn commit(mut arguments: Reader) -> Answer {
    let commitment = arguments.word()?;
    let slot = slots::commitment(commitment);
    let now = host::timestamp();
    if !priority::stands(time_of(&slot), now) {
        let now = word::from_u64(now);
        storage::store(&slot, &now);
        log::emit(&[*Committed::SIGNATURE_HASH, *commitment], &now);
    }
    Ok(Vec::new())
}

/// `commitmentTime(commitment)`.
pub(crate) fn commitment_time(mut arguments: Reader) -> Answer {
    let slot = slots::commitment(arguments.word()?);
    Ok(Writer::new(1).u64(time_of(&slot)).done())
}

/// The time a claim counts from: its commitment's where a salt names one, else now.
///
/// # Errors
/// `NoCommitment`, `CommitmentTooOld`, `CommitmentTooFresh`.
pub(crate) fn dated(
    creator: Address,
    output_hash: &Word,
    process_root: &Word,
    salt: &Word,
    now: u64,
) -> Result<u64, Revert> {
    if *salt == word::ZERO {
        return Ok(now);
    }
    let commitment = commitment::hash(host::keccak256, &creator.0, output_hash, process_root, salt);
    let time = time_of(&slots::commitment(&commitment));
    if time == 0 {
        return Err(Revert::new(NoCommitment::SELECTOR, &[commitment]));
    }
    let oldest = priority::oldest_commitment(now);
    if time < oldest {
        return Err(Revert::new(
            CommitmentTooOld::SELECTOR,
            &[commitment, word::from_u64(time), word::from_u64(oldest)],
        ));
    }
    // Shown in the second of its commitment, a mint could be copied in that second, and the lower id wins.
    if time >= now {
        return Err(Revert::new(
            CommitmentTooFresh::SELECTOR,
            &[commitment, word::from_u64(time)],
        ));
    }
    Ok(time)
}

fn first(output_hash: &Word) -> Option<Priority> {
    Priority::from_word(&storage::load(&slots::first_claim(output_hash)))
}

/// Enters a new claim among those on its hash.
///
/// The earliest claim holds its creator beside its token, so a hash that nobody claimed before takes one slot: only a
/// claim that is not the earliest has one of its own.
///
/// # Errors
/// `AlreadyMinted` where this creator has a claim on it.
pub(crate) fn enter(new: Priority, output_hash: &Word, claimed_at: u64) -> Result<(), Revert> {
    let creator = Address::from(new.creator);
    let Some(first) = first(output_hash) else {
        storage::store(&slots::first_claim(output_hash), &new.to_word());
        return Ok(());
    };
    let own = token_of_creator(first, creator, output_hash);
    if own != 0 {
        return Err(Revert::new(
            AlreadyMinted::SELECTOR,
            &[
                word::from_address(creator),
                *output_hash,
                word::from_u64(own),
            ],
        ));
    }
    let later = if priority::precedes(claimed_at, records::claimed_at(first.token_id)) {
        storage::store(&slots::first_claim(output_hash), &new.to_word());
        log::emit(
            &[*MetadataUpdate::SIGNATURE_HASH],
            &word::from_u64(first.token_id),
        );
        first
    } else {
        new
    };
    storage::store(
        &slots::later_claim(later.creator.into(), output_hash),
        &word::from_u64(later.token_id),
    );
    Ok(())
}

fn token_of_creator(first: Priority, creator: Address, output_hash: &Word) -> u64 {
    if creator == Address::from(first.creator) {
        return first.token_id;
    }
    let later = storage::load(&slots::later_claim(creator, output_hash));
    word::to_u64(&later).unwrap_or_default()
}

/// `tokenOf(outputHash)`.
pub(crate) fn token_of(mut arguments: Reader) -> Answer {
    let first = first(arguments.word()?);
    let token_id = first.map_or(0, |claim| claim.token_id);
    Ok(Writer::new(1).u64(token_id).done())
}

/// `tokenBy(creator, outputHash)`.
pub(crate) fn token_by(mut arguments: Reader) -> Answer {
    let creator = arguments.address()?;
    let output_hash = arguments.word()?;
    let token_id =
        first(output_hash).map_or(0, |first| token_of_creator(first, creator, output_hash));
    Ok(Writer::new(1).u64(token_id).done())
}

//! Records: kept as contract code at addresses that follow from their numbers.
//!
//! docs/decisions/006-records-are-code.md says why.

use crate::IProvenance::RecordFailed;
use crate::{slots, token};
use alloc::vec::Vec;
use alloy_sol_types::SolError;
use logic::record::{Record, MAX_LEN};
use shell::{create, host, storage, word, Address, Answer, Reader, Revert, Word, Writer};

/// The address of a record: the collection creates nothing else, so its nonce counts its records.
fn address(number: u64) -> Address {
    logic::create::address(host::keccak256, &host::this().0, number).into()
}

/// Keeps a record and answers its number.
///
/// # Errors
/// `RecordFailed` where it could not be created, or not where it will be looked for.
pub(crate) fn keep(record: &Record) -> Result<u64, Revert> {
    let number = next_number();
    let created = create::create(&record.creation_code());
    if created != Some(address(number)) {
        return Err(Revert::new(RecordFailed::SELECTOR, &[]));
    }
    Ok(number)
}

/// Counts one record more, in the word that every mint reads for the router anyway.
fn next_number() -> u64 {
    let mut word = storage::load(&slots::ROUTER);
    let count = &mut word[4..12];
    let mut number = [0; 8];
    number.copy_from_slice(count);
    let number = u64::from_be_bytes(number).wrapping_add(1); // one a creation
    count.copy_from_slice(&number.to_be_bytes());
    storage::store(&slots::ROUTER, &word);
    number
}

/// Where a record is read into.
pub(crate) type Buffer = [u8; MAX_LEN];

/// A record by its number; `None` where there is none.
pub(crate) fn read(number: u64, buffer: &mut Buffer) -> Option<Record<'_>> {
    let len = host::code(address(number), 0, buffer);
    Record::from_code(buffer.get(..len)?)
}

/// `record(tokenId)`.
pub(crate) fn record(mut arguments: Reader) -> Answer {
    let token_id = arguments.word()?;
    let (_, token) = token::existing(token_id)?;
    let mut buffer = [0; MAX_LEN];
    let record = read(token.record, &mut buffer).ok_or_else(|| token::nonexistent(token_id))?;
    Ok(encoded(&token, &record))
}

/// `IProvenance.Record`.
fn encoded(token: &logic::token::Token, record: &Record) -> Vec<u8> {
    const HEAD: usize = 11 * 32;
    // The title's length word and its at most two words.
    let title_len = 32_usize.wrapping_add(record.title.len().next_multiple_of(32));
    Writer::new(40)
        .size(32)
        .address(record.creator.into())
        .word(&record.output_hash)
        .word(&record.process_root)
        .u64(token.step_count.into())
        .u64(token.kind.into())
        .u64(token.royalty.into())
        .u64(token.source_type.into())
        .u64(record.claimed_at)
        .u64(record.minted_at)
        .size(HEAD)
        .size(HEAD.wrapping_add(title_len))
        .bytes(record.title)
        .bytes(record.uri)
        .done()
}

/// When a token's claim is dated to; 0 for a token that is not there.
pub(crate) fn claimed_at(token_id: u64) -> u64 {
    let mut buffer = [0; MAX_LEN];
    let token_id: Word = word::from_u64(token_id);
    token::existing(&token_id)
        .ok()
        .and_then(|(_, token)| Some(read(token.record, &mut buffer)?.claimed_at))
        .unwrap_or_default()
}

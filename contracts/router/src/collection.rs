//! Collections by number, so that a work's head names its own in four bytes.

use crate::key;
use crate::settings::Counters;
use crate::IRouter::TooManyCollections;
use alloy_sol_types::SolError;
use shell::{storage, word, Address, Revert};

/// The number of a collection, 0 where it never registered a work.
pub(crate) fn number(collection: Address) -> u32 {
    let word = storage::load(&key::collection_number(collection));
    word.last_chunk().map_or(0, |low| u32::from_be_bytes(*low))
}

/// The number of a collection, the next one where it has none yet.
pub(crate) fn number_or_new(collection: Address, counters: &mut Counters) -> Result<u32, Revert> {
    let known = number(collection);
    if known != 0 {
        return Ok(known);
    }
    let new = counters.collections.checked_add(1).ok_or_else(|| {
        Revert::new(
            TooManyCollections::SELECTOR,
            &[word::from_u64(u32::MAX.into())],
        )
    })?;
    counters.collections = new;
    storage::store(
        &key::collection_number(collection),
        &word::from_u64(new.into()),
    );
    storage::store(&key::collection(new), &word::from_address(collection));
    Ok(new)
}

/// The collection with this number.
pub(crate) fn address(number: u32) -> Address {
    word::low_address(&storage::load(&key::collection(number)))
}

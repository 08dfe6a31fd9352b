//! What the constructor sets, and the counters beside it.
//!
//! Slot 0 holds licensing (bits 0–159), the number of works (160–223) and of collections (224–255), so that registering
//! reads one slot for all three.

use crate::key;
use shell::{storage, word, Address, Answer, Reader, Revert, Word, Writer};

const FIRST: u64 = 0;
const REGISTRY: u64 = 1;
const ACCOUNT_IMPLEMENTATION: u64 = 2;

/// The slot that every registration changes.
#[derive(Clone, Copy)]
pub(crate) struct Counters {
    pub(crate) licensing: Address,
    pub(crate) works: u64,
    pub(crate) collections: u32,
}

impl Counters {
    pub(crate) fn load() -> Self {
        let slot = storage::load(&key::setting(FIRST));
        let counts = slot
            .first_chunk()
            .map_or(0, |high| u128::from_be_bytes(*high))
            >> 32;
        Self {
            licensing: word::low_address(&slot),
            works: counts as u64,
            collections: (counts >> 64) as u32,
        }
    }

    pub(crate) fn store(self) {
        let mut slot: Word = word::from_address(self.licensing);
        let counts = u128::from(self.collections) << 64 | u128::from(self.works);
        if let (Some(to), Some(from)) = (
            slot.first_chunk_mut::<12>(),
            counts.to_be_bytes().last_chunk::<12>(),
        ) {
            *to = *from;
        }
        storage::store(&key::setting(FIRST), &slot);
    }
}

/// `constructor(address licensing, address registry, address accountImplementation)`; the last is zero while there is none.
pub(crate) fn construct(mut arguments: Reader) -> Answer {
    let licensing = arguments.address()?;
    let registry = arguments.address()?;
    let account_implementation = arguments.address()?;
    Counters {
        licensing,
        works: 0,
        collections: 0,
    }
    .store();
    store(REGISTRY, registry);
    store(ACCOUNT_IMPLEMENTATION, account_implementation);
    Ok(Writer::default().done())
}

fn load(index: u64) -> Address {
    word::low_address(&storage::load(&key::setting(index)))
}

fn store(index: u64, address: Address) {
    storage::store(&key::setting(index), &word::from_address(address));
}

/// The program that says which parents admit a child.
pub(crate) fn licensing() -> Address {
    Counters::load().licensing
}

/// The ERC-6551 registry that bound accounts come from.
pub(crate) fn registry() -> Address {
    load(REGISTRY)
}

/// What bound accounts run; zero while there is none.
pub(crate) fn account_implementation() -> Address {
    load(ACCOUNT_IMPLEMENTATION)
}

fn answer(address: Address) -> Result<alloc::vec::Vec<u8>, Revert> {
    Ok(Writer::new(1).address(address).done())
}

/// `licensing()`.
pub(crate) fn licensing_of(_: Reader) -> Answer {
    answer(licensing())
}

/// `registry()`.
pub(crate) fn registry_of(_: Reader) -> Answer {
    answer(registry())
}

/// `accountImplementation()`.
pub(crate) fn account_implementation_of(_: Reader) -> Answer {
    answer(account_implementation())
}

/// `workCount()`.
pub(crate) fn work_count(_: Reader) -> Answer {
    Ok(Writer::new(1).u64(Counters::load().works).done())
}

//! Where things are stored: a slot's number is its key written out, so no two keys can meet and nothing is hashed.
//!
//! ```text
//! byte 0  1      2..4   4..12  12..32
//!      what  index  epoch  work   address
//! ```

use logic::work::WorkEpoch;
use shell::{word, Address, Word};

const HEAD: u8 = 1;
const EDGES: u8 = 2;
const PAYEE: u8 = 3;
const LEDGER: u8 = 4;
const CLAIMED: u8 = 5;
const COLLECTION_NUMBER: u8 = 6;
const COLLECTION: u8 = 7;
const PAYEE_OFFER: u8 = 8;

fn key(what: u8, index: u8, epoch: u16, work: u64, address: Address) -> Word {
    let mut key = word::from_address(address);
    if let Some(head) = key.first_chunk_mut::<12>() {
        let fields = u128::from(what) << 120
            | u128::from(index) << 112
            | u128::from(epoch) << 96
            | u128::from(work) << 32;
        if let Some(bytes) = fields.to_be_bytes().first_chunk::<12>() {
            *head = *bytes;
        }
    }
    key
}

/// One of the settings, in the slots where Solidity puts plain variables.
pub(crate) fn setting(index: u64) -> Word {
    word::from_u64(index)
}

/// The head of a work.
pub(crate) fn head(work: u64) -> Word {
    key(HEAD, 0, 0, work, Address::ZERO)
}

/// A word of three edges.
pub(crate) fn edges(at: WorkEpoch, index: u8) -> Word {
    key(EDGES, index, at.epoch, at.work.0, Address::ZERO)
}

/// A payee, where the creator is not the only one.
pub(crate) fn payee(work: u64, index: u8) -> Word {
    key(PAYEE, index, 0, work, Address::ZERO)
}

/// To whom a payee offers its index.
pub(crate) fn payee_offer(work: u64, index: u8) -> Word {
    key(PAYEE_OFFER, index, 0, work, Address::ZERO)
}

/// What a ledger received and settled.
pub(crate) fn ledger(at: WorkEpoch, asset: Address) -> Word {
    key(LEDGER, 0, at.epoch, at.work.0, asset)
}

/// What two payees claimed from a ledger.
pub(crate) fn claimed(at: WorkEpoch, asset: Address, pair: u8) -> Word {
    key(CLAIMED, pair, at.epoch, at.work.0, asset)
}

/// The number of a collection.
pub(crate) fn collection_number(collection: Address) -> Word {
    key(COLLECTION_NUMBER, 0, 0, 0, collection)
}

/// The collection with a number.
pub(crate) fn collection(number: u32) -> Word {
    key(COLLECTION, 0, 0, number.into(), Address::ZERO)
}

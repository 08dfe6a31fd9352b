//! Where everything is stored; docs/layout.md is this file in words.

use openzeppelin_stylus::access::ownable_two_step::Ownable2Step;
use openzeppelin_stylus::token::erc721::Erc721;
use shell::word::{self, Word};
use shell::{storage, Address};

const fn slot(place: u8) -> Word {
    let mut word = word::ZERO;
    word[31] = place;
    word
}

/// OpenZeppelin's owners, balances, approvals and operators: slots 0 to 3.
pub(crate) fn erc721() -> Erc721 {
    storage::at(0)
}

/// OpenZeppelin's owner and pending owner: slots 4 and 5.
pub(crate) fn ownable() -> Ownable2Step {
    storage::at(4)
}

/// The router in bits 0–159, the number of records made in 160–223.
pub(crate) const ROUTER: Word = slot(6);
/// The renderer.
pub(crate) const RENDERER: Word = slot(7);
/// The collection's name, as Solidity stores a string.
pub(crate) const NAME: Word = slot(8);
/// The collection's symbol, as Solidity stores a string.
pub(crate) const SYMBOL: Word = slot(9);

const OWNERS: Word = slot(0);
const COMMITMENTS: Word = slot(10);
const FIRST_CLAIMS: Word = slot(11);
const LATER_CLAIMS: Word = slot(12);

/// The word of a token ([`logic::token::Token`]), which is its entry in OpenZeppelin's owners: those use the lower 20
/// bytes alone, and the SDK keeps the rest of the word when it writes them.
pub(crate) fn token(token_id: &Word) -> Word {
    storage::mapping(token_id, &OWNERS)
}

/// The time of a commitment.
pub(crate) fn commitment(commitment: &Word) -> Word {
    storage::mapping(commitment, &COMMITMENTS)
}

/// The earliest claim on a hash ([`logic::priority::Priority`]).
pub(crate) fn first_claim(output_hash: &Word) -> Word {
    storage::mapping(output_hash, &FIRST_CLAIMS)
}

/// The token of a creator's claim on a hash, where it is not the earliest.
pub(crate) fn later_claim(creator: Address, output_hash: &Word) -> Word {
    let of_creator = storage::mapping(&word::from_address(creator), &LATER_CLAIMS);
    storage::mapping(output_hash, &of_creator)
}

//! What everyone is owed, worked out slowly and by a second road.
//!
//! It shares no code with the contracts: no deltas, no packed words, no 128-bit tricks. What a work received is added up
//! from scratch each time, from what was paid to it and from what each of its children has settled; every figure is one
//! floor of a lifetime total, in integers without bounds. The tests compare the contracts with it after every step, and the
//! demo takes its expected figures from it.

mod book;
mod figures;
mod settle;
mod share;
mod work;

pub use book::Book;
pub use work::{Parent, Payee, Work};

/// An account, or a token contract.
pub type Address = [u8; 20];

/// The coin of the chain, as an asset.
pub const NATIVE: Address = [0; 20];

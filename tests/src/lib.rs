//! The ground the end-to-end tests stand on: one [`World`] with the chain, the deployed programs and a few people.
//!
//! A test says who calls what with `world.act(alice, router, call)` and then which of two things must follow: `.done()`, or
//! `.refused(error)`, which compares the whole revert data and the storage of every contract before and after.

pub mod abi;
pub mod bytecode;
pub mod dice;
pub mod gas;
pub mod root;
pub mod solidity;
pub mod world;

pub use world::World;

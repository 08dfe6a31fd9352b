//! A chain on disk: a [`Store`](stylus_chain::store::Store) in a folder, one block a transaction of an embedded database
//! ([redb](https://docs.rs/redb)).
//!
//! What [`commit`](stylus_chain::store::Store::commit) has returned from is there after a crash, of the process or of the
//! machine: the database syncs the file before it says so. Memory does not grow with the chain.
//!
//! ```
//! use alloy_primitives::U256;
//! use stylus_chain::{Chain, DEV_ACCOUNTS, Transaction};
//! use stylus_store::Disk;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let place = tempfile::tempdir()?;
//! # let folder = place.path().join("chain");
//! let [alice, bob, ..] = DEV_ACCOUNTS;
//! let mut chain = Chain::default().moved_to(Disk::open(&folder)?)?;
//! chain.send(Transaction::transfer(alice, bob, U256::from(7)))?;
//! drop(chain);
//!
//! let chain = Chain::resume(Disk::open(&folder)?)?;
//! assert_eq!(chain.block_number(), 1);
//! # Ok(())
//! # }
//! ```

mod disk;
mod error;
mod folder;
mod keys;
mod read;
mod tables;
mod view;
mod write;

pub use disk::Disk;
pub use error::OpenError;

//! The rules of Lineage, pure: no storage, no host, no SDK.
//!
//! Programs on chain, the command line and the tests all compute with this crate, so a rule is written once. It speaks
//! in core types; whoever calls it brings the hash function, because programs hash through their host.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod base;
pub mod bps;
pub mod children;
pub mod commitment;
pub mod create;
pub mod create2;
pub mod due;
pub mod edge;
pub mod erc6551;
pub mod head;
pub mod inbox;
pub mod json;
pub mod ledger;
pub mod link;
pub mod merkle;
pub mod payee;
pub mod priority;
pub mod record;
pub mod settle_up;
pub mod shares;
pub mod source_type;
pub mod step;
pub mod stipend;
pub mod terms;
pub mod title;
pub mod token;
pub mod uri;
pub mod work;

mod word;

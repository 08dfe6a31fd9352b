//! The `lineage` command as a library: what it reads, what it deploys, what it does.

pub mod abi;
pub mod account;
pub mod amount;
pub mod args;
pub mod asset;
mod at_once;
pub mod beside;
pub mod coin;
pub mod commands;
pub mod demo;
pub mod deploy;
mod disk;
pub mod file;
pub mod floor;
pub mod income;
pub mod minting;
pub mod offer;
pub mod programs;
pub mod progress;
pub mod refusal;
pub mod report;
pub mod session;
pub mod share;
pub mod state;
pub mod uri;
pub mod verdict;

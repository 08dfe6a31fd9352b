//! The shipped WASM on the embedded chain: everything the programs do, and everything they refuse.

mod calls;
mod claim;
mod conformance;
mod construct;
mod erc20;
mod graph;
mod handover;
mod inbox;
mod layout;
mod licensing;
mod lock;
mod pay;
mod payees;
mod registry;
mod settle;
mod walk;

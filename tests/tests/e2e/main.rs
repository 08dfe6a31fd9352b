//! The shipped WASM on the embedded chain: everything the programs do, and everything they refuse.

mod bound;
mod calls;
mod claim;
mod collections;
mod command;
mod conformance;
mod construct;
mod erc20;
mod fees;
mod findings;
mod gas;
mod graph;
mod handover;
mod inbox;
mod layout;
mod licensing;
mod lock;
mod other_router;
mod pay;
mod payees;
mod provenance;
mod registry;
mod renderer;
mod settle;
mod walk;

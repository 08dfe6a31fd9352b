//! Running programs: WASM beside EVM bytecode.

mod entry;
mod exit;
pub(crate) mod host;
mod instance;
pub(crate) mod run;
mod storage;

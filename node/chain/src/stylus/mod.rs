//! Running programs: WASM beside EVM bytecode.

pub(crate) mod entry;
pub(crate) mod exit;
pub(crate) mod host;
mod instance;
pub(crate) mod run;
mod storage;
mod told;

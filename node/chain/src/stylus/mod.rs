//! Running programs: WASM beside EVM bytecode.

pub(crate) mod entry;
pub(crate) mod exit;
pub(crate) mod host;
mod instance;
pub(crate) mod run;
mod stands;
mod storage;
mod told;

//! Stylus: WASM programs beside EVM bytecode.

pub mod activate;
pub mod arbos;
pub mod code;
mod end;
mod entry;
pub(crate) mod host;
mod instance;
pub mod memory;
pub mod meter;
pub mod modules;
pub mod recent;
pub(crate) mod run;
mod storage;

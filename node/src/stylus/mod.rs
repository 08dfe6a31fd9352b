//! Stylus: WASM programs beside EVM bytecode.

pub mod activate;
pub mod arbos;
pub mod meter;

//! An embedded Arbitrum chain: EVM bytecode and Stylus WASM in one process, metered as Nitro meters.

pub mod arbos;
pub mod evm;
pub mod stylus;
pub mod vectors;

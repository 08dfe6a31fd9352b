//! ArbOS: the parameters, tables and precompiles that Arbitrum adds to the EVM.

pub mod params;
pub mod programs;

//! ArbOS: the parameters, tables and precompiles that Arbitrum adds to the EVM.

pub mod blocks;
pub(crate) mod layout;
pub mod params;
pub mod precompiles;
pub(crate) mod pricer;
pub mod programs;
pub mod storage;

pub use precompiles::ArbPrecompiles;

//! ArbOS: the parameters, tables and contracts that Arbitrum adds to the EVM.

pub(crate) mod layout;
pub mod params;
pub mod predeploys;
pub(crate) mod pricer;
pub mod programs;
pub mod space;

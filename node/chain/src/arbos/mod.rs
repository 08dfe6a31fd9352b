//! ArbOS: the parameters, tables and contracts that Arbitrum adds to the EVM.

pub(crate) mod chain_config;
pub(crate) mod fields;
pub(crate) mod filtered;
pub(crate) mod l1_hashes;
pub(crate) mod l2_pricing;
pub(crate) mod layout;
pub(crate) mod merkle;
pub mod params;
pub mod posting;
pub mod predeploys;
pub(crate) mod pricer;
pub mod programs;
pub(crate) mod settle;
pub mod space;
pub(crate) mod start;
mod stored_params;
pub(crate) mod text;

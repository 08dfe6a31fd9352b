//! The parameters of Stylus that a chain's owner may set, with Nitro's defaults.

use crate::stylus::arbos::ArbOs;

/// Parameters of Stylus (`arbos/programs/params.go`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StylusParams {
    /// Version that programs are compiled and metered under.
    pub version: u16,
    /// Ink for one gas.
    pub ink_price: u32,
    /// Words of stack in one call of a program.
    pub max_stack_depth: u32,
    /// Pages a transaction may open for nothing.
    pub free_pages: u16,
    /// Gas for each page beyond the free ones.
    pub page_gas: u16,
    /// Pages a transaction may have open.
    pub page_limit: u16,
    /// Least cost of entering a program that is not cached, in units of 128 gas.
    pub min_init_gas: u8,
    /// Least cost of entering a cached program, in units of 32 gas.
    pub min_cached_init_gas: u8,
    /// Scale of the estimated cost of entering, in units of 2%.
    pub init_cost_scalar: u8,
    /// Scale of the estimated cost of entering a cached program, in units of 2%.
    pub cached_cost_scalar: u8,
    /// Days after which a program must be activated again.
    pub expiry_days: u16,
    /// Days before which an activation may not be renewed.
    pub keepalive_days: u16,
    /// Programs that count as cached because they ran in the block.
    pub block_cache_size: u16,
    /// Bytes a program may have once decompressed.
    pub max_wasm_size: u32,
}

impl StylusParams {
    /// Nitro's defaults for an ArbOS version.
    #[must_use]
    pub fn new(arbos: ArbOs) -> Self {
        Self {
            version: arbos.stylus_version(),
            ink_price: 10_000,
            max_stack_depth: arbos.max_stack_depth(),
            free_pages: 2,
            page_gas: 1_000,
            page_limit: 128,
            min_init_gas: if arbos.stylus_version() == 1 { 72 } else { 69 },
            min_cached_init_gas: 11,
            init_cost_scalar: 50,
            cached_cost_scalar: 50,
            expiry_days: 365,
            keepalive_days: 31,
            block_cache_size: 32,
            max_wasm_size: 131_072,
        }
    }
}

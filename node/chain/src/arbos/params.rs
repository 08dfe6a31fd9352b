//! What a chain charges Stylus programs: Nitro's `StylusParams` with their initial values.

use crate::units::InkPrice;
use crate::version::{ArbOs, Feature};
use crate::wasm::pages::PagePrices;

/// Gas in one unit of [`StylusParams::min_init_gas`].
pub(crate) const MIN_INIT_UNIT: u64 = 128;
/// Gas in one unit of [`StylusParams::min_cached_init_gas`].
pub(crate) const MIN_CACHED_UNIT: u64 = 32;
/// Bits that drive the exponential part of the price of memory. Nobody can change them, so that ArbOS does not keep them.
pub(crate) const PAGE_RAMP: u64 = 620_674_314;
/// Percent in one unit of the two scalars.
pub(crate) const SCALAR_UNIT: u64 = 2;

/// The parameters of Stylus: those a version begins with, or what the chain's owner made of them (`arbos/programs/params.go`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StylusParams {
    /// Version that programs are compiled and metered under.
    pub version: u16,
    /// Ink that one gas buys.
    pub ink_price: u32,
    /// Words of WASM stack that one call of a program may use.
    pub max_stack_depth: u32,
    /// Pages of memory that a transaction opens for nothing.
    pub free_pages: u16,
    /// Gas of each page beyond those.
    pub page_gas: u16,
    /// Bits that drive the exponential part of the price of memory.
    pub page_ramp: u64,
    /// Pages a program may begin with, less those already open.
    pub page_limit: u16,
    /// Least cost of a start that is not cached, in units of 128 gas.
    pub min_init_gas: u8,
    /// Least cost of a cached start, in units of 32 gas.
    pub min_cached_init_gas: u8,
    /// Scale of the estimated cost of a start that is not cached, in units of 2%.
    pub init_cost_scalar: u8,
    /// Scale of the estimated cost of a cached start, in units of 2%.
    pub cached_cost_scalar: u8,
    /// Days after which a program must be activated again.
    pub expiry_days: u16,
    /// Days a program must have been active before its life can be extended.
    pub keepalive_days: u16,
    /// Programs that count as cached because they ran earlier in the block; in force from ArbOS 60.
    pub block_cache_size: u16,
    /// Bytes of WASM after decompression.
    pub max_wasm_size: u32,
    /// Fragments that one program may be split into; zero before ArbOS 60.
    pub max_fragments: u8,
}

impl StylusParams {
    /// The values that a chain at this version begins with.
    #[must_use]
    pub const fn new(arbos: ArbOs) -> Self {
        let version = arbos.stylus_version();
        Self {
            version,
            ink_price: 10_000,
            max_stack_depth: arbos.max_stack_depth(),
            free_pages: 2,
            page_gas: 1_000,
            page_ramp: PAGE_RAMP,
            page_limit: 128,
            min_init_gas: if version == 1 { 72 } else { 69 },
            min_cached_init_gas: 11,
            init_cost_scalar: 50,
            cached_cost_scalar: 50,
            expiry_days: 365,
            keepalive_days: 31,
            block_cache_size: 32,
            max_wasm_size: 128 * 1024,
            max_fragments: if arbos.has(Feature::Fragments) { 2 } else { 0 },
        }
    }

    /// The price of ink.
    #[must_use]
    pub const fn ink_price(&self) -> InkPrice {
        InkPrice::new(self.ink_price)
    }

    /// The price of memory.
    #[must_use]
    pub const fn page_prices(&self) -> PagePrices {
        PagePrices {
            free: self.free_pages,
            each: self.page_gas,
        }
    }

    /// Least gas of a start that is not cached.
    #[must_use]
    pub const fn min_init(&self) -> u64 {
        self.min_init_gas as u64 * MIN_INIT_UNIT
    }

    /// Least gas of a cached start.
    #[must_use]
    pub const fn min_cached_init(&self) -> u64 {
        self.min_cached_init_gas as u64 * MIN_CACHED_UNIT
    }

    /// The scale of the estimate of a start that is not cached, in percent.
    #[must_use]
    pub const fn init_scalar_percent(&self) -> u64 {
        self.init_cost_scalar as u64 * SCALAR_UNIT
    }

    /// The scale of the estimate of a cached start, in percent.
    #[must_use]
    pub const fn cached_scalar_percent(&self) -> u64 {
        self.cached_cost_scalar as u64 * SCALAR_UNIT
    }

    /// Seconds after which a program must be activated again.
    #[must_use]
    pub const fn expiry_seconds(&self) -> u64 {
        self.expiry_days as u64 * 86_400
    }

    /// Seconds a program must have been active before its life can be extended.
    #[must_use]
    pub const fn keepalive_seconds(&self) -> u64 {
        self.keepalive_days as u64 * 86_400
    }
}

impl Default for StylusParams {
    fn default() -> Self {
        Self::new(ArbOs::default())
    }
}

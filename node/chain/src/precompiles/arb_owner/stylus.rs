//! What programs cost, and how large they may be.

use super::ArbOwner;
use crate::arbos::fields::root;
use crate::arbos::params::{MIN_CACHED_UNIT, MIN_INIT_UNIT, SCALAR_UNIT, StylusParams};
use crate::precompiles::call::{Call, Failure};
use crate::precompiles::method::{Method, method};
use alloy_primitives::U256;

/// The most ink that one gas buys: what fits in 3 bytes.
const MAX_INK_PRICE: u32 = 0xff_ffff;

pub(super) const METHODS: &[Method] = &[
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setInkPriceCall,
        |call, asked| {
            if asked.price == 0 || asked.price > MAX_INK_PRICE {
                return Err(Failure::Plain);
            }
            set(call, |params| params.ink_price = asked.price)
        }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmMaxStackDepthCall,
        |call, asked| { set(call, |params| params.max_stack_depth = asked.depth) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmFreePagesCall,
        |call, asked| { set(call, |params| params.free_pages = asked.pages) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmPageGasCall,
        |call, asked| { set(call, |params| params.page_gas = asked.gas) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmPageLimitCall,
        |call, asked| { set(call, |params| params.page_limit = asked.limit) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmMinInitGasCall,
        |call, asked| {
            set(call, |params| {
                params.min_init_gas = in_units(asked.gas.into(), MIN_INIT_UNIT);
                params.min_cached_init_gas = in_units(asked.cached.into(), MIN_CACHED_UNIT);
            })
        }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmInitCostScalarCall,
        |call, asked| {
            set(call, |params| {
                params.init_cost_scalar = in_units(asked.percent, SCALAR_UNIT);
            })
        }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmExpiryDaysCall,
        |call, asked| { set(call, |params| params.expiry_days = asked._days) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmKeepaliveDaysCall,
        |call, asked| { set(call, |params| params.keepalive_days = asked._days) }
    ),
    method!(
        does,
        Write,
        Stylus,
        ArbOwner::setWasmBlockCacheSizeCall,
        |call, asked| { set(call, |params| params.block_cache_size = asked.count) }
    ),
    method!(
        does,
        Write,
        WasmSize,
        ArbOwner::setWasmMaxSizeCall,
        |call, asked| { set(call, |params| params.max_wasm_size = asked.size) }
    ),
    method!(
        does,
        Write,
        ActivationGas,
        ArbOwner::setWasmActivationGasCall,
        |call, asked| { call.write(*root::ACTIVATION_GAS, U256::from(asked.gas)) }
    ),
    method!(
        does,
        Write,
        Fragments,
        ArbOwner::setMaxStylusContractFragmentsCall,
        |call, asked| { set(call, |params| params.max_fragments = asked.maxFragments) }
    ),
];

fn set(call: &mut Call<'_>, change: impl FnOnce(&mut StylusParams)) -> Result<(), Failure> {
    let mut params = call.params()?;
    change(&mut params);
    let word = params.to_word(call.arbos);
    call.write(*root::STYLUS_PARAMS, word)?;
    let session = &mut call.context.chain;
    session.params = params;
    session.params_changed = true;
    Ok(())
}

/// A number in units, rounded up; as many as fit in a byte at most.
fn in_units(number: u64, unit: u64) -> u8 {
    u8::try_from(number.div_ceil(unit)).unwrap_or(u8::MAX)
}

//! The parameters of Stylus as ArbOS keeps them: one word, which its owner may change (`arbos/programs/params.go`).

use super::fields::root;
use super::params::{PAGE_RAMP, StylusParams};
use super::space::{self, Journal};
use crate::version::{ArbOs, Feature};
use alloy_primitives::U256;

/// Where each parameter begins in the word, in bytes, and how many it takes.
mod at {
    pub(super) const VERSION: (usize, usize) = (0, 2);
    pub(super) const INK_PRICE: (usize, usize) = (2, 3);
    pub(super) const MAX_STACK_DEPTH: (usize, usize) = (5, 4);
    pub(super) const FREE_PAGES: (usize, usize) = (9, 2);
    pub(super) const PAGE_GAS: (usize, usize) = (11, 2);
    pub(super) const PAGE_LIMIT: (usize, usize) = (13, 2);
    pub(super) const MIN_INIT_GAS: (usize, usize) = (15, 1);
    pub(super) const MIN_CACHED_INIT_GAS: (usize, usize) = (16, 1);
    pub(super) const INIT_COST_SCALAR: (usize, usize) = (17, 1);
    pub(super) const CACHED_COST_SCALAR: (usize, usize) = (18, 1);
    pub(super) const EXPIRY_DAYS: (usize, usize) = (19, 2);
    pub(super) const KEEPALIVE_DAYS: (usize, usize) = (21, 2);
    pub(super) const BLOCK_CACHE_SIZE: (usize, usize) = (23, 2);
    pub(super) const MAX_WASM_SIZE: (usize, usize) = (25, 4);
    pub(super) const MAX_FRAGMENTS: (usize, usize) = (29, 1);
}

impl StylusParams {
    /// The word that ArbOS keeps.
    pub(crate) fn to_word(self, arbos: ArbOs) -> U256 {
        let mut word = [0; 32];
        let mut put = |(from, bytes): (usize, usize), value: u32| {
            word[from..from + bytes].copy_from_slice(&value.to_be_bytes()[4 - bytes..]);
        };
        put(at::VERSION, self.version.into());
        put(at::INK_PRICE, self.ink_price);
        put(at::MAX_STACK_DEPTH, self.max_stack_depth);
        put(at::FREE_PAGES, self.free_pages.into());
        put(at::PAGE_GAS, self.page_gas.into());
        put(at::PAGE_LIMIT, self.page_limit.into());
        put(at::MIN_INIT_GAS, self.min_init_gas.into());
        put(at::MIN_CACHED_INIT_GAS, self.min_cached_init_gas.into());
        put(at::INIT_COST_SCALAR, self.init_cost_scalar.into());
        put(at::CACHED_COST_SCALAR, self.cached_cost_scalar.into());
        put(at::EXPIRY_DAYS, self.expiry_days.into());
        put(at::KEEPALIVE_DAYS, self.keepalive_days.into());
        put(at::BLOCK_CACHE_SIZE, self.block_cache_size.into());
        if arbos.has(Feature::WasmSize) {
            put(at::MAX_WASM_SIZE, self.max_wasm_size);
        }
        if arbos.has(Feature::Fragments) {
            put(at::MAX_FRAGMENTS, self.max_fragments.into());
        }
        U256::from_be_bytes(word)
    }

    /// The parameters that a word holds. Before it was a parameter, the size of WASM was a constant.
    pub(crate) fn from_word(word: U256, arbos: ArbOs) -> Self {
        let word: [u8; 32] = word.to_be_bytes();
        let byte = |(from, _): (usize, usize)| word[from];
        let number = |(from, bytes): (usize, usize)| {
            word[from..from + bytes]
                .iter()
                .fold(0, |number, &byte| number << 8 | u32::from(byte))
        };
        let short = |place| number(place) as u16;
        Self {
            version: short(at::VERSION),
            ink_price: number(at::INK_PRICE),
            max_stack_depth: number(at::MAX_STACK_DEPTH),
            free_pages: short(at::FREE_PAGES),
            page_gas: short(at::PAGE_GAS),
            page_ramp: PAGE_RAMP,
            page_limit: short(at::PAGE_LIMIT),
            min_init_gas: byte(at::MIN_INIT_GAS),
            min_cached_init_gas: byte(at::MIN_CACHED_INIT_GAS),
            init_cost_scalar: byte(at::INIT_COST_SCALAR),
            cached_cost_scalar: byte(at::CACHED_COST_SCALAR),
            expiry_days: short(at::EXPIRY_DAYS),
            keepalive_days: short(at::KEEPALIVE_DAYS),
            block_cache_size: short(at::BLOCK_CACHE_SIZE),
            max_wasm_size: match arbos.has(Feature::WasmSize) {
                true => number(at::MAX_WASM_SIZE),
                false => Self::new(arbos).max_wasm_size,
            },
            max_fragments: byte(at::MAX_FRAGMENTS),
        }
    }

    /// The parameters that ArbOS keeps.
    pub(crate) fn read(journal: &mut Journal, arbos: ArbOs) -> Self {
        Self::from_word(space::read(journal, *root::STYLUS_PARAMS), arbos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_values_are_packed_as_nitro_packs_them() {
        let word = |version| {
            let arbos = ArbOs::try_from(version).unwrap();
            let params = StylusParams::new(arbos);
            let word = params.to_word(arbos);
            assert_eq!(StylusParams::from_word(word, arbos), params);
            format!("{word:064x}")
        };
        let expected = [
            (
                30,
                "000100271000040000000203e80080480b3232016d001f002000000000000000",
            ),
            (
                31,
                "000200271000040000000203e80080450b3232016d001f002000000000000000",
            ),
            (
                40,
                "000200271000040000000203e80080450b3232016d001f002000020000000000",
            ),
            (
                51,
                "0002002710000055f0000203e80080450b3232016d001f002000020000000000",
            ),
            (
                60,
                "0002002710000055f0000203e80080450b3232016d001f002000020000020000",
            ),
        ];
        for (version, expected) in expected {
            assert_eq!(word(version), expected, "{version}");
        }
    }
}

//! `4byteTracer`: which functions were called, by selector, and with how many bytes (go-ethereum
//! `eth/tracers/native/4byte.go`).

use super::opcodes::{CALL, CALLCODE, DELEGATECALL, STATICCALL};
use alloy_primitives::map::AddressSet;
use alloy_primitives::{Address, hex};
use std::collections::BTreeMap;
use stylus_chain::ArbOs;
use stylus_chain::precompiles::active;
use stylus_chain::watch::{Begun, Entered, Ledger, Watcher};

/// Selectors with the bytes after them, and how often each was called.
#[derive(Debug, Default)]
pub(super) struct FourByteTracer {
    pub(super) called: BTreeMap<String, u64>,
    precompiles: AddressSet,
}

/// The precompiles of a version, which are left out: they are fancy opcodes.
pub(super) fn precompiles(arbos: ArbOs) -> AddressSet {
    active(arbos)
}

impl Watcher for FourByteTracer {
    fn begins(&mut self, _: &mut dyn Ledger, begun: &Begun) {
        self.precompiles = precompiles(begun.arbos);
    }

    fn enters(&mut self, entered: &Entered) {
        let calls = matches!(entered.opcode, CALL | CALLCODE | DELEGATECALL | STATICCALL);
        let to: Address = entered.to;
        if !calls || self.precompiles.contains(&to) {
            return;
        }
        if let Some((selector, rest)) = entered.input.split_first_chunk::<4>() {
            let name = format!("{}-{}", hex::encode_prefixed(selector), rest.len());
            *self.called.entry(name).or_default() += 1;
        }
    }
}

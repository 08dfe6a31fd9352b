//! The storage cache of one call of a program (`crates/arbutil/src/evm/storage.rs`).

use crate::units::Gas;
use alloy_primitives::U256;
use std::collections::HashMap;

/// Gas of the dearest step of the load and write counters; so much must be left for one.
pub(crate) const STEP_GAS: Gas = Gas(10);

/// Slots that a program has loaded or written in this call.
#[derive(Clone, Debug, Default)]
pub(crate) struct StorageCache {
    slots: HashMap<U256, Slot>,
    /// Slots in the order of their first use, so that a flush is the same every time.
    order: Vec<U256>,
    loads: u64,
    writes: u64,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    value: U256,
    /// The value in the state, if it is known.
    known: Option<U256>,
}

impl StorageCache {
    /// Counts a load and returns its gas.
    pub(crate) fn count_load(&mut self) -> Gas {
        self.loads += 1;
        match self.loads {
            ..=32 => Gas::ZERO,
            33..=128 => Gas(2),
            _ => STEP_GAS,
        }
    }

    /// Counts a write and returns its gas.
    pub(crate) fn count_write(&mut self) -> Gas {
        self.writes += 1;
        match self.writes {
            ..=8 => Gas::ZERO,
            9..=64 => Gas(7),
            _ => STEP_GAS,
        }
    }

    /// The value a slot has for the program, if the cache holds it.
    pub(crate) fn get(&self, slot: U256) -> Option<U256> {
        self.slots.get(&slot).map(|slot| slot.value)
    }

    /// Notes what the state holds.
    pub(crate) fn learn(&mut self, slot: U256, value: U256) {
        self.put(slot, value, Some(value));
    }

    /// Writes a slot; what is known of the state stays known.
    pub(crate) fn write(&mut self, slot: U256, value: U256) {
        let known = self.slots.get(&slot).and_then(|slot| slot.known);
        self.put(slot, value, known);
    }

    fn put(&mut self, slot: U256, value: U256, known: Option<U256>) {
        if self.slots.insert(slot, Slot { value, known }).is_none() {
            self.order.push(slot);
        }
    }

    /// The slots to be written to the state, which are then known; `clear` forgets them all.
    pub(crate) fn flush(&mut self, clear: bool) -> Vec<(U256, U256)> {
        let mut dirty = Vec::new();
        for at in &self.order {
            if let Some(slot) = self.slots.get_mut(at)
                && slot.known != Some(slot.value)
            {
                slot.known = Some(slot.value);
                dirty.push((*at, slot.value));
            }
        }
        if clear {
            self.slots.clear();
            self.order.clear();
        }
        dirty
    }
}

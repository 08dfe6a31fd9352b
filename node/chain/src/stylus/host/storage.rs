//! Storage through the cache of the call.

use super::ink::{COLD_SLOAD, EVM_API, HOSTIO, PTR, SSTORE_SENTRY, WARM_ACCESS};
use super::{Answer, Host};
use crate::stylus::exit::Exit;
use crate::stylus::storage::STEP_GAS;
use crate::trace::{Access, Detail, SlotWrite};
use crate::units::Gas;
use crate::version::Feature;
use alloy_primitives::U256;
use revm::context_interface::{ContextTr, JournalTr};

impl Host<'_> {
    pub(super) fn storage_load(&mut self, key: u32, to: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 2)?;
        // Before ArbOS 32 the ink of asking the EVM was taken for gas.
        let asking = match self.context.chain.arbos.has(Feature::StorageCharges) {
            true => EVM_API.whole_gas(self.ink_price()),
            false => Gas(EVM_API.0),
        };
        self.require_gas(COLD_SLOAD + STEP_GAS + asking)?;
        let slot = self.read_u256(key)?;
        let mut gas = self.scope.storage.count_load();
        let (value, access) = match self.scope.storage.get(slot) {
            Some(value) => (value, Access::Cached),
            None => {
                let acting = self.scope.acting;
                let Ok(loaded) = self.context.journal_mut().sload(acting, slot);
                self.scope.storage.learn(slot, loaded.data);
                let (access, cost) = match loaded.is_cold {
                    true => (Access::Cold, COLD_SLOAD),
                    false => (Access::Warm, WARM_ACCESS),
                };
                gas += cost + asking;
                (loaded.data, access)
            }
        };
        self.buy_gas(gas)?;
        self.write_u256(to, value)?;
        self.detail = Detail::Load {
            slot,
            value,
            access,
        };
        Ok(Answer::Nothing)
    }

    pub(super) fn storage_cache(&mut self, key: u32, value: u32) -> Result<Answer, Exit> {
        self.buy(HOSTIO + PTR * 2)?;
        self.require_gas(SSTORE_SENTRY + STEP_GAS)?;
        let slot = self.read_u256(key)?;
        let value = self.read_u256(value)?;
        let gas = self.scope.storage.count_write();
        self.scope.storage.write(slot, value);
        self.buy_gas(gas)?;
        self.detail = Detail::Write { slot, value };
        Ok(Answer::Nothing)
    }

    pub(super) fn storage_flush(&mut self, clear: bool) -> Result<Answer, Exit> {
        self.buy(HOSTIO + EVM_API)?;
        self.require_gas(SSTORE_SENTRY)?;
        let arbos = self.context.chain.arbos;
        let dirty = self.scope.storage.flush(clear);
        let mut left = self.gas_left();
        let mut spent = Gas::ZERO;
        let mut writes = Vec::with_capacity(dirty.len());
        for (slot, value) in dirty {
            self.refuse_if_static("storage written")?;
            let write = self.sstore(slot, value);
            let Some(rest) = left.checked_sub(Gas(write.gas)) else {
                return Err(match arbos.has(Feature::FlushRunsOutOfInk) {
                    true => Exit::OutOfInk,
                    false => Exit::failure("not enough gas to write storage"),
                });
            };
            left = rest;
            spent += Gas(write.gas);
            writes.push(write);
        }
        // Before ArbOS 32 the gas was reported and never taken.
        if arbos.has(Feature::StorageCharges) {
            self.buy_gas(spent)?;
        }
        self.detail = Detail::Flush { writes };
        Ok(Answer::Nothing)
    }

    /// Writes a slot at the EVM's own price.
    fn sstore(&mut self, slot: U256, value: U256) -> SlotWrite {
        let acting = self.scope.acting;
        let (cfg, journal) = self.context.cfg_journal_mut();
        let Ok(stored) = journal.sstore(acting, slot, value);
        let prices = &cfg.gas_params;
        let gas = prices.sstore_static_gas()
            + prices.sstore_dynamic_gas(true, &stored.data, stored.is_cold);
        self.scope.refund += prices.sstore_refund(true, &stored.data);
        SlotWrite {
            slot,
            original: stored.data.original_value,
            before: stored.data.present_value,
            after: value,
            cold: stored.is_cold,
            gas,
        }
    }
}

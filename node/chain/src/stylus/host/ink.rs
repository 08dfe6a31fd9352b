//! What host calls cost (`crates/arbutil/src/pricing.rs`, `crates/caller-env` and `user-host-trait`).

use super::{Host, Stop};

/// Any host call.
pub(super) const HOSTIO: u64 = 8_400;
/// Reading or writing a fixed-size value in the program's memory.
pub(super) const PTR: u64 = 5_040;
/// Asking the EVM.
pub(super) const EVM_API: u64 = 59_673;
/// 256-bit division.
pub(super) const DIV: u64 = 20_000;
/// 256-bit multiplication and remainder.
pub(super) const MULMOD: u64 = 24_100;
/// 256-bit addition and remainder.
pub(super) const ADDMOD: u64 = 21_000;

/// Gas of a log (geth `params/protocol_params.go`, also those below).
pub(super) const LOG: u64 = 375;
/// Gas of each topic.
pub(super) const LOG_TOPIC: u64 = 375;
/// Gas of each byte of a log's data.
pub(super) const LOG_BYTE: u64 = 8;
/// Gas of the first access to an account in a transaction.
pub(super) const COLD_ACCOUNT: u64 = 2_600;
/// Gas of any later access.
pub(super) const WARM_ACCESS: u64 = 100;
/// Gas of the first load of a slot in a transaction.
pub(super) const COLD_SLOAD: u64 = 2_100;
/// Gas that must be left to write storage.
pub(super) const SSTORE_SENTRY: u64 = 2_300;

impl Host<'_> {
    /// Takes ink.
    pub(super) fn buy(&mut self, ink: u64) -> Result<(), Stop> {
        self.ink = self.ink.checked_sub(ink).ok_or(Stop::OutOfInk)?;
        Ok(())
    }

    /// Takes the ink of so much gas.
    pub(super) fn buy_gas(&mut self, gas: u64) -> Result<(), Stop> {
        self.buy(gas.saturating_mul(self.ink_price()))
    }

    /// Ends the program unless it could pay so much gas.
    pub(super) fn require_gas(&self, gas: u64) -> Result<(), Stop> {
        if self.ink < gas.saturating_mul(self.ink_price()) {
            return Err(Stop::OutOfInk);
        }
        Ok(())
    }

    /// Whole gas left.
    pub(super) fn gas_left(&self) -> u64 {
        self.ink / self.ink_price()
    }

    pub(super) fn ink_price(&self) -> u64 {
        u64::from(self.context.chain.params.ink_price).max(1)
    }

    /// Pays for bytes copied into the program's memory.
    pub(super) fn pay_for_write(&mut self, bytes: u64) -> Result<(), Stop> {
        self.buy(per_byte(PTR, 30, bytes))
    }

    /// Pays for bytes copied out of the program's memory.
    pub(super) fn pay_for_read(&mut self, bytes: u64) -> Result<(), Stop> {
        self.buy(per_byte(16_381, 55, bytes))
    }
}

/// A price that covers a word and grows with each byte more.
fn per_byte(base: u64, byte: u64, bytes: u64) -> u64 {
    base.saturating_add(byte.saturating_mul(bytes.saturating_sub(32)))
}

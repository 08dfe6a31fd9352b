//! What host calls cost (`crates/arbutil/src/pricing.rs`, `crates/caller-env` and `user-host-trait`).

use super::Host;
use crate::stylus::exit::Exit;
use crate::units::{Gas, Ink, InkPrice};

/// Any host call.
pub(super) const HOSTIO: Ink = Ink(8_400);
/// Reading or writing a fixed-size value in the program's memory.
pub(super) const PTR: Ink = Ink(5_040);
/// Asking the EVM.
pub(super) const EVM_API: Ink = Ink(59_673);
/// 256-bit division.
pub(super) const DIV: Ink = Ink(20_000);
/// 256-bit multiplication and remainder.
pub(super) const MULMOD: Ink = Ink(24_100);
/// 256-bit addition and remainder.
pub(super) const ADDMOD: Ink = Ink(21_000);

/// Gas of a log (geth `params/protocol_params.go`, also those below).
pub(super) const LOG: Gas = Gas(375);
/// Gas of each topic.
pub(super) const LOG_TOPIC: Gas = Gas(375);
/// Gas of each byte of a log's data.
pub(super) const LOG_BYTE: Gas = Gas(8);
/// Gas of the first access to an account in a transaction.
pub(super) const COLD_ACCOUNT: Gas = Gas(2_600);
/// Gas of any later access.
pub(super) const WARM_ACCESS: Gas = Gas(100);
/// Gas of the first load of a slot in a transaction.
pub(super) const COLD_SLOAD: Gas = Gas(2_100);
/// Gas that must be left to write storage.
pub(super) const SSTORE_SENTRY: Gas = Gas(2_300);

impl Host<'_> {
    /// Takes ink.
    pub(super) fn buy(&mut self, ink: Ink) -> Result<(), Exit> {
        self.ink = self.ink.checked_sub(ink).ok_or(Exit::OutOfInk)?;
        Ok(())
    }

    /// Takes the ink of so much gas.
    pub(super) fn buy_gas(&mut self, gas: Gas) -> Result<(), Exit> {
        self.buy(gas.to_ink(self.ink_price()))
    }

    /// Ends the program unless it could pay so much gas.
    pub(super) fn require_gas(&self, gas: Gas) -> Result<(), Exit> {
        if self.ink < gas.to_ink(self.ink_price()) {
            return Err(Exit::OutOfInk);
        }
        Ok(())
    }

    /// Whole gas left.
    pub(super) fn gas_left(&self) -> Gas {
        self.ink.whole_gas(self.ink_price())
    }

    pub(super) fn ink_price(&self) -> InkPrice {
        self.context.chain.params.ink_price()
    }

    /// Pays for bytes copied into the program's memory.
    pub(super) fn pay_for_write(&mut self, bytes: u64) -> Result<(), Exit> {
        self.buy(per_byte(PTR, Ink(30), bytes))
    }

    /// Pays for bytes copied out of the program's memory.
    pub(super) fn pay_for_read(&mut self, bytes: u64) -> Result<(), Exit> {
        self.buy(per_byte(Ink(16_381), Ink(55), bytes))
    }
}

/// A price that covers a word and grows with each byte more.
fn per_byte(base: Ink, byte: Ink, bytes: u64) -> Ink {
    base + byte * bytes.saturating_sub(32)
}

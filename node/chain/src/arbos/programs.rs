//! The table of activated programs, kept in the storage of the ArbOS account (`arbos/programs/programs.go`).

use super::layout;
use super::params::StylusParams;
use super::pricer::ARBITRUM_START;
use super::space::{self, Journal};
pub use crate::trace::ProgramError;

use crate::units::Gas;
use crate::wasm::activate::EntryGas;
use alloy_primitives::{B256, U256};

const HOUR: u64 = 3_600;
const KILOBYTE: u32 = 1_024;
const MAX_U24: u64 = 0xff_ffff;

/// What ArbOS keeps of an activated program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// Stylus version it was activated under.
    pub version: u16,
    /// Estimated gas of a start that is not cached, before scaling.
    pub init: u16,
    /// Estimated gas of a cached start, before scaling.
    pub cached_init: u16,
    /// Pages of memory it starts with.
    pub footprint: u16,
    /// Estimated bytes of native code; kept in kilobytes, rounded up.
    pub asm: u32,
    /// When it was activated, in seconds since 1970; kept in hours since Arbitrum began.
    pub activated_at: u64,
    /// Whether a cache manager holds it in the cache.
    pub cached: bool,
}

impl Program {
    /// Seconds since its activation.
    #[must_use]
    pub const fn age(&self, timestamp: u64) -> u64 {
        timestamp.saturating_sub(self.activated_at)
    }

    /// Gas of a start without memory.
    #[must_use]
    pub fn entry_gas(&self, params: &StylusParams) -> EntryGas {
        let scaled = |estimate: u16, percent: u64| (u64::from(estimate) * percent).div_ceil(100);
        let cached =
            params.min_cached_init() + scaled(self.cached_init, params.cached_scalar_percent());
        let init = params.min_init() + scaled(self.init, params.init_scalar_percent());
        // version 1 has the cached part in its estimate
        let uncached = if self.version > 1 {
            init + cached
        } else {
            init
        };
        EntryGas {
            uncached: Gas(uncached),
            cached: Gas(cached),
        }
    }

    /// Whether it may run.
    ///
    /// # Errors
    /// The reason why not.
    pub fn check(&self, timestamp: u64, params: &StylusParams) -> Result<(), ProgramError> {
        if self.version == 0 {
            return Err(ProgramError::NotActivated);
        }
        if self.version != params.version {
            return Err(ProgramError::NeedsUpgrade {
                version: self.version,
                current: params.version,
            });
        }
        let (age, allowed) = (self.age(timestamp), params.expiry_seconds());
        if age > allowed {
            return Err(ProgramError::Expired { age, allowed });
        }
        Ok(())
    }

    /// Whether it has been activated at all, and not too long ago.
    pub(crate) const fn expired(&self, timestamp: u64, params: &StylusParams) -> bool {
        self.activated_at == ARBITRUM_START || self.age(timestamp) > params.expiry_seconds()
    }

    /// The time as an activation keeps it: whole hours since Arbitrum began.
    pub(crate) const fn whole_hours(timestamp: u64) -> u64 {
        ARBITRUM_START + timestamp.saturating_sub(ARBITRUM_START) / HOUR * HOUR
    }

    /// The estimate of native code as the table keeps it.
    pub(crate) const fn whole_kilobytes(asm: u32) -> u32 {
        asm.div_ceil(KILOBYTE).saturating_mul(KILOBYTE)
    }

    /// Packed as Nitro packs it: 2-byte version, init, cached init and footprint, 3-byte hours and kilobytes, a flag.
    pub(crate) fn to_word(self) -> U256 {
        let hours = (self.activated_at.saturating_sub(ARBITRUM_START) / HOUR).min(MAX_U24) as u32;
        let kilobytes = self.asm.div_ceil(KILOBYTE);
        let mut word = [0; 32];
        word[..2].copy_from_slice(&self.version.to_be_bytes());
        word[2..4].copy_from_slice(&self.init.to_be_bytes());
        word[4..6].copy_from_slice(&self.cached_init.to_be_bytes());
        word[6..8].copy_from_slice(&self.footprint.to_be_bytes());
        word[8..11].copy_from_slice(&hours.to_be_bytes()[1..]);
        word[11..14].copy_from_slice(&kilobytes.to_be_bytes()[1..]);
        word[14] = u8::from(self.cached);
        U256::from_be_bytes(word)
    }

    pub(crate) fn from_word(word: U256) -> Self {
        let word: [u8; 32] = word.to_be_bytes();
        let u16_at = |at: usize| u16::from_be_bytes([word[at], word[at + 1]]);
        let u24_at = |at: usize| u32::from_be_bytes([0, word[at], word[at + 1], word[at + 2]]);
        Self {
            version: u16_at(0),
            init: u16_at(2),
            cached_init: u16_at(4),
            footprint: u16_at(6),
            activated_at: ARBITRUM_START + u64::from(u24_at(8)) * HOUR,
            asm: u24_at(11).saturating_mul(KILOBYTE),
            cached: word[14] != 0,
        }
    }
}

/// The entry of a code hash: of version zero where it was never activated; it may be expired or of another version.
pub fn entry(journal: &mut Journal, code_hash: B256) -> Program {
    Program::from_word(space::read(journal, slot(code_hash)))
}

/// Writes the entry of a code hash.
pub fn set_entry(journal: &mut Journal, code_hash: B256, program: Program) {
    space::write(journal, slot(code_hash), program.to_word());
}

/// Where the ArbOS account keeps the entry of a code hash.
pub(crate) fn slot(code_hash: B256) -> U256 {
    layout::program_data().slot(code_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody activates so much, but a word can be set by hand.
    #[test]
    fn entry_of_any_word_is_read() {
        let program = Program::from_word(U256::MAX);
        assert_eq!(
            (program.asm, program.activated_at),
            (u32::MAX, 61_819_362_000)
        );
        let params = StylusParams::default();
        assert_eq!(program.entry_gas(&params).cached, Gas(65_887));
        assert_eq!(Program::whole_kilobytes(u32::MAX), u32::MAX);
        assert_eq!(Program::whole_hours(u64::MAX), 18_446_744_073_709_551_600);
    }

    #[test]
    fn entry_is_packed_as_nitro_packs_it() {
        let program = Program {
            version: 2,
            init: 0x0102,
            cached_init: 0x0304,
            footprint: 5,
            asm: 513 * 1_024,
            activated_at: ARBITRUM_START + 0x01_8001 * 3_600,
            cached: true,
        };
        let word = program.to_word();
        assert_eq!(
            format!("{word:#066x}"),
            "0x0002010203040005018001000201010000000000000000000000000000000000"
        );
        assert_eq!(Program::from_word(word), program);
    }
}

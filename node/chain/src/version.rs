//! The ArbOS version of a chain and what depends on it.

use core::fmt;

/// An ArbOS version that Stylus knows (`params/config_arbitrum.go` of Nitro's go-ethereum).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArbOs(u64);

/// The version is not one that a Stylus chain has had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ArbOS {0} is unknown; known are 30, 31, 32, 40, 41, 50, 51, 60 (an alias) and 61")]
pub struct UnknownArbOs(pub u64);

impl ArbOs {
    /// The version live on Arbitrum One since 20 August 2026.
    pub const LATEST: Self = Self(61);

    /// The number, 60 read as 61.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The version that programs are compiled and metered under: 1 at ArbOS 30, 2 since (`arbos/programs/params.go`).
    #[must_use]
    pub const fn stylus_version(self) -> u16 {
        if self.0 == 30 { 1 } else { 2 }
    }

    /// Words of stack a program may use in one call (`arbos/programs/params.go`, capped from ArbOS 50).
    #[must_use]
    pub const fn max_stack_depth(self) -> u32 {
        if self.0 < 50 { 262_144 } else { 22_000 }
    }

    /// Whether a WASM function or block may return several values.
    #[must_use]
    pub const fn multi_value(self) -> bool {
        self.0 < 60
    }

    /// Whether a program may be deployed in pieces.
    #[must_use]
    pub const fn fragments(self) -> bool {
        self.0 >= 60
    }

    /// Whether a program used earlier in the block counts as cached.
    #[must_use]
    pub const fn block_cache(self) -> bool {
        self.0 >= 60
    }
}

impl TryFrom<u64> for ArbOs {
    type Error = UnknownArbOs;

    fn try_from(version: u64) -> Result<Self, UnknownArbOs> {
        match version {
            30 | 31 | 32 | 40 | 41 | 50 | 51 | 61 => Ok(Self(version)),
            60 => Ok(Self(61)),
            _ => Err(UnknownArbOs(version)),
        }
    }
}

impl Default for ArbOs {
    fn default() -> Self {
        Self::LATEST
    }
}

impl fmt::Display for ArbOs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ArbOS {}", self.0)
    }
}

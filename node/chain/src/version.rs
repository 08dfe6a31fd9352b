//! The ArbOS version of a chain and what depends on it.

use core::fmt;

/// An ArbOS version that Stylus knows (`params/config_arbitrum.go` of Nitro's go-ethereum).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArbOs(u64);

/// The version is not one that a Stylus chain has had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ArbOS {0} is unknown; known are 30, 31, 32, 40, 41, 50, 51, 60 and 61")]
pub struct UnknownArbOs(pub u64);

/// A rule that came with a version and has held since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// Programs, which came with the first version that a chain here can have: what was there before is there always.
    Stylus,
    /// Programs are metered under Stylus version 2 (`arbos/programs/params.go`).
    StylusV2,
    /// A call of a program costs at least what memory for the data it returns costs the EVM.
    OutputFloor,
    /// Programs are cached by address, no longer by code hash (`precompiles/ArbWasmCache.go`).
    CacheByAddress,
    /// The gas of a storage flush is taken and not only reported, and asking the EVM for a slot costs ink, not as much gas.
    StorageCharges,
    /// Activation bounds the number of imports, and charges for the bytes of the WASM.
    WasmBytes,
    /// ArbWasm tells the least gas of a start.
    MinInitGas,
    /// The EVM follows Prague.
    Prague,
    /// The chain has the account of past block hashes (EIP-2935).
    BlockHashes,
    /// An empty code is not remembered as the one asked for last.
    EmptyCodeAskedAgain,
    /// The EVM follows Osaka, precompiles included.
    Osaka,
    /// A program's stack is capped at 22,000 words.
    SmallStack,
    /// What a transaction may use holds its intrinsic gas too.
    GasCapIsWhole,
    /// A transaction may begin in a block that has less gas left than it names (`arbos/block_processor.go`).
    OverrunBlocks,
    /// A call of an account that is delegated (EIP-7702) to a precompile of Arbitrum runs nothing.
    DelegatedPrecompilesRunNothing,
    /// A flush that cannot be paid takes all ink; before, it failed the program.
    FlushRunsOutOfInk,
    /// A program may be deployed in pieces, and what is no program has an error of its own.
    Fragments,
    /// A WASM function or block returns one value at most.
    SingleValue,
    /// A program used earlier in the block counts as cached.
    BlockCache,
    /// A chain's owner may add to the gas of activation.
    ActivationGas,
    /// How large WASM may be is a parameter (`arbos/programs/params.go`).
    WasmSize,
    /// An owner may have the price of calldata raised to that of EIP-7623 (`precompiles/ArbOwner.go`).
    CalldataPrice,
    /// From when on a native token may be minted can be asked (`precompiles/ArbOwnerPublic.go`).
    NativeTokenStart,
    /// What the parent chain asks for a token of calldata at least can be told (`precompiles/ArbOwner.go`).
    ParentGasFloor,
    /// Several limits of the speed of gas may hold at once (`precompiles/ArbOwner.go`).
    GasConstraints,
    /// The most gas of a block and of a transaction are told apart (`precompiles/ArbGasInfo.go`).
    GasLimits,
    /// An owner may have tips collected (`precompiles/ArbOwner.go`).
    CollectedTips,
    /// A native token may be minted, and then does not leave the chain (`precompiles/ArbNativeTokenManager.go`).
    NativeToken,
    /// What owners change of who may do what has events of its own (`precompiles/ArbOwner.go`).
    OwnerEvents,
    /// Transactions may be kept from running (`arbos/filteredTransactions`).
    FilteredTransactions,
    /// A sender pays no more than the price that the block itself made, and only for gas that has a kind
    /// (`arbos/tx_processor.go`).
    GasByKind,
    /// That holds only where gas of different kinds has different prices. Elsewhere a fee is all the gas at the price of the
    /// block (Arbitrum's forum, "AIP: ArbOS 61 Elara", update of 19 June 2026).
    OnePriceIsPaid,
}

impl Feature {
    /// The version it came with.
    const fn since(self) -> u64 {
        match self {
            Self::Stylus => 30,
            Self::StylusV2 | Self::OutputFloor | Self::CacheByAddress => 31,
            Self::StorageCharges | Self::WasmBytes | Self::MinInitGas => 32,
            Self::Prague
            | Self::BlockHashes
            | Self::EmptyCodeAskedAgain
            | Self::WasmSize
            | Self::CalldataPrice => 40,
            Self::NativeToken => 41,
            Self::Osaka
            | Self::SmallStack
            | Self::GasCapIsWhole
            | Self::OverrunBlocks
            | Self::DelegatedPrecompilesRunNothing
            | Self::FlushRunsOutOfInk
            | Self::NativeTokenStart
            | Self::ParentGasFloor
            | Self::GasConstraints
            | Self::GasLimits => 50,
            Self::Fragments
            | Self::SingleValue
            | Self::BlockCache
            | Self::ActivationGas
            | Self::OwnerEvents
            | Self::FilteredTransactions
            | Self::GasByKind
            | Self::CollectedTips => 60,
            Self::OnePriceIsPaid => 61,
        }
    }
}

impl ArbOs {
    /// The version live on Arbitrum One since 20 August 2026.
    pub const LATEST: Self = Self(61);

    /// The number. It is for telling: rules are asked for by [`has`](Self::has).
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Whether a rule holds at this version.
    #[must_use]
    pub const fn has(self, feature: Feature) -> bool {
        self.0 >= feature.since()
    }

    /// The version that programs are compiled and metered under.
    #[must_use]
    pub const fn stylus_version(self) -> u16 {
        if self.has(Feature::StylusV2) { 2 } else { 1 }
    }

    /// Words of stack a program may use in one call (`arbos/programs/params.go`).
    #[must_use]
    pub const fn max_stack_depth(self) -> u32 {
        if self.has(Feature::SmallStack) {
            22_000
        } else {
            262_144
        }
    }
}

impl TryFrom<u64> for ArbOs {
    type Error = UnknownArbOs;

    fn try_from(version: u64) -> Result<Self, UnknownArbOs> {
        match version {
            30 | 31 | 32 | 40 | 41 | 50 | 51 | 60 | 61 => Ok(Self(version)),
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

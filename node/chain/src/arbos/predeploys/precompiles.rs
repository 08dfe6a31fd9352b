//! The names and addresses of Arbitrum's precompiles.

use crate::version::ArbOs;
use crate::version::Feature::{self, FilteredTransactions, NativeToken, Stylus};
use alloy_primitives::{Address, address};

/// A precompile of Arbitrum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contract {
    /// Its name.
    pub(crate) name: &'static str,
    /// The last three bytes of its address.
    number: u32,
    /// What it came with.
    since: Feature,
}

const fn contract(name: &'static str, number: u32, since: Feature) -> Contract {
    Contract {
        name,
        number,
        since,
    }
}

impl Contract {
    pub(crate) const ARB_SYS: Self = contract("ArbSys", 0x64, Stylus);
    pub(crate) const ARB_WASM: Self = contract("ArbWasm", 0x71, Stylus);
    pub(crate) const ARB_WASM_CACHE: Self = contract("ArbWasmCache", 0x72, Stylus);
    pub(crate) const ARB_OWNER: Self = contract("ArbOwner", 0x70, Stylus);
    pub(crate) const ARB_FILTERED_TRANSACTIONS: Self =
        contract("ArbFilteredTransactionsManager", 0x74, FilteredTransactions);
    pub(crate) const ARB_DEBUG: Self = contract("ArbDebug", 0xff, Stylus);

    /// All there are.
    pub(crate) const ALL: [Self; 18] = [
        Self::ARB_SYS,
        contract("ArbInfo", 0x65, Stylus),
        contract("ArbAddressTable", 0x66, Stylus),
        contract("ArbBLS", 0x67, Stylus),
        contract("ArbFunctionTable", 0x68, Stylus),
        contract("ArbosTest", 0x69, Stylus),
        contract("ArbOwnerPublic", 0x6b, Stylus),
        contract("ArbGasInfo", 0x6c, Stylus),
        contract("ArbAggregator", 0x6d, Stylus),
        contract("ArbRetryableTx", 0x6e, Stylus),
        contract("ArbStatistics", 0x6f, Stylus),
        Self::ARB_OWNER,
        Self::ARB_WASM,
        Self::ARB_WASM_CACHE,
        contract("ArbNativeTokenManager", 0x73, NativeToken),
        Self::ARB_FILTERED_TRANSACTIONS,
        Self::ARB_DEBUG,
        contract("ArbosActs", 0xa4b05, Stylus),
    ];

    /// The precompile at an address.
    pub(crate) fn at(address: Address) -> Option<Self> {
        let (zeros, number) = address.split_at(17);
        let number = u32::from_be_bytes([0, number[0], number[1], number[2]]);
        Self::ALL
            .into_iter()
            .find(|contract| zeros == [0; 17] && contract.number == number)
    }

    /// Its address.
    pub(crate) fn address(self) -> Address {
        let mut address = Address::ZERO;
        address[16..].copy_from_slice(&self.number.to_be_bytes());
        address
    }

    /// Reads of ArbOS's storage that a call pays for where there is no such precompile yet: the version, and whether the caller
    /// goes free, which Nitro looks up before it looks at the version (`precompiles/wrapper.go`).
    pub(crate) const fn reads_before_it_exists(self) -> u64 {
        match self.number {
            0x74 => 2,
            _ => 0,
        }
    }

    /// Whether a chain at this version has it.
    pub(crate) const fn exists(self, arbos: ArbOs) -> bool {
        arbos.has(self.since)
    }
}

/// The address of ArbWasm.
pub const ARB_WASM: Address = address!("0000000000000000000000000000000000000071");
/// The address of ArbWasmCache.
pub const ARB_WASM_CACHE: Address = address!("0000000000000000000000000000000000000072");
/// The address that ArbOS's own transactions come from and go to.
pub const ARBOS: Address = address!("00000000000000000000000000000000000a4b05");
/// The address of ArbSys.
pub const ARB_SYS: Address = address!("0000000000000000000000000000000000000064");

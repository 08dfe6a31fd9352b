//! Contracts that tools expect on a chain, and that a new chain has from its genesis unless they are left out.
//!
//! Each is at the address it has elsewhere, with the code it has there; where that code comes from, and under which licence, is in
//! `code/README.md`. Codes are kept as they are after their constructors ran at these addresses, with what these wrote.

mod code;

pub use code::stylus_deployer_init_code;
pub(crate) use code::{Placed, placed};

use alloy_primitives::{Address, address};

/// Nick's factory: creates the init code that follows a 32-byte salt in its calldata with CREATE2.
pub const NICKS_FACTORY: Address = address!("4e59b44847b379578588920cA78FbF26c0B4956C");
/// Safe's singleton factory, which does the same.
pub const SAFE_FACTORY: Address = address!("914d7Fec6aaC8cd542e72Bca78B30650d45643d7");
/// StylusDeployer: creates, activates and initialises a program in one transaction. The address is the one that Nick's
/// factory gives its init code under salt zero.
pub const STYLUS_DEPLOYER: Address = address!("cEcba2F1DC234f70Dd89F2041029807F8D03A990");
/// The cache manager: caches programs for who bids, behind a proxy, where Nitro's development nodes have a dummy.
pub const CACHE_MANAGER: Address = address!("2F8Bd4EaB69764c105aDd7dE7CB0402557a44E6f");
/// Multicall3.
pub const MULTICALL3: Address = address!("cA11bde05977b3631167028862bE2a173976CA11");
/// Permit2.
pub const PERMIT2: Address = address!("000000000022D473030F116dDEE9F6B43aC78BA3");
/// The registry of ERC-6551 (EIP-6551, "Registry").
pub const ERC6551_REGISTRY: Address = address!("000000006551c19487814612e58FE06813775758");
/// ERC-4337's EntryPoint, version 0.7.
pub const ENTRY_POINT_07: Address = address!("0000000071727De22E5E9d8BAf0edAc6f37da032");
/// ERC-4337's EntryPoint, version 0.8.
pub const ENTRY_POINT_08: Address = address!("4337084D9E255Ff0702461CF8895CE9E3b5Ff108");
/// ERC-4337's EntryPoint, version 0.9.
pub const ENTRY_POINT_09: Address = address!("433709009B8330FDa32311DF1C2AFA402eD8D009");
/// Wrapped ether, at its address on Arbitrum One.
pub const WETH: Address = address!("82aF49447D8a07e3bd95BD0d56f35241523fBab1");
/// The Ethereum Attestation Service 1.4.0, at its address on Arbitrum One.
pub const EAS: Address = address!("bD75f629A22Dc1ceD33dDA0b68c546A1c035c458");
/// EAS's registry of schemas, at its address on Arbitrum One.
pub const SCHEMA_REGISTRY: Address = address!("A310da9c5B885E7fb3fbA9D66E9Ba6Df512b78eB");

/// A contract, or some that belong together, which a chain can have from its genesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Predeploy {
    /// [`NICKS_FACTORY`].
    NicksFactory,
    /// [`SAFE_FACTORY`].
    SafeFactory,
    /// [`STYLUS_DEPLOYER`].
    StylusDeployer,
    /// [`CACHE_MANAGER`], which ArbOS lets cache programs.
    CacheManager,
    /// [`MULTICALL3`].
    Multicall3,
    /// [`PERMIT2`].
    Permit2,
    /// [`ERC6551_REGISTRY`].
    Erc6551Registry,
    /// [`ENTRY_POINT_07`] and its creator of senders.
    EntryPoint07,
    /// [`ENTRY_POINT_08`] and its creator of senders.
    EntryPoint08,
    /// [`ENTRY_POINT_09`] and its creator of senders.
    EntryPoint09,
    /// [`WETH`].
    Weth,
    /// [`EAS`] and [`SCHEMA_REGISTRY`].
    Eas,
}

impl Predeploy {
    /// All there are.
    pub const ALL: [Self; 12] = [
        Self::NicksFactory,
        Self::SafeFactory,
        Self::StylusDeployer,
        Self::CacheManager,
        Self::Multicall3,
        Self::Permit2,
        Self::Erc6551Registry,
        Self::EntryPoint07,
        Self::EntryPoint08,
        Self::EntryPoint09,
        Self::Weth,
        Self::Eas,
    ];

    /// Its name, as settings and files have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NicksFactory => "nicks-factory",
            Self::SafeFactory => "safe-factory",
            Self::StylusDeployer => "stylus-deployer",
            Self::CacheManager => "cache-manager",
            Self::Multicall3 => "multicall3",
            Self::Permit2 => "permit2",
            Self::Erc6551Registry => "erc6551-registry",
            Self::EntryPoint07 => "entrypoint-0.7",
            Self::EntryPoint08 => "entrypoint-0.8",
            Self::EntryPoint09 => "entrypoint-0.9",
            Self::Weth => "weth",
            Self::Eas => "eas",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

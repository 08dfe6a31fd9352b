//! Contracts that every chain begins with: those that deployment tools expect, and precompiles.

mod precompiles;

pub(crate) use precompiles::Contract;
pub use precompiles::{ARB_SYS, ARB_WASM, ARB_WASM_CACHE};

use crate::version::{ArbOs, Feature};
use alloy_primitives::{Address, Bytes, address, hex};

/// Nick's factory: creates the init code that follows a 32-byte salt in its calldata with CREATE2.
pub const NICKS_FACTORY: Address = address!("4e59b44847b379578588920cA78FbF26c0B4956C");

/// StylusDeployer: creates, activates and initialises a program in one transaction. The address is the one that Nick's
/// factory gives its init code under salt zero.
pub const STYLUS_DEPLOYER: Address = address!("cEcba2F1DC234f70Dd89F2041029807F8D03A990");

/// Where EIP-2935 keeps the hashes of past blocks, from ArbOS 40 (`arbos/arbosState/arbosstate.go`).
pub const BLOCK_HASHES: Address = address!("0000F90827F1C53a10cb7A02335B175320002935");

/// Whether a chain at this version has the account of EIP-2935.
pub(crate) const fn keeps_block_hashes(arbos: ArbOs) -> bool {
    arbos.has(Feature::BlockHashes)
}

/// The contract of EIP-2935 as Arbitrum has it: it asks ArbSys for the number of the block, and keeps 393,168 hashes.
pub(crate) const BLOCK_HASHES_CODE: [u8; 133] = hex!(
    "3373fffffffffffffffffffffffffffffffffffffffe1460605760203603605c575f3563a3b1b31d5f5260205f600460"
    "1c60645afa15605c575f51600181038211605c57816205ffd0910311605c576205ffd09006545f5260205ff35b5f5ffd"
    "5b5f356205ffd0600163a3b1b31d5f5260205f6004601c60645afa15605c575f5103065500"
);

const NICKS_FACTORY_CODE: [u8; 69] = hex!(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f5"
    "8015156039578182fd5b8082525050506014600cf3"
);

/// Init code of StylusDeployer in hex, from stylus-tools 0.10.10 (`src/devnet/bytecode.rs`, MIT OR Apache-2.0,
/// copyright 2025 Offchain Labs); its source is `StylusDeployer.sol` of nitro-contracts (MIT).
const STYLUS_DEPLOYER_INIT_CODE: &str = include_str!("stylus_deployer.hex");
/// Bytes of that init code before the code it returns.
const STYLUS_DEPLOYER_PRELUDE: usize = 32;

/// The init code of StylusDeployer.
///
/// # Panics
/// Never: what is compiled in is hex.
#[must_use]
pub fn stylus_deployer_init_code() -> Bytes {
    let digits: String = STYLUS_DEPLOYER_INIT_CODE.split_whitespace().collect();
    hex::decode(digits)
        .expect("the compiled-in code is hex")
        .into()
}

/// The contracts that deployment tools expect, with their code.
pub(crate) fn all() -> [(Address, Bytes); 2] {
    [
        (NICKS_FACTORY, Bytes::from_static(&NICKS_FACTORY_CODE)),
        (
            STYLUS_DEPLOYER,
            stylus_deployer_init_code().slice(STYLUS_DEPLOYER_PRELUDE..),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::B256;

    #[test]
    fn deployer_is_where_nicks_factory_puts_it() {
        let address = NICKS_FACTORY.create2_from_code(B256::ZERO, stylus_deployer_init_code());
        assert_eq!(address, STYLUS_DEPLOYER);
    }
}

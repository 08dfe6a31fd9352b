//! Contracts that every chain begins with: precompiles, and the hashes of past blocks.

mod precompiles;

pub(crate) use precompiles::Contract;
pub use precompiles::{ARB_SYS, ARB_WASM, ARB_WASM_CACHE, ARBOS};

use crate::version::{ArbOs, Feature};
use alloy_primitives::{Address, address, hex};

/// Where EIP-2935 keeps the hashes of past blocks, from ArbOS 40 (`arbos/arbosState/arbosstate.go`).
pub const BLOCK_HASHES: Address = address!("0000F90827F1C53a10cb7A02335B175320002935");

/// Whether a chain at this version has the account of EIP-2935.
#[must_use]
pub const fn keeps_block_hashes(arbos: ArbOs) -> bool {
    arbos.has(Feature::BlockHashes)
}

/// The contract of EIP-2935 as Arbitrum has it: it asks ArbSys for the number of the block, and keeps 393,168 hashes.
pub(crate) const BLOCK_HASHES_CODE: [u8; 133] = hex!(
    "3373fffffffffffffffffffffffffffffffffffffffe1460605760203603605c575f3563a3b1b31d5f5260205f600460"
    "1c60645afa15605c575f51600181038211605c57816205ffd0910311605c576205ffd09006545f5260205ff35b5f5ffd"
    "5b5f356205ffd0600163a3b1b31d5f5260205f6004601c60645afa15605c575f5103065500"
);

/// Arbitrum's precompiles by name, with the addresses that they have at every version.
pub fn names() -> impl Iterator<Item = (&'static str, Address)> {
    Contract::ALL
        .into_iter()
        .map(|contract| (contract.name, contract.address()))
}

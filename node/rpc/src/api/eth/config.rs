//! What rules the chain follows (EIP-7910).

use crate::api::Api;
use crate::error::Error;
use alloy_primitives::{Address, B256, FixedBytes, U64};
use serde_json::{Map, Value, json};
use stylus_chain::ArbOs;
use stylus_chain::arbos::predeploys::{BLOCK_HASHES, keeps_block_hashes, names};
use stylus_chain::version::Feature;

/// Ethereum's precompiles by their number and by the names that EIP-7910 gives them: those of Cancun, and P256VERIFY.
const CANCUN: [(u16, &str); 11] = [
    (0x01, "ECREC"),
    (0x02, "SHA256"),
    (0x03, "RIPEMD160"),
    (0x04, "ID"),
    (0x05, "MODEXP"),
    (0x06, "BN254_ADD"),
    (0x07, "BN254_MUL"),
    (0x08, "BN254_PAIRING"),
    (0x09, "BLAKE2F"),
    (0x0a, "KZG_POINT_EVALUATION"),
    (0x100, "P256VERIFY"),
];

/// Those that came with Prague, on Arbitrum with ArbOS 50.
const PRAGUE: [(u16, &str); 7] = [
    (0x0b, "BLS12_G1ADD"),
    (0x0c, "BLS12_G1MSM"),
    (0x0d, "BLS12_G2ADD"),
    (0x0e, "BLS12_G2MSM"),
    (0x0f, "BLS12_PAIRING_CHECK"),
    (0x10, "BLS12_MAP_FP_TO_G1"),
    (0x11, "BLS12_MAP_FP2_TO_G2"),
];

pub(super) fn register(api: &mut Api) {
    api.method("eth_config", |node, (): ()| {
        let (arbos, chain_id, genesis) = node.chain(|chain| {
            let config = chain.config();
            let genesis = chain.store().block(0)?;
            let genesis = genesis.map(|block| block.hash).unwrap_or_default();
            Ok::<_, Error>((config.arbos, config.chain_id, genesis))
        })?;
        let mut system = Map::new();
        if keeps_block_hashes(arbos) {
            system.insert("HISTORY_STORAGE_ADDRESS".to_owned(), json!(BLOCK_HASHES));
        }
        let current = json!({
            "activationTime": 0,
            "blobSchedule": null,
            "chainId": U64::from(chain_id),
            "forkId": fork_id(genesis),
            "precompiles": precompiles(arbos),
            "systemContracts": system,
        });
        // no chain here becomes another version
        Ok(json!({"current": current, "next": null, "last": null}))
    });
}

/// All precompiles by name.
fn precompiles(arbos: ArbOs) -> Map<String, Value> {
    let prague = PRAGUE.iter().filter(|_| arbos.has(Feature::Osaka));
    let standard = CANCUN.iter().chain(prague).map(|(number, name)| {
        let address = Address::from_word(B256::from(alloy_primitives::U256::from(*number)));
        (*name, address)
    });
    let mut all: Vec<_> = standard.chain(names()).collect();
    all.sort_unstable();
    all.into_iter()
        .map(|(name, address)| (name.to_owned(), json!(address)))
        .collect()
}

/// The name of the rules of a chain that never changed them: the checksum of the hash of its genesis (EIP-2124).
fn fork_id(genesis: B256) -> FixedBytes<4> {
    FixedBytes::from(crc32(genesis.as_slice()))
}

/// The checksum of Ethernet and of ZIP (IEEE 802.3).
fn crc32(bytes: &[u8]) -> [u8; 4] {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let carries = sum & 1 == 1;
            sum >>= 1;
            if carries {
                sum ^= 0xedb8_8320;
            }
        }
    }
    (!sum).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::b256;

    #[test]
    fn fork_id_is_that_of_eip_2124() {
        // of mainnet, before its first fork
        let mainnet = b256!("d4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3");
        assert_eq!(fork_id(mainnet).to_string(), "0xfc64ec04");
    }
}

//! The codes of these contracts, and what their constructors wrote.

use super::{
    CACHE_MANAGER, EAS, ENTRY_POINT_07, ENTRY_POINT_08, ENTRY_POINT_09, ERC6551_REGISTRY,
    MULTICALL3, NICKS_FACTORY, PERMIT2, Predeploy, SAFE_FACTORY, SCHEMA_REGISTRY, STYLUS_DEPLOYER,
    WETH,
};
use alloy_primitives::{Address, Bytes, U256, address, hex};

/// A contract of the genesis.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// Where it is.
    pub(crate) address: Address,
    /// Its nonce: one more than the contracts it has created.
    pub(crate) nonce: u64,
    /// Its code.
    pub(crate) code: Bytes,
    /// What its constructor wrote.
    pub(crate) slots: Vec<(U256, U256)>,
}

/// What Nick's and Safe's factories run.
const FACTORY_CODE: [u8; 69] = hex!(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f5"
    "8015156039578182fd5b8082525050506014600cf3"
);

/// Bytes of StylusDeployer's init code before the code it returns.
const STYLUS_DEPLOYER_PRELUDE: usize = 32;

/// Where the code behind the cache manager's proxy is: the address after the proxy's.
const CACHE_MANAGER_CODE: Address = address!("2F8Bd4EaB69764c105aDd7dE7CB0402557a44E70");
/// Who could exchange that code: nobody. The address zero would make calls without a sender those of the administrator.
const NOBODY: Address = address!("000000000000000000000000000000000000dEaD");
/// Where a proxy keeps the address of its code, and of its administrator (EIP-1967).
const PROXY_CODE: U256 = word(hex!(
    "360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc"
));
const PROXY_ADMIN: U256 = word(hex!(
    "b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103"
));
/// Bytes of code that the cache holds, and wei a second by which a bid loses, as on Arbitrum One (nitro-contracts,
/// `scripts/deploymentUtils.ts`).
const CACHE_SIZE: u128 = 536_870_912;
const CACHE_DECAY: u128 = 10_322_197_911;

/// Short texts as Solidity keeps them: the bytes, and twice their number at the end.
const WETH_NAME: U256 = word(hex!(
    "577261707065642045746865720000000000000000000000000000000000001a"
));
const WETH_SYMBOL: U256 = word(hex!(
    "5745544800000000000000000000000000000000000000000000000000000008"
));
const EAS_NAME: U256 = word(hex!(
    "4541530000000000000000000000000000000000000000000000000000000006"
));

const fn word(bytes: [u8; 32]) -> U256 {
    U256::from_be_bytes(bytes)
}

/// The init code of StylusDeployer, from stylus-tools 0.10.10 (`src/devnet/bytecode.rs`, MIT OR Apache-2.0, copyright 2025
/// Offchain Labs); its source is `StylusDeployer.sol` of nitro-contracts (MIT).
#[must_use]
pub fn stylus_deployer_init_code() -> Bytes {
    decoded(include_str!("code/stylus_deployer.hex"))
}

/// The accounts of a contract.
pub(crate) fn placed(contract: Predeploy) -> Vec<Placed> {
    let factory = Bytes::from_static(&FACTORY_CODE);
    match contract {
        Predeploy::NicksFactory => vec![plain(NICKS_FACTORY, factory)],
        Predeploy::SafeFactory => vec![plain(SAFE_FACTORY, factory)],
        Predeploy::StylusDeployer => {
            let code = stylus_deployer_init_code().slice(STYLUS_DEPLOYER_PRELUDE..);
            vec![plain(STYLUS_DEPLOYER, code)]
        }
        Predeploy::CacheManager => vec![
            plain(
                CACHE_MANAGER_CODE,
                decoded(include_str!("code/cache_manager.hex")),
            ),
            Placed {
                slots: vec![
                    // It is initialised: version 1 of it.
                    (U256::ZERO, U256::ONE),
                    (
                        U256::from(3),
                        U256::from(CACHE_SIZE) | U256::from(CACHE_DECAY) << 128,
                    ),
                    (PROXY_CODE, CACHE_MANAGER_CODE.into_word().into()),
                    (PROXY_ADMIN, NOBODY.into_word().into()),
                ],
                ..plain(
                    CACHE_MANAGER,
                    decoded(include_str!("code/cache_manager_proxy.hex")),
                )
            },
        ],
        Predeploy::Multicall3 => {
            vec![plain(
                MULTICALL3,
                decoded(include_str!("code/multicall3.hex")),
            )]
        }
        Predeploy::Permit2 => vec![plain(PERMIT2, decoded(include_str!("code/permit2.hex")))],
        Predeploy::Erc6551Registry => vec![plain(
            ERC6551_REGISTRY,
            decoded(include_str!("code/erc6551_registry.hex")),
        )],
        Predeploy::EntryPoint07 => {
            let mut placed = entry_point(
                ENTRY_POINT_07,
                include_str!("code/entry_point_07.hex"),
                include_str!("code/sender_creator_07.hex"),
            );
            // OpenZeppelin's guard against re-entrance: nobody is in.
            placed[0].slots.push((U256::from(2), U256::ONE));
            placed
        }
        Predeploy::EntryPoint08 => entry_point(
            ENTRY_POINT_08,
            include_str!("code/entry_point_08.hex"),
            include_str!("code/sender_creator_08.hex"),
        ),
        Predeploy::EntryPoint09 => entry_point(
            ENTRY_POINT_09,
            include_str!("code/entry_point_09.hex"),
            include_str!("code/sender_creator_09.hex"),
        ),
        Predeploy::Weth => vec![Placed {
            slots: vec![(U256::from(3), WETH_NAME), (U256::from(4), WETH_SYMBOL)],
            ..plain(WETH, decoded(include_str!("code/weth.hex")))
        }],
        Predeploy::Eas => vec![
            plain(
                SCHEMA_REGISTRY,
                decoded(include_str!("code/schema_registry.hex")),
            ),
            Placed {
                slots: vec![(U256::from(2), EAS_NAME)],
                ..plain(EAS, decoded(include_str!("code/eas.hex")))
            },
        ],
    }
}

/// A contract that has created none, and whose constructor wrote nothing.
fn plain(address: Address, code: Bytes) -> Placed {
    Placed {
        address,
        nonce: 1,
        code,
        slots: Vec::new(),
    }
}

/// An EntryPoint and the creator of senders, which its constructor created.
fn entry_point(address: Address, code: &str, creator: &str) -> Vec<Placed> {
    let created = Placed {
        nonce: 2,
        ..plain(address, decoded(code))
    };
    vec![created, plain(address.create(1), decoded(creator))]
}

/// What is compiled in as lines of hexadecimal digits.
fn decoded(lines: &str) -> Bytes {
    let digits: String = lines.split_whitespace().collect();
    hex::decode(digits)
        .expect("the compiled-in code is hex")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::{B256, b256, keccak256};

    #[test]
    fn deployer_is_where_nicks_factory_puts_it() {
        let address = NICKS_FACTORY.create2_from_code(B256::ZERO, stylus_deployer_init_code());
        assert_eq!(address, STYLUS_DEPLOYER);
    }

    /// Those of both factories, Multicall3, the registry, and the EntryPoints 0.7 and 0.8 with their creators stand in many public
    /// lists of what these chains hold; the others are of the packages that `code/README.md` names.
    #[test]
    fn codes_have_the_hashes_that_are_known() {
        let hashes: Vec<_> = Predeploy::ALL
            .into_iter()
            .flat_map(placed)
            .map(|placed| (placed.address, keccak256(placed.code)))
            .collect();
        assert_eq!(hashes, KNOWN);
    }

    const KNOWN: [(Address, B256); 17] = [
        (
            NICKS_FACTORY,
            b256!("2fa86add0aed31f33a762c9d88e807c475bd51d0f52bd0955754b2608f7e4989"),
        ),
        (
            SAFE_FACTORY,
            b256!("2fa86add0aed31f33a762c9d88e807c475bd51d0f52bd0955754b2608f7e4989"),
        ),
        (
            STYLUS_DEPLOYER,
            b256!("85c3998f7541c47e69d221966c2725e197d243190f367eefab6eda7c90c3994a"),
        ),
        (
            CACHE_MANAGER_CODE,
            b256!("fc52c31c168cd6b05948fa92e33473753ca2e3e32d7a0b4a640412bab949c597"),
        ),
        (
            CACHE_MANAGER,
            b256!("69a469ef198a7f785b09fb0783fe42576faef7635e2d56426ec8746bad638e64"),
        ),
        (
            MULTICALL3,
            b256!("d5c15df687b16f2ff992fc8d767b4216323184a2bbc6ee2f9c398c318e770891"),
        ),
        (
            PERMIT2,
            b256!("76b61b4c66c96b825230711619abdf167f9fd70f6eb9ddcfd1cdfbe3fbd9ffb7"),
        ),
        (
            ERC6551_REGISTRY,
            b256!("da1d5b06e579f9e42e59b00fbc22939896ecb38dc8830d40de0a2508fecd6735"),
        ),
        (
            ENTRY_POINT_07,
            b256!("8db5ff695839d655407cc8490bb7a5d82337a86a6b39c3f0258aa6c3b582fc58"),
        ),
        (
            address!("EFC2c1444eBCC4Db75e7613d20C6a62fF67A167C"),
            b256!("283c9d14378f5f4c4e24045b87d621d48443fa5b4af7dd7180a599b3756a7689"),
        ),
        (
            ENTRY_POINT_08,
            b256!("44e632a24c6f2600cbd5b5b8b4c2d372359112c8b5774297f5fd0a9e64f11f86"),
        ),
        (
            address!("449ED7C3e6Fee6a97311d4b55475DF59C44AdD33"),
            b256!("c69a1b3a000d570bc86eb096ee63a9014a17951ad616d720882ec61432b00fcf"),
        ),
        (
            ENTRY_POINT_09,
            b256!("14ee3fe0191de027aecf20ffd7dbd985f5023b898fa429485d2dfe2286b42750"),
        ),
        (
            address!("0A630a99Df908A81115A3022927Be82f9299987e"),
            b256!("a7d4dd260bca9c96da49f7c0682fdda7f0074694d935815a336d3e60ee3ec6ad"),
        ),
        (
            WETH,
            b256!("f335f041f3905348fcb350bea5f119088dd3d27ef1a9d18074ce1e4fcc08b7fa"),
        ),
        (
            SCHEMA_REGISTRY,
            b256!("05ae5a99263f66e72ca4632180e7d1c4091d07ed614ea3ce0b337d33931f0f55"),
        ),
        (
            EAS,
            b256!("074ac52834755d23215c225467830147301f9b6403b8e261cbab3402ee8b30b9"),
        ),
    ];
}

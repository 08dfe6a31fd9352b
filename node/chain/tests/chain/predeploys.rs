//! Contracts that a chain has from its genesis: each does what it is there for.

use crate::world::{ALICE, BOB};
use alloy_primitives::{Address, B256, Bytes, U256, address, keccak256};
use alloy_sol_types::{SolCall, SolValue as _, sol};
use std::collections::BTreeSet;
use stylus_chain::predeploys::{
    CACHE_MANAGER, EAS, ENTRY_POINT_07, ENTRY_POINT_08, ENTRY_POINT_09, ERC6551_REGISTRY,
    MULTICALL3, NICKS_FACTORY, PERMIT2, Predeploy, SAFE_FACTORY, SCHEMA_REGISTRY, STYLUS_DEPLOYER,
    WETH,
};
use stylus_chain::{Chain, Config, Transaction, compress, deploy, init_code};

sol! {
    struct Call3 { address target; bool allowFailure; bytes callData; }
    struct Result3 { bool success; bytes returnData; }
    function aggregate3(Call3[] calls) payable returns (Result3[] returnData);
    function getChainId() view returns (uint256);

    function DOMAIN_SEPARATOR() view returns (bytes32);

    function account(address implementation, bytes32 salt, uint256 chainId, address tokenContract, uint256 tokenId) view returns (address);
    function createAccount(address implementation, bytes32 salt, uint256 chainId, address tokenContract, uint256 tokenId) returns (address);

    function depositTo(address account) payable;
    function withdrawTo(address to, uint256 amount);
    function senderCreator() view returns (address);
    function getNonce(address sender, uint192 key) view returns (uint256);

    function name() view returns (string);
    function symbol() view returns (string);
    function decimals() view returns (uint8);
    function deposit() payable;
    function withdraw(uint256 amount);
    function transfer(address to, uint256 amount) returns (bool);
    function balanceOf(address account) view returns (uint256);

    function register(string schema, address resolver, bool revocable) returns (bytes32);
    struct Data { address recipient; uint64 expirationTime; bool revocable; bytes32 refUID; bytes data; uint256 value; }
    struct Request { bytes32 schema; Data data; }
    function attest(Request request) payable returns (bytes32);
    function isAttestationValid(bytes32 uid) view returns (bool);
    function version() view returns (string);
    function getSchemaRegistry() view returns (address);

    function placeBid(address program) payable;
    function getMinBid(uint64 size) view returns (uint192);
    function cacheSize() view returns (uint64);
    function decay() view returns (uint64);
    function codehashIsCached(bytes32 codehash) view returns (bool);
    function evictAll();
}

fn seen<C: SolCall>(chain: &Chain, to: Address, call: &C) -> C::Return {
    let outcome = chain.call(Transaction::call(BOB, to, call.abi_encode()));
    let outcome = outcome.expect("it can be called");
    assert!(outcome.status.is_success(), "{outcome:?}");
    C::abi_decode_returns(&outcome.output).expect("what it returns")
}

fn done<C: SolCall>(
    chain: &mut Chain,
    from: Address,
    to: Address,
    wei: u64,
    call: &C,
) -> C::Return {
    let transaction = Transaction::call(from, to, call.abi_encode()).value(U256::from(wei));
    let receipt = chain.send(transaction).expect("it can be sent");
    assert!(receipt.status.is_success(), "{receipt:?}");
    C::abi_decode_returns(&receipt.output).expect("what it returns")
}

#[test]
fn factories_create_what_follows_the_salt() {
    let mut chain = Chain::default();
    let salt = B256::with_last_byte(7);
    for factory in [NICKS_FACTORY, SAFE_FACTORY] {
        let init = init_code(b"\x00a contract");
        let input = [salt.as_slice(), &init].concat();
        let receipt = chain.send(Transaction::call(ALICE, factory, input));
        let created = Address::from_slice(&receipt.expect("it can be sent").output);
        assert_eq!(created, factory.create2_from_code(salt, &init));
        assert_eq!(&chain.code(created)[..], b"\x00a contract");
    }
}

#[test]
fn multicall_calls_many() {
    let chain = Chain::default();
    let call = |data: Vec<u8>| Call3 {
        target: MULTICALL3,
        allowFailure: true,
        callData: data.into(),
    };
    let calls = vec![call(getChainIdCall {}.abi_encode()), call(b"none".to_vec())];
    let results = seen(&chain, MULTICALL3, &aggregate3Call { calls });
    let results: Vec<_> = results
        .into_iter()
        .map(|it| (it.success, it.returnData))
        .collect();
    let chain_id = U256::from(chain.config().chain_id).abi_encode();
    assert_eq!(results, [(true, chain_id.into()), (false, Bytes::new())]);
}

#[test]
fn permit2_signs_for_each_chain() {
    for chain_id in [412_346, 5] {
        permit2_signs_for(Chain::new(Config {
            chain_id,
            ..Config::default()
        }));
    }
}

fn permit2_signs_for(chain: Chain) {
    let kind = keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)");
    let chain_id = U256::from(chain.config().chain_id);
    let domain = (kind, keccak256("Permit2"), chain_id, PERMIT2).abi_encode();
    assert_eq!(
        seen(&chain, PERMIT2, &DOMAIN_SEPARATORCall {}),
        keccak256(domain)
    );
}

#[test]
fn registry_creates_accounts_where_it_says() {
    let mut chain = Chain::default();
    let (salt, chain_id) = (B256::with_last_byte(1), U256::from(412_346));
    let (implementation, token, id) = (WETH, EAS, U256::from(5));
    let call = accountCall {
        implementation,
        salt,
        chainId: chain_id,
        tokenContract: token,
        tokenId: id,
    };
    let foreseen = seen(&chain, ERC6551_REGISTRY, &call);
    let call = createAccountCall {
        implementation,
        salt,
        chainId: chain_id,
        tokenContract: token,
        tokenId: id,
    };
    let created = done(&mut chain, ALICE, ERC6551_REGISTRY, 0, &call);
    assert_eq!((created, chain.code(created).len()), (foreseen, 173));
}

#[test]
fn entry_points_keep_deposits_and_know_who_creates_senders() {
    let mut chain = Chain::default();
    for entry_point in [ENTRY_POINT_07, ENTRY_POINT_08, ENTRY_POINT_09] {
        // Version 0.7 has no function that says so.
        if entry_point != ENTRY_POINT_07 {
            let creator = seen(&chain, entry_point, &senderCreatorCall {});
            assert_eq!(creator, entry_point.create(1));
        }
        assert_ne!(chain.code(entry_point.create(1)).len(), 0);
        done(
            &mut chain,
            ALICE,
            entry_point,
            900,
            &depositToCall { account: BOB },
        );
        let balance = |chain: &Chain| seen(chain, entry_point, &balanceOfCall { account: BOB });
        assert_eq!(balance(&chain), U256::from(900));
        let call = withdrawToCall {
            to: ALICE,
            amount: U256::from(400),
        };
        done(&mut chain, BOB, entry_point, 0, &call);
        assert_eq!(balance(&chain), U256::from(500));
        let call = getNonceCall {
            sender: BOB,
            key: alloy_primitives::aliases::U192::from(3),
        };
        assert_eq!(seen(&chain, entry_point, &call), U256::from(3) << 64);
    }
}

#[test]
fn ether_is_wrapped_and_unwrapped() {
    let mut chain = Chain::default();
    let told = (
        seen(&chain, WETH, &nameCall {}),
        seen(&chain, WETH, &symbolCall {}),
        seen(&chain, WETH, &decimalsCall {}),
    );
    assert_eq!(told, ("Wrapped Ether".to_owned(), "WETH".to_owned(), 18));
    done(&mut chain, ALICE, WETH, 1_000, &depositCall {});
    done(
        &mut chain,
        ALICE,
        WETH,
        0,
        &transferCall {
            to: BOB,
            amount: U256::from(300),
        },
    );
    done(
        &mut chain,
        BOB,
        WETH,
        0,
        &withdrawCall {
            amount: U256::from(100),
        },
    );
    let balance = |account| seen(&chain, WETH, &balanceOfCall { account });
    assert_eq!(
        (balance(ALICE), balance(BOB)),
        (U256::from(700), U256::from(200))
    );
    assert_eq!(chain.balance(WETH), U256::from(900));
}

#[test]
fn attestations_are_made() {
    let mut chain = Chain::default();
    assert_eq!(seen(&chain, EAS, &versionCall {}), "1.4.0");
    assert_eq!(
        seen(&chain, EAS, &getSchemaRegistryCall {}),
        SCHEMA_REGISTRY
    );
    let call = registerCall {
        schema: "bool isMine".to_owned(),
        resolver: Address::ZERO,
        revocable: true,
    };
    let schema = done(&mut chain, ALICE, SCHEMA_REGISTRY, 0, &call);
    let packed = ("bool isMine", Address::ZERO, true).abi_encode_packed();
    assert_eq!(schema, keccak256(packed));
    let data = Data {
        recipient: BOB,
        expirationTime: 0,
        revocable: true,
        refUID: B256::ZERO,
        data: true.abi_encode().into(),
        value: U256::ZERO,
    };
    let request = Request { schema, data };
    let uid = done(&mut chain, ALICE, EAS, 0, &attestCall { request });
    assert!(seen(&chain, EAS, &isAttestationValidCall { uid }));
}

#[test]
fn cache_manager_caches_for_who_bids_and_its_owner_evicts() {
    let mut chain = Chain::default();
    let wasm = wat::parse_str(
        r#"(module (memory (export "memory") 0 0) (func (export "user_entrypoint") (param i32) (result i32) (i32.const 0)))"#,
    )
    .expect("a module");
    let created = chain.send(Transaction::create(ALICE, init_code(&compress(&wasm))));
    let program = created.expect("sent").contract_address.expect("created");
    let activation = deploy::activate(ALICE, program, U256::from(10_u64.pow(17)));
    assert!(chain.send(activation).expect("sent").status.is_success());
    let settings = (
        seen(&chain, CACHE_MANAGER, &cacheSizeCall {}),
        seen(&chain, CACHE_MANAGER, &decayCall {}),
    );
    assert_eq!(settings, (512 << 20, 10_322_197_911));
    assert!(seen(&chain, CACHE_MANAGER, &getMinBidCall { size: 5_000 }).is_zero());
    let cached = |chain: &Chain| {
        let codehash = chain.code_hash(program);
        let cache = address!("0000000000000000000000000000000000000072");
        seen(chain, cache, &codehashIsCachedCall { codehash })
    };
    assert!(!cached(&chain));
    // Bob owns nothing, and the owner of the chain is no administrator of the proxy, who could not bid.
    done(&mut chain, BOB, CACHE_MANAGER, 5, &placeBidCall { program });
    assert!(cached(&chain));
    let refused = chain.send(Transaction::call(
        BOB,
        CACHE_MANAGER,
        evictAllCall {}.abi_encode(),
    ));
    assert!(!refused.expect("sent").status.is_success());
    let owner = chain.config().owner;
    done(&mut chain, owner, CACHE_MANAGER, 0, &evictAllCall {});
    assert!(!cached(&chain));
}

#[test]
fn each_can_be_left_out() {
    let addresses = [
        (Predeploy::NicksFactory, vec![NICKS_FACTORY]),
        (Predeploy::SafeFactory, vec![SAFE_FACTORY]),
        (Predeploy::StylusDeployer, vec![STYLUS_DEPLOYER]),
        (Predeploy::CacheManager, vec![CACHE_MANAGER]),
        (Predeploy::Multicall3, vec![MULTICALL3]),
        (Predeploy::Permit2, vec![PERMIT2]),
        (Predeploy::Erc6551Registry, vec![ERC6551_REGISTRY]),
        (
            Predeploy::EntryPoint07,
            vec![ENTRY_POINT_07, ENTRY_POINT_07.create(1)],
        ),
        (
            Predeploy::EntryPoint08,
            vec![ENTRY_POINT_08, ENTRY_POINT_08.create(1)],
        ),
        (
            Predeploy::EntryPoint09,
            vec![ENTRY_POINT_09, ENTRY_POINT_09.create(1)],
        ),
        (Predeploy::Weth, vec![WETH]),
        (Predeploy::Eas, vec![EAS, SCHEMA_REGISTRY]),
    ];
    assert_eq!(addresses.len(), Predeploy::ALL.len());
    for (left_out, own) in &addresses {
        let mut predeploys: BTreeSet<_> = Predeploy::ALL.into();
        predeploys.remove(left_out);
        let chain = Chain::new(Config {
            predeploys,
            ..Config::default()
        });
        for (contract, addresses) in &addresses {
            for address in addresses {
                let is_there = !chain.code(*address).is_empty();
                assert_eq!(
                    is_there,
                    contract != left_out,
                    "{contract:?} without {left_out:?}"
                );
            }
        }
        assert!(own.iter().all(|address| chain.nonce(*address) == 0));
        let again = Chain::decode(&chain.encode()).expect("what was encoded");
        assert_eq!(again.config(), chain.config());
    }
}

#[test]
fn names_lead_to_contracts() {
    for contract in Predeploy::ALL {
        assert_eq!(Predeploy::named(contract.name()), Some(contract));
    }
    assert_eq!(Predeploy::named("createx"), None);
}

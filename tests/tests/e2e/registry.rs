//! The ERC-6551 registry, ours beside the canonical one.

use alloy_primitives::{Address, B256, Bytes, U256, address, b256, keccak256};
use alloy_sol_types::SolCall;
use lineage_tests::World;
use lineage_tests::abi::IERC6551Registry::{
    AccountCreationFailed, ERC6551AccountCreated, accountCall, createAccountCall,
};
use lineage_tests::dice::Dice;
use stylus_chain::predeploys::{NICKS_FACTORY, Predeploy};
use stylus_chain::{Chain, Config, Status, Transaction};

const CANONICAL: Address = address!("000000006551c19487814612e58FE06813775758");
const CANONICAL_SALT: B256 =
    b256!("0000000000000000000000000000000000000000fd8eb4e1dca713016c518e31");
const CANONICAL_CODE_HASH: B256 =
    b256!("da1d5b06e579f9e42e59b00fbc22939896ecb38dc8830d40de0a2508fecd6735");

/// A world whose chain has the canonical registry from its genesis: the one that Nick's factory makes of the published init code.
fn with_canonical() -> World {
    let mut world = World::new();
    let init_code = include_str!("../../fixtures/erc6551/registry-init.hex").trim();
    let init_code = hex::decode(init_code).expect("hex");
    let created = NICKS_FACTORY.create2_from_code(CANONICAL_SALT, &init_code);
    assert_eq!(created, CANONICAL);
    let mut elsewhere = Chain::new(Config {
        predeploys: [Predeploy::NicksFactory].into(),
        ..Config::default()
    });
    let input = [&CANONICAL_SALT[..], &init_code].concat();
    let deployment = Transaction::call(world.alice, NICKS_FACTORY, input);
    let receipt = elsewhere.send(deployment);
    let receipt = receipt.expect("the transaction is valid");
    assert_eq!(receipt.status, Status::Success);
    assert_eq!(elsewhere.code(CANONICAL), world.chain.code(CANONICAL));
    assert_eq!(keccak256(world.chain.code(CANONICAL)), CANONICAL_CODE_HASH);
    world.watch(CANONICAL);
    world
}

fn random(dice: &mut Dice) -> createAccountCall {
    let word = |dice: &mut Dice| match dice.below(4) {
        0 => B256::ZERO,
        1 => B256::from(U256::from(dice.below(1_000))),
        2 => B256::repeat_byte(0xff),
        _ => dice.bytes32().into(),
    };
    createAccountCall {
        implementation: Address::from_word(word(dice)),
        salt: word(dice),
        chainId: word(dice).into(),
        tokenContract: Address::from_word(word(dice)),
        tokenId: word(dice).into(),
    }
}

fn as_view(call: &createAccountCall) -> accountCall {
    let createAccountCall {
        implementation,
        salt,
        chainId,
        tokenContract,
        tokenId,
    } = *call;
    accountCall {
        implementation,
        salt,
        chainId,
        tokenContract,
        tokenId,
    }
}

/// The 173 bytes of EIP-6551, written out once more.
fn runtime(call: &createAccountCall) -> Vec<u8> {
    [
        &hex::decode("363d3d373d3d3d363d73").expect("hex")[..],
        call.implementation.as_slice(),
        &hex::decode("5af43d82803e903d91602b57fd5bf3").expect("hex"),
        call.salt.as_slice(),
        &call.chainId.to_be_bytes::<32>(),
        call.tokenContract.into_word().as_slice(),
        &call.tokenId.to_be_bytes::<32>(),
    ]
    .concat()
}

#[test]
fn ours_does_what_the_canonical_one_does() {
    const SEED: u64 = 0x6551;
    println!("seed {SEED:#x}");
    let mut world = with_canonical();
    let (alice, ours) = (world.alice, world.registry);
    let mut dice = Dice::new(SEED);
    for _ in 0..40 {
        let call = random(&mut dice);
        let [at_ours, at_canonical] = [ours, CANONICAL].map(|registry| {
            let at = world.view(registry, as_view(&call));
            let already = !world.chain.code(at).is_empty();
            let done = world.act(alice, registry, call.clone()).done();
            assert_eq!(done.answer(), at);
            let logs: Vec<ERC6551AccountCreated> = done.events(registry);
            assert_eq!(done.receipt.logs.len(), usize::from(!already));
            if let [created] = &logs[..] {
                let expected = ERC6551AccountCreated {
                    account: at,
                    implementation: call.implementation,
                    salt: call.salt,
                    chainId: call.chainId,
                    tokenContract: call.tokenContract,
                    tokenId: call.tokenId,
                };
                assert_eq!(created, &expected);
            }
            assert_eq!(world.chain.code(at), Bytes::from(runtime(&call)));
            assert_eq!(world.chain.nonce(at), 1);
            at
        });
        // Each is where CREATE2 puts the same creation code, made by its own registry.
        let creation = [
            &hex::decode("3d60ad80600a3d3981f3").expect("hex")[..],
            &runtime(&call),
        ]
        .concat();
        assert_eq!(at_ours, ours.create2_from_code(call.salt, &creation));
        assert_eq!(
            at_canonical,
            CANONICAL.create2_from_code(call.salt, &creation)
        );
    }
}

#[test]
fn second_creation_answers_the_account_and_says_nothing() {
    let mut world = with_canonical();
    let alice = world.alice;
    let call = random(&mut Dice::new(1));
    for registry in [world.registry, CANONICAL] {
        let first = world.act(alice, registry, call.clone()).done();
        let before = world.dump();
        let second = world.act(alice, registry, call.clone()).done();
        assert_eq!(second.answer(), first.answer());
        assert!(second.receipt.logs.is_empty());
        assert_eq!(world.dump(), before);
    }
}

#[test]
fn account_delegates_to_its_implementation() {
    let mut world = World::new();
    let (alice, ours) = (world.alice, world.registry);
    let implementation = world.deploy("Actor");
    let call = createAccountCall {
        implementation,
        ..random(&mut Dice::new(2))
    };
    let account = world.act(alice, ours, call).done().answer();
    let refuse = lineage_tests::abi::Actor::refuseCall { whether: true };
    world.act(alice, account, refuse).done();
    assert_eq!(world.chain.storage_dump(account).len(), 1);
    assert!(world.chain.storage_dump(implementation).len() <= 1);
}

#[test]
fn registry_behind_a_proxy_creates_accounts_of_the_proxy() {
    let mut world = World::new();
    let (alice, ours) = (world.alice, world.registry);
    // ERC-1167 by EVM code, which runs the program in its own place by DELEGATECALL.
    let proxy = [
        &hex::decode("3d602d80600a3d3981f3363d3d373d3d3d363d73").expect("hex")[..],
        ours.as_slice(),
        &hex::decode("5af43d82803e903d91602b57fd5bf3").expect("hex"),
    ]
    .concat();
    let proxy = world.deploy_code(proxy);
    let call = random(&mut Dice::new(3));
    let creation = [
        &hex::decode("3d60ad80600a3d3981f3").expect("hex")[..],
        &runtime(&call),
    ]
    .concat();
    let account = proxy.create2_from_code(call.salt, &creation);
    assert_eq!(world.view(proxy, as_view(&call)), account);
    let done = world.act(alice, proxy, call.clone()).done();
    assert_eq!(done.answer(), account);
    assert_eq!(done.only::<ERC6551AccountCreated>(proxy).account, account);
    assert_eq!(world.chain.code(account), Bytes::from(runtime(&call)));
}

#[test]
fn new_account_fits_its_gas() {
    let mut world = World::new();
    let (alice, ours) = (world.alice, world.registry);
    let call = createAccountCall {
        implementation: Address::repeat_byte(0x11),
        salt: B256::ZERO,
        chainId: U256::from(412_346),
        tokenContract: Address::repeat_byte(0x22),
        tokenId: U256::from(1),
    };
    let gas = |world: &World| {
        let outcome = world.call(alice, ours, call.abi_encode());
        assert_eq!(outcome.status, Status::Success);
        outcome.gas_used
    };
    world.chain.cache_program(ours, false);
    let uncached = gas(&world);
    world.chain.cache_program(ours, true);
    let cached = gas(&world);
    println!("createAccount, new: {cached} cached, {uncached} uncached");
    assert!(cached <= 96_000, "{cached}");
    assert!(uncached <= 106_000, "{uncached}");
    assert!(cached < uncached);
}

#[test]
fn account_that_cannot_be_created_is_refused() {
    let mut world = World::new();
    let (alice, registry) = (world.alice, world.registry);
    let call = random(&mut Dice::new(7));
    // No nonce is left to create with.
    world.chain.set_nonce(registry, u64::MAX);
    world
        .act(alice, registry, call)
        .refused(AccountCreationFailed {});
}

//! The ends of numbers: what is beyond them is held, or refused by name, and never wraps or panics.

use crate::world::{ALICE, BOB, ECHO, create, create_active, ether, send, word};
use alloy_primitives::{Address, U256, address, hex, keccak256};
use alloy_sol_types::{SolCall, sol};
use stylus_chain::arbos::space::{ARBOS_ACCOUNT, Space};
use stylus_chain::chain::{EstimateError, Refused, SendError, SignedTransaction};
use stylus_chain::context::Unsupported;
use stylus_chain::store::{Memory, Writes};
use stylus_chain::{Chain, Config, Status, Transaction, TxError};

const ARB_OWNER: Address = address!("0000000000000000000000000000000000000070");
const ARB_ADDRESS_TABLE: Address = address!("0000000000000000000000000000000000000066");
/// Returns the gas it has left.
const TELLER: [u8; 7] = hex!("5a5f5260205ff3");
/// Calls an account that burns all it is given, at 0x…fe, and ends well.
const SPENDER: [u8; 11] = hex!("5f5f5f5f5f60fe5af15000");

sol! {
    function setL2BaseFee(uint256 price) external;
    function setMaxTxGasLimit(uint64 limit) external;
    function setInkPrice(uint32 price) external;
    function addChainOwner(address newOwner) external;
    function scheduleArbOSUpgrade(uint64 version, uint64 timestamp) external;
    function lookupIndex(uint256 index) external view returns (address);
    function register(address addr) external returns (uint256);
}

fn owner(chain: &mut Chain, call: &impl SolCall) {
    send(
        chain,
        Transaction::call(ALICE, ARB_OWNER, call.abi_encode()),
    );
}

fn nothing() -> Transaction {
    Transaction::transfer(BOB, ALICE, U256::ZERO)
}

#[test]
fn price_of_gas_beyond_64_bits_is_refused_by_name_until_it_is_set_anew() {
    let mut chain = Chain::default();
    let price = U256::from(u64::MAX);
    owner(&mut chain, &setL2BaseFeeCall { price });
    assert_eq!(
        chain.call(nothing()).map(|outcome| outcome.status),
        Ok(Status::Success)
    );
    chain.set_base_fee(100_000_000).expect("the store works");
    let price = price + U256::from(1);
    owner(&mut chain, &setL2BaseFeeCall { price });
    let before = chain.encode();

    let name = "a price of gas of 18446744073709551616 wei, which is more than 64 bits";
    let refused = TxError::Unsupported(Unsupported::GasPrice { price });
    assert_eq!(refused.to_string(), format!("unsupported: {name}"));
    assert_eq!(chain.send(nothing()), Err(refused.clone()));
    assert_eq!(chain.send_signed(&[]), Err(refused.clone()));
    assert_eq!(chain.rehearse(&nothing()), Err(refused.clone()));
    assert_eq!(chain.call(nothing()), Err(refused.clone()));
    assert_eq!(chain.estimate_gas(nothing()), Err(refused.into()));
    assert_eq!(chain.encode(), before);
    let kept = chain.at(chain.block_number()).expect("a kept block");
    assert!(kept.call(nothing()).is_ok());
    chain.set_base_fee(7).expect("the store works");
    assert_eq!(send(&mut chain, nothing()).gas_used, 21_000);
}

#[test]
fn call_gets_no_more_gas_than_the_settings_allow() {
    for (cap, got) in [(50_000_000, 50_000_000), (30_000, 30_000), (0, 60_000_000)] {
        let mut chain = Chain::new(Config {
            call_gas_cap: cap,
            ..Config::default()
        });
        let teller = create(&mut chain, &TELLER);
        let call = Transaction::call(BOB, teller, []).gas_limit(60_000_000);
        let left = chain.call(call).expect("a valid call").output;
        assert_eq!(U256::from_be_slice(&left), U256::from(got - 21_000 - 2));

        let burner = create(&mut chain, &[0xfe]);
        let burn = Transaction::call(BOB, burner, []).gas_limit(60_000_000);
        let Err(EstimateError::Fails { gas, .. }) = chain.estimate_gas(burn) else {
            panic!("it fails with any gas");
        };
        assert_eq!(gas, got);
    }
    assert_eq!(Config::default().call_gas_cap, 50_000_000);
}

#[test]
fn estimate_of_all_the_gas_there_is_ends_at_that() {
    let mut chain = Chain::new(Config {
        call_gas_cap: 0,
        ..Config::default()
    });
    owner(&mut chain, &setMaxTxGasLimitCall { limit: u64::MAX });
    chain.set_code(Address::with_last_byte(0xfe), [0xfe]);
    let spender = create(&mut chain, &SPENDER);
    let call = Transaction::call(BOB, spender, []).gas_limit(u64::MAX);

    let used = chain.call(call.clone()).expect("a valid call").gas_used;
    assert!(used.checked_add(used / 63 + 1).is_none(), "{used}");
    assert_eq!(chain.estimate_gas(call), Ok(used));
}

/// Calls the program that the first word names, and then ArbOwner with the 36 bytes that follow.
const PROGRAM_THEN_OWNER: [u8; 38] =
    hex!("5f5f5f5f5f5f355af115602257602460205f375f5f60245f5f60705af115602257005b5f5ffd");

#[test]
fn estimate_tries_each_time_with_the_prices_that_the_chain_has() {
    let contract = Address::repeat_byte(0x0c);
    let mut chain = Chain::default();
    let program = create_active(&mut chain, ECHO);
    chain.set_code(contract, PROGRAM_THEN_OWNER);
    owner(&mut chain, &addChainOwnerCall { newOwner: contract });
    let dear = setInkPriceCall { price: 1 }.abi_encode();
    let input = [word(program).to_be_bytes_vec(), dear].concat();
    let call = Transaction::call(BOB, contract, input);

    let gas = chain.estimate_gas(call.clone()).expect("it succeeds");

    let mut short = chain.clone();
    send(&mut chain, call.clone().gas_limit(gas));
    let receipt = short.send(call.gas_limit(gas - 1));
    assert!(!receipt.expect("a valid transaction").status.is_success());
}

#[test]
fn signed_transaction_of_too_many_bytes_is_refused_before_it_is_looked_at() {
    let mut chain = Chain::default();
    let bytes = vec![0x02; 95_001];
    let refused = Refused::Oversized { got: 95_001 };
    assert_eq!(SignedTransaction::decode(&bytes), Err(refused.clone()));
    assert_eq!(refused.to_string(), "oversized data");
    assert_eq!(chain.send_raw(&bytes), Err(SendError::Refused(refused)));
    let just = SignedTransaction::decode(&bytes[1..]);
    assert!(matches!(just, Err(Refused::Malformed(_))), "{just:?}");
}

#[test]
fn address_table_that_is_said_to_be_full_reverts() {
    let mut chain = Chain::default();
    // the table is the space that ArbOS names 3, and its size is in the first slot
    let size = Space::root().inside(3).slot_at(0);
    send(
        &mut chain,
        Transaction::call(
            BOB,
            ARB_ADDRESS_TABLE,
            registerCall { addr: BOB }.abi_encode(),
        ),
    );
    assert_eq!(chain.storage(ARBOS_ACCOUNT, size), U256::from(1));
    chain.set_storage(ARBOS_ACCOUNT, size, U256::MAX);
    let status = |chain: &Chain, input: Vec<u8>| {
        let call = Transaction::call(BOB, ARB_ADDRESS_TABLE, input);
        chain.call(call).expect("a valid call").status
    };

    let index = U256::from(u64::MAX);
    assert_eq!(
        status(&chain, lookupIndexCall { index }.abi_encode()),
        Status::Success
    );
    let register = registerCall { addr: ALICE }.abi_encode();
    assert_eq!(status(&chain, register), Status::Revert);
}

#[test]
fn account_that_earns_fees_has_no_more_than_can_be_counted() {
    let earner = Address::repeat_byte(0xee);
    let mut chain = Chain::new(Config {
        network_fee_account: earner,
        ..Config::default()
    });
    chain.set_balance(earner, U256::MAX - ether(1) / U256::from(1_000_000));
    send(&mut chain, nothing());
    assert_eq!(chain.balance(earner), U256::MAX);
}

#[test]
fn upgrade_that_is_due_ends_every_block_until_it_is_cancelled() {
    let mut chain = Chain::default();
    let timestamp = chain.timestamp() + 1_000;
    owner(
        &mut chain,
        &scheduleArbOSUpgradeCall {
            version: 99,
            timestamp,
        },
    );
    send(&mut chain, nothing());
    chain.set_next_timestamp(timestamp).expect("a later time");

    let name = "an upgrade to ArbOS 99, which a chain here has from its beginning or never, unless it is cancelled";
    let refused = TxError::Unsupported(Unsupported::Upgrade { version: 99 });
    assert_eq!(refused.to_string(), format!("unsupported: {name}"));
    assert_eq!(chain.send(nothing()), Err(refused));
    chain.cancel_upgrade().expect("memory does not fail");
    assert_eq!(send(&mut chain, nothing()).block_number, 3);
}

#[test]
fn store_that_is_restored_without_blocks_has_the_state() {
    let account = Address::repeat_byte(0x77);
    let mut writes = Writes::default();
    writes.set_slot(account, U256::from(1), U256::from(2));
    writes.set_account_with_code(account, Default::default(), TELLER.into());

    let store = Memory::restored(writes, Vec::new());

    assert_eq!(store.slot(account, U256::from(1)), U256::from(2));
    assert_eq!(store.account(account).code_hash, keccak256(TELLER));
}

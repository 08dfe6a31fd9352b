//! The inbox's own bytecode: what it does for its router, and that it does nothing for anyone else.

use alloy_primitives::{Address, U256, keccak256};
use logic::inbox;
use stylus_chain::{Chain, Executed, Status, Transaction};

const ROUTER: Address = Address::repeat_byte(0xaa);
const STRANGER: Address = Address::repeat_byte(0xbb);
const ASSET: Address = Address::repeat_byte(0xcc);
const REVERTING: Address = Address::repeat_byte(0xdd);
const FACTORY: Address = Address::repeat_byte(0xfa);
const INBOX: Address = Address::repeat_byte(0x1b);

/// LOG2(caller, value) of the calldata: shows what it was called with.
const ASSET_CODE: [u8; 9] = [0x36, 0x5f, 0x5f, 0x37, 0x34, 0x33, 0x36, 0x5f, 0xa2];
/// CREATE2 with the salt in the first word of calldata and the init code behind it; answers the address.
const FACTORY_CODE: [u8; 23] = [
    0x60, 0x20, 0x36, 0x03, 0x60, 0x20, 0x5f, 0x37, 0x5f, 0x35, 0x60, 0x20, 0x36, 0x03, 0x5f, 0x5f,
    0xf5, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3,
];
/// PUSH0 PUSH0 REVERT.
const REVERTING_CODE: [u8; 3] = [0x5f, 0x5f, 0xfd];

/// An inbox of ROUTER, itself a plain account, that holds 123 wei.
fn chain() -> Chain {
    let mut chain = Chain::default();
    chain.set_code(INBOX, inbox::runtime(&ROUTER.into_array()).to_vec());
    chain.set_code(ASSET, ASSET_CODE.to_vec());
    chain.set_code(REVERTING, REVERTING_CODE.to_vec());
    chain.set_code(FACTORY, FACTORY_CODE.to_vec());
    chain.set_balance(INBOX, U256::from(123));
    for account in [ROUTER, STRANGER] {
        chain.set_balance(account, U256::from(1) << 96);
    }
    chain
}

fn send(chain: &mut Chain, from: Address, value: u64, data: &[u8]) -> Executed {
    let call = Transaction::call(from, INBOX, data.to_vec()).value(U256::from(value));
    let receipt = chain.send(call).expect("the transaction is valid");
    assert_eq!(receipt.status, Status::Success);
    receipt
}

fn held(chain: &Chain) -> u64 {
    chain.balance(INBOX).to()
}

fn order(amount: u128) -> Vec<u8> {
    inbox::order(&ASSET.into_array(), amount).to_vec()
}

/// Calldata of every length up to 200 that names ASSET where an order does, the rest arbitrary.
fn odd_calldata() -> impl Iterator<Item = Vec<u8>> {
    (1..=200usize).map(|len| {
        let noise = (0..7u8).flat_map(|block| keccak256([len as u8, block]).0);
        let mut data: Vec<u8> = noise.take(len).collect();
        for (byte, asset) in data.iter_mut().skip(32).zip(ASSET.into_word()) {
            *byte = asset;
        }
        data
    })
}

#[test]
fn inbox_is_created_at_its_address_with_its_runtime() {
    let mut chain = chain();
    let (chain_id, work) = (412_346, 7);
    let keccak = |bytes: &[u8]| keccak256(bytes).0;
    let salt = inbox::salt(keccak, chain_id, work);
    let deploy = [&salt[..], &inbox::INIT_CODE].concat();

    let receipt = chain
        .send(Transaction::call(STRANGER, FACTORY, deploy))
        .expect("valid");

    let created = inbox::address(keccak, &FACTORY.into_array(), chain_id, work).into();
    assert_eq!(
        Address::from_word(U256::from_be_slice(&receipt.output).into()),
        created
    );
    assert_eq!(
        chain.code(created)[..],
        inbox::runtime(&FACTORY.into_array())
    );
}

#[test]
fn inbox_sends_its_router_the_native_value_it_orders() {
    let mut chain = chain();
    let before = chain.balance(ROUTER);

    let receipt = send(&mut chain, ROUTER, 0, &inbox::native_order(123));

    let fee = U256::from(receipt.gas_used) * U256::from(receipt.gas_price);
    assert_eq!(chain.balance(ROUTER) + fee, before + U256::from(123));
    assert_eq!((held(&chain), receipt.logs.len()), (0, 0));
}

#[test]
fn inbox_sends_its_router_a_part_and_nothing_where_it_holds_less() {
    let mut chain = chain();
    for (amount, left) in [(100, 23), (24, 23), (u128::MAX, 23), (0, 23), (23, 0)] {
        send(&mut chain, ROUTER, 0, &inbox::native_order(amount));
        assert_eq!(held(&chain), left);
    }
}

#[test]
fn inbox_transfers_the_asset_its_router_orders_and_keeps_its_native_value() {
    let mut chain = chain();

    let receipt = send(&mut chain, ROUTER, 0, &order(0x0102_0304));

    let [log] = &receipt.logs[..] else {
        panic!("one call, got {:?}", receipt.logs)
    };
    let amount = U256::from(0x0102_0304).to_be_bytes::<32>();
    let transfer = [&[0xa9, 0x05, 0x9c, 0xbb], &ROUTER.into_word()[..], &amount].concat();
    assert_eq!((log.address, &log.data.data[..]), (ASSET, &transfer[..]));
    assert_eq!(log.topics(), [INBOX.into_word(), U256::ZERO.into()]);
    assert_eq!(held(&chain), 123);
}

#[test]
fn inbox_ends_well_when_the_asset_reverts() {
    let mut chain = chain();
    send(
        &mut chain,
        ROUTER,
        0,
        &inbox::order(&REVERTING.into_array(), 1),
    );
    assert_eq!(held(&chain), 123);
}

#[test]
fn inbox_called_by_its_router_with_value_keeps_it() {
    let mut chain = chain();
    for data in [vec![], inbox::native_order(1).to_vec(), order(1)] {
        assert!(send(&mut chain, ROUTER, 5, &data).logs.is_empty());
    }
    assert_eq!(held(&chain), 138);
}

#[test]
fn inbox_takes_27_gas_to_be_paid() {
    let receipt = send(&mut chain(), STRANGER, 5, &[]);
    assert_eq!(receipt.gas_used, 21_000 + 27);
}

#[test]
fn inbox_stops_for_strangers_whatever_they_send() {
    let mut chain = chain();
    let mut paid = 0;
    for (value, data) in
        (0..).zip(odd_calldata().chain([vec![], inbox::native_order(1).to_vec(), order(1)]))
    {
        let receipt = send(&mut chain, STRANGER, value, &data);
        assert!(receipt.logs.is_empty());
        paid += value;
        assert_eq!(held(&chain), 123 + paid);
    }
}

#[test]
fn inbox_calls_nothing_but_transfer_to_its_router_whatever_the_router_sends() {
    let mut chain = chain();
    for data in odd_calldata().filter(|data| data.len() >= 64) {
        let receipt = send(&mut chain, ROUTER, 0, &data);
        let [log] = &receipt.logs[..] else {
            panic!("one call for {data:02x?}, got {:?}", receipt.logs)
        };
        let called = &log.data.data;
        assert_eq!(called.len(), data.len() - 32);
        assert_eq!(called[..4], [0xa9, 0x05, 0x9c, 0xbb]);
        let router = called[4..].iter().zip(ROUTER.into_word());
        assert!(router.into_iter().all(|(byte, router)| *byte == router));
        assert!(called.iter().skip(68).all(|byte| *byte == 0));
        assert!(log.topics()[1].is_zero(), "value went along");
    }
    assert_eq!(held(&chain), 123);
}

//! A chain kept as bytes.

use crate::world::{BOB, ECHO, STORER, create, create_active, send, words};
use alloy_primitives::U256;
use stylus_chain::chain::{DecodeError, Filter};
use stylus_chain::{Chain, Status, Transaction};

fn lived_in() -> Chain {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    send(
        &mut chain,
        Transaction::call(BOB, storer, words([U256::from(7), U256::from(42)])),
    );
    create_active(&mut chain, ECHO);
    let invalid = create(&mut chain, &[0xfe]);
    let halted = chain
        .send(Transaction::call(BOB, invalid, []).gas_limit(30_000))
        .expect("a valid transaction");
    assert!(matches!(halted.status, Status::Halt(_)));
    chain.increase_time(77);
    chain.set_base_fee(7).expect("the store works");
    chain.set_next_l1_block(30_000_000).expect("a later block");
    chain
}

#[test]
fn chain_comes_back_as_it_was() {
    let chain = lived_in();

    let back = Chain::decode(&chain.encode()).expect("a chain");

    assert_eq!(back.encode(), chain.encode());
    assert_eq!(back.config(), chain.config());
    assert_eq!(back.blocks(), chain.blocks());
    assert_eq!(back.timestamp(), chain.timestamp());
    assert_eq!((back.base_fee(), back.l1_block()), (7, 30_000_000));
    assert_eq!(back.logs(&Filter::default()).len(), 1);
}

#[test]
fn chain_that_came_back_goes_on_alike() {
    let mut chain = lived_in();
    let mut back = Chain::decode(&chain.encode()).expect("a chain");
    for chain in [&mut chain, &mut back] {
        create(chain, &STORER);
    }

    assert_eq!(back.encode(), chain.encode());
}

#[test]
fn what_was_only_looked_at_is_not_kept() {
    let mut chain = lived_in();
    let snapshot = chain.encode();
    let absent = alloy_primitives::Address::repeat_byte(0x99);
    chain.set_balance(absent, U256::from(1));
    chain.set_balance(absent, U256::ZERO);

    assert_eq!(chain.encode(), snapshot);
}

#[test]
fn bytes_that_are_no_chain_are_refused() {
    let bytes = lived_in().encode();
    let version = 12..16;
    let mut newer = bytes.clone();
    newer[version].copy_from_slice(&5_u32.to_be_bytes());

    let refusal = |bytes: &[u8]| Chain::decode(bytes).err();
    assert_eq!(refusal(b"{}"), Some(DecodeError::NotAChain));
    assert_eq!(refusal(b""), Some(DecodeError::NotAChain));
    assert_eq!(
        refusal(&newer),
        Some(DecodeError::UnknownVersion { got: 5 })
    );
    assert!(matches!(
        refusal(&bytes[..bytes.len() - 1]),
        Some(DecodeError::Damaged(_))
    ));
    assert!(matches!(
        refusal(&[bytes.as_slice(), &[0]].concat()),
        Some(DecodeError::Damaged(_))
    ));
}

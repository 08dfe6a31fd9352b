//! What is read of a store: what is touched, and nothing that grows with the state.

use crate::watched::{Read, Watched, Watcher, watched};
use alloy_primitives::{Address, Bytes, U256, address, hex, keccak256};
use stylus_chain::arbos::predeploys::BLOCK_HASHES;
use stylus_chain::arbos::space::{ARBOS_ACCOUNT, Space};
use stylus_chain::chain::{Refused, SendError, SnapshotId};
use stylus_chain::{Chain, DEV_ACCOUNTS, Transaction};

const ALICE: Address = DEV_ACCOUNTS[0];
const BOB: Address = DEV_ACCOUNTS[1];
/// The account that Arbitrum's sequencer names.
const SEQUENCER: Address = address!("a4b000000000000000000073657175656e636572");
const LOADER: Address = Address::repeat_byte(0x52);
/// Returns the slot that its calldata names.
const LOADER_CODE: [u8; 10] = hex!("5f35545f5260205ff300");

/// A chain with so many accounts and as many slots in one of them, and a block with a transfer.
fn chain_of(size: u64) -> (Chain<Watched>, Watcher) {
    let (mut chain, watcher) = watched();
    chain
        .edit(|state| {
            state.set_code(LOADER, Bytes::from_static(&LOADER_CODE));
            for number in 0..size {
                let address = Address::from_word(keccak256(number.to_be_bytes()));
                state.edit(address, |account| account.balance = U256::from(1));
                state.set_slot(LOADER, U256::from(number), U256::from(number + 1));
            }
        })
        .expect("the store works");
    for _ in 0..2 {
        let transfer = Transaction::transfer(ALICE, BOB, U256::from(1));
        chain.send(transfer).expect("a valid transaction");
    }
    (chain, watcher)
}

fn load() -> Transaction {
    Transaction::call(BOB, LOADER, U256::from(3).to_be_bytes_vec())
}

/// What each thing that can be done to a chain reads, by its name.
fn all_reads(size: u64) -> Vec<(&'static str, Vec<Read>)> {
    let (mut chain, watcher) = chain_of(size);
    let mut snapshot = SnapshotId(0);
    vec![
        ("head", watcher.reads_of(|| chain.head().expect("a state"))),
        (
            "call",
            watcher.reads_of(|| chain.call(load()).expect("a call")),
        ),
        (
            "rehearse",
            watcher.reads_of(|| chain.rehearse(&load()).expect("a call")),
        ),
        ("at", watcher.reads_of(|| chain.at(1).expect("a state"))),
        (
            "balance at",
            watcher.reads_of(|| chain.at(1).and_then(|at| at.balance(BOB))),
        ),
        (
            "slot at",
            watcher.reads_of(|| chain.at(1).and_then(|at| at.storage(LOADER, U256::from(3)))),
        ),
        (
            "call at",
            watcher.reads_of(|| chain.at(1).expect("a state").call(load()).expect("a call")),
        ),
        ("snapshot", watcher.reads_of(|| snapshot = chain.snapshot())),
        (
            "send",
            watcher.reads_of(|| chain.send(load()).expect("a transaction")),
        ),
        (
            "roll back",
            watcher
                .reads_of(|| assert!(chain.roll_back(snapshot).is_ok_and(|gone| gone.is_some()))),
        ),
    ]
}

#[test]
fn what_is_done_reads_what_it_touches_and_no_more() {
    let called = vec![
        // its nonce, which the transaction does not name
        Read::Account(BOB),
        Read::Account(BOB),
        Read::Account(LOADER),
        Read::Code(keccak256(LOADER_CODE)),
        Read::Slot(LOADER, U256::from(3)),
    ];
    // who is named as the beneficiary of every block
    let sent = [called.clone(), vec![Read::Account(SEQUENCER)]].concat();
    // each with how often ArbOS reads what it keeps itself: the price of gas at first, then its settings; and what the next
    // block begins with; and of what is sent or rehearsed whether it is filtered, and who is paid
    let expected = vec![
        ("head", 1, vec![]),
        ("call", 16, called.clone()),
        ("rehearse", 23, sent.clone()),
        ("at", 0, vec![]),
        ("balance at", 0, vec![Read::Account(BOB)]),
        ("slot at", 0, vec![Read::Slot(LOADER, U256::from(3))]),
        ("call at", 2, called),
        ("snapshot", 0, vec![]),
        ("send", 25, sent),
        ("roll back", 0, vec![]),
    ];
    let split = |(name, reads): (&'static str, Vec<Read>)| {
        let (arbos, others): (Vec<_>, Vec<_>) = reads.into_iter().partition(is_arbos);
        (name, arbos.len(), others)
    };
    let got: Vec<_> = all_reads(10).into_iter().map(split).collect();
    assert_eq!(got, expected);
}

/// Whether it is of the accounts in which ArbOS keeps what it needs for any transaction.
fn is_arbos(read: &Read) -> bool {
    let (Read::Account(account) | Read::Slot(account, _)) = read else {
        return false;
    };
    *account == BLOCK_HASHES
        || account.starts_with(&[0xa4, 0xb0, 0x5f])
        || account[..3] == [0xa4, 0xb0, 0x50]
}

#[test]
fn what_is_done_reads_as_much_of_a_large_state_as_of_a_small_one() {
    assert_eq!(all_reads(10), all_reads(20_000));
}

/// An estimate tries several limits and reads for each.
#[test]
fn estimate_reads_as_much_of_a_large_state_as_of_a_small_one() {
    let reads = |size| {
        let (chain, watcher) = chain_of(size);
        watcher.reads_of(|| chain.estimate_gas(load()).expect("it succeeds"))
    };
    assert_eq!(reads(10), reads(20_000));
}

/// Signed transfers that Nitro's node was sent: one for this chain, one for chain 1.
const OURS: [u8; 106] = hex!(
    "f868808405f5e1008252089470997970c51812dc3a010c7d01b50e0d17dc79c88203e880830c9597a0e86626b8b6720199102db5f36ca07098dc3e9c5958e7d9a21b844a3dc6593e64a0584e5a9892ee1d4f979bba4db7d0366b6c9c837c3810f1a00f6225392709f905"
);
const OTHERS: [u8; 106] = hex!(
    "02f867010880843b9aca00831e84809470997970c51812dc3a010c7d01b50e0d17dc79c88080c001a05e0ca7f1a9ebd58ab7493cca414b14d3fbc80e496e4b4e1d8db6d5495a8c92c7a06800a593912f02239f97367a82ebfa0b04a66326195f1db4edd1a0f9ea031f8f"
);

/// How hard to compress is only asked where something is compressed, which takes long.
#[test]
fn transaction_for_another_chain_is_refused_before_it_is_compressed() {
    let (mut chain, watcher) = watched();
    let level = Read::Slot(ARBOS_ACCOUNT, Space::root().slot_at(7));

    let reads = watcher.reads_of(|| chain.send_raw(&OURS).expect("it is taken"));
    assert!(reads.contains(&level), "{reads:?}");
    let mut sent = None;
    let reads = watcher.reads_of(|| sent = Some(chain.send_raw(&OTHERS)));
    let refused = Refused::OtherChain {
        got: 1,
        expected: 412_346,
    };
    assert_eq!(sent, Some(Err(SendError::Refused(refused))));
    assert!(!reads.contains(&level), "{reads:?}");
}

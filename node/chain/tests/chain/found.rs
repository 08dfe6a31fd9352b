//! Blocks, transactions and logs, found without looking at all.

use crate::world::{ALICE, BOB, create, ether, send, words};
use alloy_primitives::{Address, B256, Bytes, U256, hex, keccak256};
use proptest::prelude::*;
use std::sync::Arc;
use stylus_chain::chain::{ChainLog, Filter, Receipt};
use stylus_chain::{Chain, Transaction};

/// Logs 32 bytes of calldata under a topic of 32 more.
const LOGGER: [u8; 13] = hex!("60205f5f3760203560205fa100");

/// All that is found of a chain, by looking at all.
fn check_all(chain: &Chain) {
    for block in chain.blocks() {
        assert_eq!(chain.block_by_hash(block.hash).as_ref(), Some(&block));
        for (index, encoded) in block.transactions.iter().enumerate() {
            let found = chain.transaction(keccak256(encoded));
            assert_eq!(found, Some((Arc::clone(&block), index)));
        }
        for receipt in &block.receipts {
            let found = chain.receipt(receipt.transaction_hash);
            assert_eq!(found.as_ref(), Some(receipt));
            let index = usize::try_from(receipt.transaction_index).expect("it is small");
            let encoded = &block.transactions[index];
            assert_eq!(keccak256(encoded), receipt.transaction_hash);
        }
    }
}

#[test]
fn blocks_and_transactions_are_found_by_their_hashes_also_when_the_chain_came_back() {
    let mut chain = Chain::default();
    for wei in 0..3 {
        let pay = |from| Transaction::transfer(from, BOB, U256::from(wei));
        chain.send_all(vec![pay(ALICE), pay(BOB)]).expect("valid");
    }
    check_all(&chain);
    let back = Chain::decode(&chain.encode()).expect("a chain");
    check_all(&back);
    let own = keccak256(&chain.blocks()[2].transactions[0]);
    assert_eq!(chain.receipt(own), None);
    for absent in [B256::ZERO, B256::repeat_byte(1)] {
        assert_eq!(chain.block_by_hash(absent), None);
        assert_eq!(chain.transaction(absent), None);
        assert_eq!(chain.receipt(absent), None);
    }
}

#[test]
fn what_was_gone_back_from_is_not_found() {
    let mut chain = Chain::default();
    let pay = |wei| Transaction::transfer(ALICE, BOB, ether(wei));
    let kept = send(&mut chain, pay(1)).transaction_hash;
    let snapshot = chain.snapshot();
    let gone = send(&mut chain, pay(2)).transaction_hash;
    let block = chain.blocks()[2].hash;
    assert!(chain.revert_to(snapshot));

    assert_eq!(chain.block_by_hash(block), None);
    assert_eq!(chain.receipt(gone), None);
    assert_eq!(
        chain.receipt(kept).map(|receipt| receipt.block_number),
        Some(1)
    );
    check_all(&chain);
}

/// A nonce set back by hand makes the same transaction, to the hash, possible once more.
#[test]
fn of_transactions_with_one_hash_the_last_is_found_and_the_one_before_after_going_back() {
    let mut chain = Chain::default();
    let pay = || Transaction::transfer(ALICE, BOB, ether(1));
    let place = |chain: &Chain, hash| {
        let receipt: Receipt = chain.receipt(hash).expect("it is there");
        (receipt.block_number, receipt.transaction_index)
    };
    let hash = send(&mut chain, pay()).transaction_hash;
    let mut snapshots = Vec::new();
    for number in 2..5 {
        snapshots.push(chain.snapshot());
        chain.set_nonce(ALICE, 0);
        let other = Transaction::transfer(BOB, ALICE, U256::ZERO);
        let sent = chain.send_all(vec![other, pay()]).expect("valid");
        assert_eq!(sent[1].transaction_hash, hash);
        assert_eq!(place(&chain, hash), (number, 2));
    }
    let back = Chain::decode(&chain.encode()).expect("a chain");
    assert_eq!(place(&back, hash), (4, 2));
    for (number, expected) in [(2, (3, 2)), (1, (2, 2)), (0, (1, 1))] {
        assert!(chain.revert_to(snapshots[number]));
        assert_eq!(place(&chain, hash), expected);
    }
}

/// A chain in which three contracts log under some topics, and some blocks have no log.
fn logging(seed: u64) -> (Chain, Vec<Address>) {
    let mut chain = Chain::default();
    let loggers: Vec<_> = (0..3).map(|_| create(&mut chain, &LOGGER)).collect();
    for number in 0..12_u64 {
        let log = |at: u64| {
            let data = words([U256::from(number), U256::from((seed >> at) % 4)]);
            let logger = loggers[((seed >> (at + number)) % 3) as usize];
            Transaction::call(BOB, logger, Bytes::from(data))
        };
        let transactions = (0..(seed >> number) % 3).map(log).collect();
        chain.send_all(transactions).expect("valid transactions");
    }
    (chain, loggers)
}

/// The logs that a filter means, found by looking at all.
fn naive(chain: &Chain, filter: &Filter) -> Vec<ChainLog> {
    let mut found = Vec::new();
    for block in chain.blocks() {
        let mut log_index = 0;
        for receipt in &block.receipts {
            for log in &receipt.logs {
                let has = |(at, topic): (usize, &Option<B256>)| {
                    log.topics()
                        .get(at)
                        .is_some_and(|got| topic.is_none_or(|topic| topic == *got))
                };
                let is_wanted = block.number >= filter.from_block.unwrap_or(0)
                    && block.number <= filter.to_block.unwrap_or(u64::MAX)
                    && (filter.addresses.is_empty() || filter.addresses.contains(&log.address))
                    && filter.topics.iter().enumerate().all(has);
                if is_wanted {
                    found.push(ChainLog {
                        log: log.clone(),
                        block_number: block.number,
                        transaction_hash: receipt.transaction_hash,
                        transaction_index: receipt.transaction_index,
                        log_index,
                    });
                }
                log_index += 1;
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn logs_are_those_that_looking_at_all_finds(
        seed in any::<u64>(),
        from_block in prop::option::of(prop_oneof![0_u64..18, Just(u64::MAX)]),
        to_block in prop::option::of(prop_oneof![0_u64..18, Just(u64::MAX)]),
        addresses in prop::collection::vec(0_usize..4, 0..3),
        topics in prop::collection::vec(prop::option::of(0_u64..5), 0..3),
    ) {
        let (chain, loggers) = logging(seed);
        let address = |at: usize| loggers.get(at).copied().unwrap_or(ALICE);
        let filter = Filter {
            from_block,
            to_block,
            addresses: addresses.into_iter().map(address).collect(),
            topics: topics.into_iter().map(|topic| topic.map(|topic| U256::from(topic).into())).collect(),
        };
        prop_assert_eq!(chain.logs(&filter), naive(&chain, &filter));
    }
}

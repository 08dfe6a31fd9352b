//! Blocks, logs, time, snapshots, and calls that leave no trace.

use crate::world::{ALICE, BOB, LOADER, STORER, create, ether, send, words};
use alloy_primitives::{Address, B256, U256, hex};
use stylus_chain::chain::{EstimateError, Filter, PastL1Block, PastTime};
use stylus_chain::{Chain, Config, Status, Transaction};

/// Logs 32 bytes of calldata under a topic of 32 more.
const LOGGER: [u8; 13] = hex!("60205f5f3760203560205fa100");

fn log(to: Address, data: u64, topic: u64) -> Transaction {
    Transaction::call(BOB, to, words([U256::from(data), U256::from(topic)]))
}

#[test]
fn contract_is_created_called_and_read() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    assert_eq!(storer, ALICE.create(0));
    assert_eq!(chain.code(storer)[..], STORER);

    send(
        &mut chain,
        Transaction::call(BOB, storer, words([U256::from(7), U256::from(42)])),
    );

    assert_eq!(chain.storage(storer, U256::from(7)), U256::from(42));
    assert_eq!(
        chain.storage_dump(storer).into_iter().collect::<Vec<_>>(),
        [(U256::from(7), U256::from(42))]
    );
}

#[test]
fn call_leaves_no_trace() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    let before = chain.encode();
    let call = Transaction::call(BOB, storer, words([U256::from(7), U256::from(42)]));

    let outcome = chain.call(call).expect("a valid call");

    assert_eq!(outcome.status, Status::Success);
    assert_eq!(chain.encode(), before);
}

/// Tells the hashes of the last block: as of the parent chain's, and as EIP-2935 keeps them. Reverts if there is none.
const HASHES: [u8; 58] = hex!(
    "6001430340 5f52 5f35602052 6020602060206020 5f 73 0000F90827F1C53a10cb7A02335B175320002935 5af150"
    "5f51 6035 57 5f5ffd 5b 60405ff3"
);

#[test]
fn call_and_estimate_see_the_next_block_begun_as_sending_does() {
    let mut chain = Chain::default();
    let hashes = Address::repeat_byte(0x66);
    chain.set_code(hashes, HASHES);
    for number in 0..3 {
        // so that each block follows another of the parent chain
        chain.increase_time(12);
        let call = Transaction::call(BOB, hashes, words([U256::from(number)]));
        let last = chain.block(number).expect("a block").hash;

        let called = chain.call(call.clone()).expect("a valid call");
        let estimate = chain.estimate_gas(call.clone());
        let rehearsed = chain.rehearse(&call).expect("it can be paid for");
        let sent = send(&mut chain, call);

        assert_eq!(called.output, [last, last].concat());
        assert_eq!(called.output, sent.output);
        assert_eq!(
            (called.status, called.gas_used),
            (Status::Success, sent.gas_used)
        );
        assert_eq!(rehearsed, sent);
        assert_eq!(estimate, Ok(sent.gas_used));
    }
}

#[test]
fn call_may_come_from_a_contract_without_money() {
    let mut chain = Chain::default();
    let loader = create(&mut chain, &LOADER);
    chain.set_storage(loader, U256::from(3), U256::from(9));

    let outcome = chain
        .call(Transaction::call(loader, loader, words([U256::from(3)])))
        .expect("a valid call");

    assert_eq!(U256::from_be_slice(&outcome.output), U256::from(9));
}

#[test]
fn transactions_of_one_block_see_each_other_and_share_its_time() {
    let mut chain = Chain::default();
    let stranger = Address::repeat_byte(0x55);
    let onward = Transaction::transfer(stranger, BOB, ether(1));

    let receipts = chain
        .send_all(vec![
            Transaction::transfer(ALICE, stranger, ether(2)),
            onward,
        ])
        .expect("valid transactions");

    assert_eq!(chain.block_number(), 1);
    let places: Vec<_> = receipts
        .iter()
        .map(|receipt| (receipt.block_number, receipt.transaction_index))
        .collect();
    assert_eq!(places, [(1, 1), (1, 2)]);
    assert_eq!(chain.block(1).map(|block| block.gas_used()), Some(42_000));
}

#[test]
fn block_with_an_invalid_transaction_is_not_made() {
    let mut chain = Chain::default();
    let before = chain.encode();

    let error = chain.send_all(vec![
        Transaction::transfer(ALICE, BOB, ether(2)),
        Transaction::transfer(BOB, ALICE, U256::ZERO).nonce(9),
    ]);

    assert!(error.is_err());
    assert_eq!(chain.encode(), before);
}

#[test]
fn same_history_gives_the_same_hashes_and_another_does_not() {
    let run = |amount| {
        let mut chain = Chain::default();
        let receipt = send(&mut chain, Transaction::transfer(ALICE, BOB, ether(amount)));
        (
            receipt.transaction_hash,
            chain.block(1).map(|block| block.hash),
        )
    };
    let settings = |base_fee| {
        let chain = Chain::new(Config {
            base_fee,
            ..Config::default()
        });
        chain.block(0).map(|block| block.hash)
    };

    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
    assert_ne!(settings(1), settings(2));
}

#[test]
fn receipt_is_found_by_its_hash_and_a_trace_is_beside_it() {
    let mut chain = Chain::new(Config {
        trace: true,
        ..Config::default()
    });

    let sent = send(&mut chain, Transaction::transfer(ALICE, BOB, ether(1)));

    assert_ne!(sent.trace, Default::default());
    let kept = chain.receipt(sent.transaction_hash);
    assert_eq!(kept.as_ref(), Some(&sent.receipt));
    assert_eq!(chain.receipt(B256::ZERO), None);
    assert_eq!(chain.receipts().count(), 1);
}

#[test]
fn logs_are_found_by_block_account_and_topic() {
    let mut chain = Chain::default();
    let (first, second) = (create(&mut chain, &LOGGER), create(&mut chain, &LOGGER));
    chain
        .send_all(vec![log(first, 1, 10), log(second, 2, 20)])
        .expect("valid transactions");
    send(&mut chain, log(first, 3, 20));
    let found = |filter: Filter| {
        let logs = chain.logs(&filter).into_iter();
        logs.map(|entry| {
            let data = U256::from_be_slice(&entry.log.data.data).to::<u64>();
            (data, entry.block_number, entry.log_index)
        })
        .collect::<Vec<_>>()
    };
    let topic = |number: u64| B256::from(U256::from(number));

    assert_eq!(found(Filter::default()), [(1, 3, 0), (2, 3, 1), (3, 4, 0)]);
    assert_eq!(found(Filter::of(first)), [(1, 3, 0), (3, 4, 0)]);
    assert_eq!(
        found(Filter::default().topic(topic(20))),
        [(2, 3, 1), (3, 4, 0)]
    );
    assert_eq!(
        found(Filter::default().topic(topic(20)).from_block(4)),
        [(3, 4, 0)]
    );
    assert_eq!(found(Filter::of(second).to_block(2)), []);
    assert_eq!(
        found(Filter::default().topic(topic(20)).topic(topic(1))),
        []
    );
}

#[test]
fn snapshot_is_gone_back_to_once() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    let before = chain.encode();
    let outer = chain.snapshot();
    send(
        &mut chain,
        Transaction::call(BOB, storer, words([U256::from(7), U256::from(42)])),
    );
    let inner = chain.snapshot();
    chain.increase_time(1_000);
    chain.set_balance(BOB, U256::ZERO);

    assert!(chain.revert_to(outer));

    assert_eq!(chain.encode(), before);
    assert!(!chain.revert_to(inner));
    assert!(!chain.revert_to(outer));
}

#[test]
fn block_after_going_back_has_the_hash_it_would_have_had() {
    let mut chain = Chain::default();
    let mut other = Chain::default();
    let snapshot = chain.snapshot();
    send(&mut chain, Transaction::transfer(ALICE, BOB, ether(1)));
    chain.revert_to(snapshot);
    for chain in [&mut chain, &mut other] {
        send(chain, Transaction::transfer(BOB, ALICE, ether(1)));
    }

    assert_eq!(chain.encode(), other.encode());
}

#[test]
fn time_moves_a_second_a_block_and_further_when_told() {
    let mut chain = Chain::default();
    // TIMESTAMP and NUMBER, which is the parent chain's
    let clock = create(&mut chain, &hex!("425f524360205260405ff300"));
    let genesis = chain.config().timestamp;
    let seen = |chain: &Chain| {
        let outcome = chain
            .call(Transaction::call(BOB, clock, []))
            .expect("a valid call");
        let word = |at: usize| U256::from_be_slice(&outcome.output[at..at + 32]).to::<u64>();
        (word(0), word(32))
    };
    assert_eq!(chain.timestamp(), genesis + 2);
    assert_eq!(seen(&chain), (genesis + 2, 21_500_000));

    chain.increase_time(3_600);
    assert_eq!(seen(&chain), (genesis + 3_602, 21_500_000 + 300));

    send(&mut chain, Transaction::transfer(ALICE, BOB, U256::ZERO));
    let times: Vec<_> = chain.blocks().iter().map(|block| block.timestamp).collect();
    assert_eq!(times, [genesis, genesis + 1, genesis + 3_602]);
    assert_eq!(
        chain.set_next_timestamp(genesis + 3_601),
        Err(PastTime {
            got: genesis + 3_601,
            last: genesis + 3_602
        })
    );
    assert_eq!(chain.set_next_timestamp(genesis + 3_602), Ok(()));
    assert_eq!(chain.timestamp(), genesis + 3_602);
}

#[test]
fn estimate_is_the_least_gas_that_is_enough() {
    let mut chain = Chain::default();
    let storer = create(&mut chain, &STORER);
    chain.set_storage(storer, U256::from(1), U256::from(5));
    // clearing a slot gives gas back only after it was needed
    let clear = Transaction::call(BOB, storer, words([U256::from(1), U256::ZERO]));

    let gas = chain.estimate_gas(clear.clone()).expect("it succeeds");

    let mut short = chain.clone();
    let receipt = short
        .send(clear.clone().gas_limit(gas - 1))
        .expect("a valid transaction");
    assert!(!receipt.status.is_success());
    let receipt = send(&mut chain, clear.gas_limit(gas));
    assert_eq!(receipt.gas_used, gas - 4_800);
}

#[test]
fn estimate_of_a_transaction_that_fails_says_how() {
    let mut chain = Chain::default();
    // reverts with one word, 42
    let reverts = create(&mut chain, &hex!("602a5f5260205ffd"));

    let error = chain.estimate_gas(Transaction::call(BOB, reverts, []));

    let Err(EstimateError::Fails { outcome, .. }) = error else {
        panic!("got {error:?}");
    };
    assert_eq!(outcome.status, Status::Revert);
    assert_eq!(U256::from_be_slice(&outcome.output), U256::from(42));
}

#[test]
fn chain_can_be_moved_to_another_thread() {
    let mut chain = Chain::default();

    let number = std::thread::spawn(move || {
        send(&mut chain, Transaction::transfer(ALICE, BOB, U256::ZERO)).block_number
    })
    .join();

    assert_eq!(number.ok(), Some(1));
}

#[test]
fn clock_stops_at_the_end_of_time() {
    let last = u64::MAX;
    let config = Config {
        timestamp: last,
        l1_block: last,
        ..Config::default()
    };
    let mut late = Chain::new(config);
    late.increase_time(1);
    let mut forwarded = Chain::default();
    forwarded.increase_time(last);
    for chain in [&mut late, &mut forwarded] {
        for _ in 0..2 {
            send(chain, Transaction::transfer(BOB, BOB, U256::ZERO));
        }
        assert_eq!(chain.timestamp(), last);
        let back = Chain::decode(&chain.encode()).expect("a chain");
        assert_eq!(back.encode(), chain.encode());
    }
    assert_eq!(late.blocks()[2].l1_block, last);
}

#[test]
fn parents_block_is_set_and_grows_from_there() {
    let mut chain = Chain::default();
    chain.set_next_l1_block(30_000_000).expect("a later block");
    chain.increase_time(24);
    send(&mut chain, nothing());
    assert_eq!(chain.blocks()[1].l1_block, 30_000_002);
    let past = chain.set_next_l1_block(30_000_001);
    assert_eq!(
        past,
        Err(PastL1Block {
            got: 30_000_001,
            last: 30_000_002
        })
    );
}

/// Time that was to go by and is taken back takes back no block of the parent chain that contracts have seen.
#[test]
fn parents_block_never_goes_back() {
    let mut chain = Chain::default();
    send(&mut chain, nothing());
    let last = chain.blocks()[1].clone();
    chain.increase_time(12_000);
    chain.set_next_l1_block(last.l1_block).expect("the same");
    chain.set_next_timestamp(last.timestamp).expect("the same");
    send(&mut chain, nothing());
    assert_eq!(chain.blocks()[2].l1_block, last.l1_block);
}

#[test]
fn going_back_takes_back_the_price_of_gas_and_the_parents_block() {
    let mut chain = Chain::default();
    let mut twin = chain.clone();
    let snapshot = chain.snapshot();
    chain.set_base_fee(7).expect("the store works");
    chain.set_next_l1_block(99_000_000).expect("a later block");
    assert!(chain.revert_to(snapshot));
    send(&mut chain, nothing());
    send(&mut twin, nothing());
    assert_eq!(chain.blocks(), twin.blocks());
}

fn nothing() -> Transaction {
    Transaction::transfer(BOB, ALICE, U256::ZERO)
}

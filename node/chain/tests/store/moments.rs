//! The chain at one moment: as it is now, or as a block left it.

use alloy_eips::eip2930::{AccessList, AccessListItem};
use alloy_primitives::{Address, B256, U256, hex};
use std::collections::BTreeMap;
use std::thread;
use stylus_chain::context::Broken;
use stylus_chain::store::{Account, AccountChange, Change, StoreError};
use stylus_chain::{Chain, DEV_ACCOUNTS, Transaction, TxError};

const ALICE: Address = DEV_ACCOUNTS[0];
const BOB: Address = DEV_ACCOUNTS[1];
const CAROL: Address = Address::repeat_byte(0xca);
const CLOCK: Address = Address::repeat_byte(0xc1);
/// Returns the time, the number of the parent's block and the price of gas.
const CLOCK_CODE: [u8; 15] = hex!("425f52436020524860405260605ff3");

fn pay(chain: &mut Chain, wei: u64) {
    let transfer = Transaction::transfer(ALICE, CAROL, U256::from(wei));
    chain.send(transfer).expect("a valid transaction");
}

fn carols(chain: &Chain, block: u64) -> Result<U256, StoreError> {
    chain.at(block)?.balance(CAROL)
}

#[test]
fn block_is_read_as_it_left_the_state() {
    let mut chain = Chain::default();
    pay(&mut chain, 5);
    pay(&mut chain, 7);

    let balances = [0, 1, 2].map(|block| carols(&chain, block));
    assert_eq!(balances, [0, 5, 12].map(|wei| Ok(U256::from(wei))));
}

#[test]
fn block_is_run_again_on_what_it_began_with() {
    let mut chain = Chain::default();
    pay(&mut chain, 5);
    chain.set_balance(ALICE, U256::from(10_u64.pow(18)));
    pay(&mut chain, 7);
    chain.set_balance(ALICE, U256::from(1));

    for block in [1, 2] {
        let again = chain.again(block).expect("a block");
        let hashes: Vec<_> = again.hashes().collect();
        assert_eq!(hashes.len(), 2);
        // it would say so if anything came out otherwise
        let watched = again.run(None, |_| None);
        assert_eq!(watched.map(|watched| watched.len()), Ok(0));
    }
    let last = StoreError::NoBlock { block: 3, last: 2 };
    assert_eq!(chain.again(3).err(), Some(TxError::Store(last)));
    assert!(chain.again(0).is_err(), "genesis ran nothing");
}

#[test]
fn block_that_comes_to_something_else_when_it_is_run_again_is_not_shown() {
    let mut chain = Chain::default();
    // what is not signed does not keep what it said that it would touch
    let touched = AccessList(vec![AccessListItem {
        address: CAROL,
        storage_keys: Vec::new(),
    }]);
    let transfer = Transaction::transfer(ALICE, BOB, U256::from(1)).access_list(touched);
    let hash = chain.send(transfer).expect("valid").transaction_hash;

    let again = chain.again(1).expect("a block");
    let broken = TxError::Broken(Broken::NotAgain { hash });
    assert_eq!(again.run(None, |_| None).err(), Some(broken));
}

#[test]
fn what_is_set_by_hand_belongs_to_the_block_that_comes_next() {
    let mut chain = Chain::default();
    pay(&mut chain, 5);
    chain.set_balance(CAROL, U256::from(100));
    chain.set_storage(CAROL, U256::from(1), U256::from(2));

    assert_eq!(carols(&chain, 1), Ok(U256::from(5)));
    let head = chain.head().expect("a state");
    assert_eq!(head.balance(CAROL), Ok(U256::from(100)));

    chain.send_all(Vec::new()).expect("an empty block");
    assert_eq!(carols(&chain, 1), Ok(U256::from(5)));
    assert_eq!(carols(&chain, 2), Ok(U256::from(100)));
    let of_wei = |wei| Account {
        balance: U256::from(wei),
        ..Account::default()
    };
    let carol = AccountChange {
        account: Change {
            before: of_wei(5),
            after: of_wei(100),
        },
        slots: BTreeMap::from([(
            U256::from(1),
            Change {
                before: U256::ZERO,
                after: U256::from(2),
            },
        )]),
    };
    let changed = chain.changes(2).map(|mut changes| changes.0.remove(&CAROL));
    assert_eq!(changed, Ok(Some(carol)));
}

#[test]
fn block_that_is_not_there_is_refused_by_its_number() {
    let mut chain = Chain::default();
    pay(&mut chain, 5);
    let refusal = StoreError::NoBlock { block: 2, last: 1 };
    assert_eq!(carols(&chain, 2), Err(refusal.clone()));
    assert_eq!(chain.changes(2), Err(refusal.clone()));
    assert_eq!(refusal.to_string(), "there is no block 2, the last is 1");
}

#[test]
fn chain_that_came_back_keeps_the_state_of_its_last_block_alone() {
    let mut chain = Chain::default();
    pay(&mut chain, 5);
    pay(&mut chain, 7);
    let mut back = Chain::decode(&chain.encode()).expect("a chain");
    pay(&mut back, 1);

    let refusal = StoreError::NotKept { block: 1, first: 2 };
    assert_eq!(carols(&back, 1), Err(refusal.clone()));
    assert_eq!(
        refusal.to_string(),
        "the state after block 1 is not kept, the first kept is that after block 2"
    );
    assert_eq!(carols(&back, 2), Ok(U256::from(12)));
    assert_eq!(carols(&back, 3), Ok(U256::from(13)));
}

/// As `eth_call` on Ethereum; what runs on the head is in the next block.
#[test]
fn call_on_a_block_sees_that_block() {
    let mut chain = Chain::default();
    chain.set_code(CLOCK, CLOCK_CODE);
    chain.set_base_fee(7).expect("the store works");
    pay(&mut chain, 1);
    chain.set_base_fee(8).expect("the store works");
    chain.set_next_l1_block(30_000_000).expect("a later block");
    chain.increase_time(100);
    pay(&mut chain, 1);
    let ask = || Transaction::call(BOB, CLOCK, []);
    let seen =
        |output: &[u8]| -> Vec<U256> { output.chunks(32).map(U256::from_be_slice).collect() };

    for (block, price) in [(1, 7), (2, 8)] {
        let left = chain.block(block).expect("a block");
        let outcome = chain.at(block).expect("a state").call(ask());
        let expected = [left.timestamp, left.l1_block, price].map(U256::from);
        assert_eq!(seen(&outcome.expect("a call").output), expected);
    }
    let next = [chain.timestamp(), chain.l1_block(), 8].map(U256::from);
    assert_eq!(seen(&chain.call(ask()).expect("a call").output), next);
}

#[test]
fn estimate_on_a_block_is_for_the_state_it_left() {
    let mut chain = Chain::default();
    pay(&mut chain, 1);
    let spend = Transaction::transfer(CAROL, BOB, U256::from(1));
    let estimates = [0, 1].map(|block| {
        let moment = chain.at(block).expect("a state");
        moment.estimate_gas(spend.clone()).is_ok()
    });
    assert_eq!(estimates, [false, true]);
}

#[test]
fn moment_stays_the_same_on_another_thread_while_the_chain_goes_on() {
    let mut chain = Chain::default();
    pay(&mut chain, 5);
    let moments = [chain.head(), chain.at(1)].map(|moment| moment.expect("a state"));

    let seen = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            (0..2_000).all(|_| {
                moments.iter().all(|moment| {
                    let paid = Transaction::transfer(CAROL, BOB, U256::from(5));
                    moment.balance(CAROL) == Ok(U256::from(5)) && moment.call(paid).is_ok()
                })
            })
        });
        for _ in 0..500 {
            pay(&mut chain, 1);
            chain.set_balance(CAROL, U256::ZERO);
        }
        reader.join()
    });

    assert!(seen.expect("the reader does not panic"));
}

#[test]
fn moment_that_was_rolled_back_is_refused_and_not_answered_from_what_came_instead() {
    let mut chain = Chain::default();
    pay(&mut chain, 5);
    let kept = chain.at(1).expect("a state");
    let snapshot = chain.snapshot();
    pay(&mut chain, 7);
    let gone = chain.at(2).expect("a state");
    assert!(chain.revert_to(snapshot));
    pay(&mut chain, 100);

    assert_eq!(gone.balance(CAROL), Err(StoreError::RolledBack));
    let called = gone.call(Transaction::transfer(CAROL, BOB, U256::from(1)));
    assert_eq!(called, Err(TxError::Store(StoreError::RolledBack)));
    assert_eq!(kept.balance(CAROL), Ok(U256::from(5)));
    assert_eq!(carols(&chain, 2), Ok(U256::from(105)));
}

#[test]
fn code_of_no_account_is_empty_and_has_no_hash() {
    let head = Chain::default().head().expect("a state");
    assert_eq!(head.code(CAROL), Ok([].into()));
    assert_eq!(head.code_hash(CAROL), Ok(B256::ZERO));
}

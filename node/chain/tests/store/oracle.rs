//! A chain against a twin that copies itself whole for every snapshot and keeps every block as a full copy.

use crate::bare;
use alloy_primitives::{Address, Bytes, U256, hex};
use proptest::prelude::*;
use std::collections::BTreeMap;
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::chain::SnapshotId;
use stylus_chain::store::StoreError;
use stylus_chain::{Chain, Transaction, init_code};

const ALICE: Address = DEV_ACCOUNTS[0];
const BOB: Address = DEV_ACCOUNTS[1];
const STORER: Address = Address::repeat_byte(0x51);
const LOADER: Address = Address::repeat_byte(0x52);
/// Stores the second word of its calldata in the slot that the first one names, and then reverts if that is slot 3.
const STORER_CODE: [u8; 19] = hex!("6020355f35555f35600314600f57005b5f5ffd");
/// Returns the slot that its calldata names.
const LOADER_CODE: [u8; 10] = hex!("5f35545f5260205ff300");
/// Init code of a contract that destroys itself while it is created.
const SHORT_LIVED: [u8; 2] = hex!("33ff");

#[derive(Clone, Debug)]
enum Act {
    Send(Vec<Transaction>),
    Try(Transaction),
    SetBalance(Address, u8),
    SetNonce(Address, u8),
    SetCode(Address, Vec<u8>),
    SetStorage(Address, u8, u8),
    Wait(u8),
    Snapshot,
    Back(usize),
}

/// All that an account has.
type Whole = (U256, u64, Bytes, BTreeMap<U256, U256>);

fn accounts() -> impl Strategy<Value = Address> {
    prop::sample::select(vec![ALICE, BOB, STORER, LOADER, Address::repeat_byte(0x99)])
}

fn words(slot: u8, value: u8) -> Vec<u8> {
    [U256::from(slot), U256::from(value)]
        .map(|word| word.to_be_bytes::<32>())
        .concat()
}

fn transactions() -> impl Strategy<Value = Transaction> {
    prop_oneof![
        // more than there is, too, which no chain takes
        (accounts(), accounts(), 0_u8..3, 0_u8..12).prop_map(|(from, to, value, power)| {
            let value = U256::from(value) * U256::from(100_u64).pow(U256::from(power));
            Transaction::transfer(from, to, value).gas_limit(100_000)
        }),
        (0_u8..4, 0_u8..3).prop_map(|(slot, value)| {
            Transaction::call(ALICE, STORER, words(slot, value)).gas_limit(100_000)
        }),
        Just(Transaction::create(BOB, init_code(&STORER_CODE)).gas_limit(200_000)),
        Just(
            Transaction::create(BOB, SHORT_LIVED)
                .value(U256::from(7))
                .gas_limit(200_000)
        ),
    ]
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let code = prop::sample::select(vec![vec![], STORER_CODE.to_vec(), LOADER_CODE.to_vec()]);
    let act = prop_oneof![
        8 => prop::collection::vec(transactions(), 0..3).prop_map(Act::Send),
        3 => transactions().prop_map(Act::Try),
        1 => (accounts(), 0_u8..3).prop_map(|(account, balance)| Act::SetBalance(account, balance)),
        1 => (accounts(), 0_u8..3).prop_map(|(account, nonce)| Act::SetNonce(account, nonce)),
        1 => (accounts(), code).prop_map(|(account, code)| Act::SetCode(account, code)),
        2 => (accounts(), 0_u8..3, 0_u8..3)
            .prop_map(|(account, slot, value)| Act::SetStorage(account, slot, value)),
        1 => any::<u8>().prop_map(Act::Wait),
        3 => Just(Act::Snapshot),
        2 => (0_usize..3).prop_map(Act::Back),
    ];
    prop::collection::vec(act, 1..20)
}

fn whole(chain: &Chain) -> BTreeMap<Address, Whole> {
    let account = |address| {
        let (balance, nonce) = (chain.balance(address), chain.nonce(address));
        let (code, storage) = (chain.code(address), chain.storage_dump(address));
        (address, (balance, nonce, code, storage))
    };
    chain.addresses().map(account).collect()
}

/// Compares each block that the chain keeps with the copy that was made when it was new.
fn compare_blocks(chain: &Chain, copies: &[BTreeMap<Address, Whole>]) -> Result<(), TestCaseError> {
    let last = chain.block_number();
    prop_assert_eq!(copies.len() as u64, last + 1);
    let nothing = Whole::default();
    for (number, copy) in (0..).zip(copies) {
        let moment = chain.at(number).expect("the block is kept");
        for address in chain.addresses().chain(copy.keys().copied()) {
            let (balance, nonce, code, storage) = copy.get(&address).unwrap_or(&nothing);
            prop_assert_eq!(moment.balance(address), Ok(*balance));
            prop_assert_eq!(moment.nonce(address), Ok(*nonce));
            prop_assert_eq!(moment.code(address), Ok(code.clone()));
            for slot in (0_u64..4).map(U256::from) {
                let value = storage.get(&slot).copied().unwrap_or_default();
                prop_assert_eq!(moment.storage(address, slot), Ok(value));
            }
        }
        let (_, _, code, storage) = copy.get(&LOADER).unwrap_or(&nothing);
        if code[..] == LOADER_CODE {
            let slot = U256::from(1).to_be_bytes_vec();
            let outcome = moment.call(Transaction::call(BOB, LOADER, slot));
            let outcome = outcome.expect("a valid call");
            let value = storage.get(&U256::from(1)).copied().unwrap_or_default();
            prop_assert_eq!(outcome.output, value.to_be_bytes_vec());
        }
    }
    let block = last + 1;
    prop_assert_eq!(
        chain.at(block).err(),
        Some(StoreError::NoBlock { block, last })
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chain_is_as_one_that_copies_itself_whole(acts in acts()) {
        let mut chain = bare();
        chain.set_code(STORER, STORER_CODE);
        chain.set_code(LOADER, LOADER_CODE);
        let mut twin = chain.clone();
        let mut snapshots: Vec<(SnapshotId, Chain)> = Vec::new();
        let mut copies = vec![whole(&bare())];
        for act in acts {
            match act {
                Act::Send(transactions) => {
                    let sent = chain.send_all(transactions.clone());
                    prop_assert_eq!(&sent, &twin.send_all(transactions));
                    if sent.is_ok() {
                        copies.push(whole(&twin));
                    }
                }
                Act::Try(transaction) => {
                    let bytes = chain.encode();
                    let rehearsed = chain.rehearse(&transaction);
                    let called = chain.call(transaction.clone());
                    let estimated = chain.estimate_gas(transaction.clone());
                    prop_assert_eq!(chain.encode(), bytes);
                    let succeeds = called.is_ok_and(|outcome| outcome.status.is_success());
                    prop_assert!(succeeds || estimated.is_err());
                    let mut sent = twin.clone();
                    prop_assert_eq!(rehearsed, sent.send(transaction));
                }
                Act::SetBalance(account, balance) => {
                    chain.set_balance(account, U256::from(balance));
                    twin.set_balance(account, U256::from(balance));
                }
                Act::SetNonce(account, nonce) => {
                    chain.set_nonce(account, nonce.into());
                    twin.set_nonce(account, nonce.into());
                }
                Act::SetCode(account, code) => {
                    chain.set_code(account, code.clone());
                    twin.set_code(account, code);
                }
                Act::SetStorage(account, slot, value) => {
                    chain.set_storage(account, U256::from(slot), U256::from(value));
                    twin.set_storage(account, U256::from(slot), U256::from(value));
                }
                Act::Wait(seconds) => {
                    chain.increase_time(seconds.into());
                    twin.increase_time(seconds.into());
                }
                Act::Snapshot => snapshots.push((chain.snapshot(), twin.clone())),
                Act::Back(number) => {
                    if let Some((id, copy)) = snapshots.get(number).cloned() {
                        snapshots.truncate(number);
                        prop_assert!(chain.revert_to(id));
                        prop_assert!(!chain.revert_to(id));
                        copies.truncate(copy.blocks().len());
                        twin = copy;
                    }
                }
            }
            prop_assert_eq!(chain.encode(), twin.encode());
            prop_assert_eq!(whole(&chain), whole(&twin));
        }
        compare_blocks(&chain, &copies)?;
    }
}

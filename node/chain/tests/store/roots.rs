//! One rule of what there is: the store, the trie and the bytes of a chain agree on it.

use crate::bare;
use alloy_primitives::{Address, B256, U256, hex, keccak256};
use alloy_trie::TrieAccount;
use alloy_trie::root::{state_root_unhashed, storage_root_unhashed};
use proptest::prelude::*;
use stylus_chain::DEV_ACCOUNTS;
use stylus_chain::{Chain, Transaction};

const ALICE: Address = DEV_ACCOUNTS[0];
/// Nobody, until somebody sets something.
const NOBODY: Address = Address::repeat_byte(0x99);
const OTHER: Address = Address::repeat_byte(0x9a);
const STORER: Address = Address::repeat_byte(0x51);
/// Stores the second word of its calldata in the slot that the first one names.
const STORER_CODE: [u8; 7] = hex!("6020355f355500");
/// Init code that stores and destroys what it makes.
const SHORT_LIVED: [u8; 6] = hex!("60015f5533ff");

#[derive(Clone, Debug)]
enum Act {
    Balance(Address, u8),
    Nonce(Address, u8),
    Code(Address, bool),
    Storage(Address, u8, u8),
    /// Pays somebody, perhaps nothing: either touches the account.
    Pay(Address, u8),
    /// Sends on what an account has: its nonce is then no longer zero.
    Spend(Address),
    Store(u8, u8),
    ShortLived,
    Restore,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let account = || prop::sample::select(vec![NOBODY, OTHER, STORER]);
    let act = prop_oneof![
        2 => (account(), 0_u8..2).prop_map(|(account, wei)| Act::Balance(account, wei)),
        1 => (account(), 0_u8..2).prop_map(|(account, nonce)| Act::Nonce(account, nonce)),
        1 => (account(), any::<bool>()).prop_map(|(account, code)| Act::Code(account, code)),
        4 => (account(), 0_u8..3, 0_u8..2).prop_map(|(account, slot, value)| Act::Storage(account, slot, value)),
        3 => (account(), 0_u8..2).prop_map(|(account, wei)| Act::Pay(account, wei)),
        1 => account().prop_map(Act::Spend),
        2 => (0_u8..3, 0_u8..2).prop_map(|(slot, value)| Act::Store(slot, value)),
        1 => Just(Act::ShortLived),
        1 => Just(Act::Restore),
    ];
    prop::collection::vec(act, 1..24)
}

/// The root of the state as it is now, hand-set changes too: that of an empty block that changes nothing of it any more.
fn root(chain: &Chain) -> B256 {
    let mut chain = chain.clone();
    chain.send_all(Vec::new()).expect("an empty block");
    let block = chain.last();
    assert_eq!(
        block.header.state_root,
        naive(&chain),
        "block {}",
        block.number
    );
    block.header.state_root
}

/// The root of all accounts with all their slots, computed at once.
fn naive(chain: &Chain) -> B256 {
    let accounts = chain.addresses().filter_map(|address| {
        let storage = chain.storage_dump(address);
        let slots = storage
            .iter()
            .map(|(slot, value)| (B256::from(*slot), *value));
        let account = TrieAccount {
            nonce: chain.nonce(address),
            balance: chain.balance(address),
            storage_root: storage_root_unhashed(slots),
            code_hash: keccak256(chain.code(address)),
        };
        (account != TrieAccount::default()).then_some((address, account))
    });
    state_root_unhashed(accounts)
}

fn run(chain: &mut Chain, act: Act) {
    let send = |chain: &mut Chain, transaction: Transaction| {
        let _ = chain.send(transaction.gas_limit(200_000));
    };
    match act {
        Act::Balance(account, wei) => chain.set_balance(account, U256::from(wei)),
        Act::Nonce(account, nonce) => chain.set_nonce(account, nonce.into()),
        Act::Code(account, true) => chain.set_code(account, STORER_CODE),
        Act::Code(account, false) => chain.set_code(account, []),
        Act::Storage(account, slot, value) => {
            chain.set_storage(account, U256::from(slot), U256::from(value));
        }
        Act::Pay(account, wei) => {
            send(
                chain,
                Transaction::transfer(ALICE, account, U256::from(wei)),
            );
        }
        Act::Spend(account) => {
            let wei = chain.balance(account);
            send(chain, Transaction::transfer(account, ALICE, wei).max_fee(0));
        }
        Act::Store(slot, value) => {
            let words = [slot, value].map(|word| U256::from(word).to_be_bytes::<32>());
            send(chain, Transaction::call(ALICE, STORER, words.concat()));
        }
        Act::ShortLived => send(chain, Transaction::create(ALICE, SHORT_LIVED)),
        Act::Restore => *chain = Chain::decode(&chain.encode()).expect("a chain"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn root_is_that_of_all_slots_and_the_same_once_the_chain_came_back(acts in acts()) {
        let mut chain = bare();
        chain.set_base_fee(0).expect("the store works");
        chain.set_code(STORER, STORER_CODE);
        for act in acts {
            run(&mut chain, act);
            let back = Chain::decode(&chain.encode()).expect("a chain");
            prop_assert_eq!(root(&back), root(&chain));
        }
    }
}

/// As anvil's and hardhat's `setStorageAt` have it, whatever is set first.
#[test]
fn storage_set_by_hand_makes_an_account_whatever_comes_first() {
    let (mut first, mut last, mut alone) = (bare(), bare(), bare());
    let slot = U256::from(1);
    first.set_storage(NOBODY, slot, U256::from(7));
    first.set_balance(NOBODY, U256::from(5));
    last.set_balance(NOBODY, U256::from(5));
    last.set_storage(NOBODY, slot, U256::from(7));
    alone.set_storage(NOBODY, slot, U256::from(7));

    assert_eq!(root(&first), root(&last));
    assert_ne!(root(&alone), root(&bare()));
    alone.set_storage(NOBODY, slot, U256::ZERO);
    assert_eq!(root(&alone), root(&bare()));
}

#[test]
fn account_that_a_transaction_leaves_with_nothing_loses_its_storage() {
    let mut chain = bare();
    let slot = U256::from(1);
    chain.set_storage(NOBODY, slot, U256::from(7));
    chain.send_all(Vec::new()).expect("an empty block");
    assert_eq!(chain.storage(NOBODY, slot), U256::from(7));

    let touch = Transaction::transfer(ALICE, NOBODY, U256::ZERO);
    chain.send(touch).expect("a valid transaction");
    assert_eq!(chain.storage(NOBODY, slot), U256::ZERO);
    let old = chain.proof(NOBODY, &[slot], 1).expect("a kept block");
    assert_eq!(
        (old.storage[0].value, old.account.balance),
        (U256::from(7), U256::ZERO)
    );
    chain.set_balance(NOBODY, U256::from(5));
    assert_eq!(chain.storage(NOBODY, slot), U256::ZERO);
}
